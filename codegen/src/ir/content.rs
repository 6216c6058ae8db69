//! Request bodies and responses, by media type and status, and how values become text.

use serde_json::Value;

use super::Type;
use crate::openapi::media_type::{self, BodyKind};
use crate::openapi::status::Status;
use crate::openapi::style::{Location, Style};
use crate::source::pointer::Pointer;

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) contents: Vec<Content>,
}

/// One media type of a request body or a response.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) media_type: String,
    pub(crate) kind: BodyKind,
    /// Type of the decoded value; any JSON if the body is not decoded.
    pub(crate) value: Type,
    /// The properties of a form that do not have the default style.
    pub(crate) properties: Vec<FormProperty>,
    pub(crate) example: Option<Value>,
}

impl Content {
    /// Returns what the body is decoded as.
    pub(crate) fn decoded(&self) -> Decoded {
        Decoded {
            kind: self.kind,
            value: self.value.clone(),
        }
    }

    /// Whether the caller gives the exact media type: the description has a range, such as `image/*`,
    /// or the media type needs a boundary.
    pub(crate) fn is_open(&self) -> bool {
        media_type::is_range(&self.media_type)
            || (media_type::has_parts(&self.media_type) && self.kind == BodyKind::Bytes)
    }
}

/// How the value of a parameter or of a form property becomes text.
#[derive(Debug)]
pub(crate) enum Encoding {
    Style {
        style: Style,
        explode: bool,
        allow_reserved: bool,
    },
    /// As JSON, whatever the value is.
    Json { media_type: String },
}

impl Encoding {
    /// Returns the encoding in the default style of a location.
    pub(crate) fn default_of(location: Location) -> Self {
        let style = location.default_style();
        Encoding::Style {
            style,
            explode: style.explodes_by_default(),
            allow_reserved: false,
        }
    }
}

/// A property of a form.
#[derive(Debug)]
pub(crate) struct FormProperty {
    pub(crate) name: String,
    pub(crate) encoding: Encoding,
}

/// How a part of a `multipart/form-data` body is encoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PartEncoding {
    /// Media type that the description gives the part.
    pub(crate) content_type: Option<String>,
    /// Whether the part is a file, which has a file name.
    pub(crate) is_file: bool,
}

/// What a response body is decoded as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) kind: BodyKind,
    pub(crate) value: Type,
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) at: Pointer,
    pub(crate) status: Status,
    /// Whether the status is 2xx; if no response is, 1xx or 3xx; else `default`.
    pub(crate) is_success: bool,
    pub(crate) description: String,
    /// What the status usually means, for the text of an error.
    pub(crate) hint: Option<String>,
    pub(crate) contents: Vec<Content>,
    pub(crate) headers: Vec<Header>,
}

/// A header of a response.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

/// What the client returns for all successes, or all errors, of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResponseShape {
    /// No body is decoded.
    Empty,
    /// The status and the `Location` of a response that is not 2xx.
    Redirect,
    Single(Decoded),
    /// A body or none.
    Optional(Decoded),
    /// The name of a definition that has a variant for each response.
    Enum(String),
}

impl ResponseShape {
    /// Returns the type of the bodies, if they are JSON of one type.
    pub(crate) fn json(&self) -> Option<&Type> {
        match self {
            ResponseShape::Single(body) | ResponseShape::Optional(body) => {
                (body.kind == BodyKind::Json).then_some(&body.value)
            }
            ResponseShape::Empty | ResponseShape::Redirect | ResponseShape::Enum(_) => None,
        }
    }
}

/// A variant of a [`Shape::ResponseEnum`](super::Shape::ResponseEnum).
#[derive(Debug)]
pub(crate) struct ResponseVariant {
    pub(crate) name: String,
    pub(crate) status: Status,
    pub(crate) description: String,
    /// The media type of the body and what it is decoded as, if there is a body.
    pub(crate) content: Option<(String, Decoded)>,
}
