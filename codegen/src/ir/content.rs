//! Bodies and answers: what stands in them, by media type and status.

use serde_json::Value;

use super::Type;
use crate::source::pointer::Pointer;

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) at: Pointer,
    pub(crate) required: bool,
    pub(crate) contents: Vec<Content>,
}

/// One media type of a body or an answer.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) at: Pointer,
    pub(crate) media_type: String,
    /// The name in Rust of the method that sends it, or of the variant that holds it.
    pub(crate) name: String,
    pub(crate) format: Format,
    /// The type of the decoded value, where the format has such; elsewhere anything.
    pub(crate) value: Type,
    /// Of a form, the properties that do not have the usual style.
    pub(crate) properties: Vec<FormProperty>,
    pub(crate) example: Option<Value>,
}

impl Content {
    /// What a value is decoded as.
    pub(crate) fn kind(&self) -> Kind {
        Kind {
            format: self.format,
            value: self.value.clone(),
        }
    }

    /// Whether the caller says more of the media type than the description: it is a range, such as
    /// `image/*`, or wants a boundary.
    pub(crate) fn is_open(&self) -> bool {
        let is_mixed = self
            .media_type
            .to_ascii_lowercase()
            .starts_with("multipart/");
        self.media_type.contains('*') || (is_mixed && self.format == Format::Bytes)
    }
}

/// How a value stands in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    /// Text that means nothing to the client.
    Text,
    /// Bytes that mean nothing to the client.
    Bytes,
    /// An endless body, of which each piece counts.
    Stream,
    /// `application/x-www-form-urlencoded`, in a request.
    Form,
    /// `multipart/form-data`, in a request.
    Multipart,
}

/// A property of a form.
#[derive(Debug)]
pub(crate) struct FormProperty {
    pub(crate) name: String,
    pub(crate) style: FormStyle,
    pub(crate) allow_reserved: bool,
}

/// How a list or an object stands in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormStyle {
    /// An entry for each item, which is usual.
    Exploded,
    /// One entry, with this between the items.
    Joined(&'static str),
    /// An entry for each property, named `name[property]`.
    Deep,
    Json,
}

/// How a part of a `multipart/form-data` body stands in it.
#[derive(Debug)]
pub(crate) struct PartEncoding {
    /// The media type that the description gives it.
    pub(crate) content_type: Option<String>,
    /// Whether it is a file, which has a name.
    pub(crate) is_file: bool,
}

/// What an answer's body is decoded as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) format: Format,
    pub(crate) value: Type,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) at: Pointer,
    pub(crate) status: Status,
    /// Whether it is one: a status of success, or `default` where no other answer is.
    pub(crate) is_success: bool,
    pub(crate) description: String,
    pub(crate) contents: Vec<Content>,
    pub(crate) headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Code(u16),
    /// `2XX` is 2.
    Range(u16),
    Default,
}

impl Status {
    /// Whether answers of this status are successes.
    pub(crate) fn is_success(self) -> bool {
        match self {
            Status::Code(code) => (200..300).contains(&code),
            Status::Range(hundreds) => hundreds == 2,
            Status::Default => false,
        }
    }
}

/// What the answers of an operation come to: all its successes, or all its errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No body matters.
    Nothing,
    One(Kind),
    /// One, or no body.
    Maybe(Kind),
    /// A definition that has a variant for each.
    Several(String),
}

/// One variant of a definition that holds one of several answers.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) status: Status,
    pub(crate) description: String,
    /// The media type, and what the body is decoded as, if there is one.
    pub(crate) content: Option<(String, Kind)>,
}
