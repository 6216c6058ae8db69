//! The API as the emitter sees it: owned, ordered, names chosen, no YAML and no tokens. Every item
//! keeps the pointer that it came from.

mod content;
mod types;

use serde_json::Value;

pub(crate) use self::content::{
    Body, Content, Decoded, FormProperty, FormStyle, Header, PartEncoding, Response, ResponseShape,
    ResponseVariant,
};
pub(crate) use self::types::{
    Access, Field, Limit, Presence, Scalar, Shape, Type, TypeDefinition, UnionVariant, Variant,
};
pub(crate) use crate::openapi::media_type::BodyKind;
pub(crate) use crate::openapi::method::Method;
pub(crate) use crate::openapi::status::Status;
use crate::source::pointer::Pointer;

/// A whole API.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) version: String,
    pub(crate) servers: Vec<Server>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    pub(crate) modules: Vec<Module>,
    pub(crate) types: Vec<TypeDefinition>,
}

impl Api {
    /// Every operation, module by module.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.modules.iter().flat_map(|module| &module.operations)
    }

    /// The types of everything: parameters, bodies and responses, and of the members of definitions.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Type> {
        let of_operations = self.operations().flat_map(Operation::values);
        let of_types = self.types.iter().flat_map(TypeDefinition::types);
        of_operations.chain(of_types)
    }

    /// The names in Rust of all that the output defines.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let parameters = self
            .operations()
            .flat_map(|operation| &operation.parameters);
        let parameters = parameters.map(|parameter| parameter.name.as_str());
        let operations = self.operations().map(|operation| operation.name.as_str());
        let types = self.types.iter().flat_map(TypeDefinition::names);
        operations.chain(parameters).chain(types)
    }
}

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) at: Pointer,
    /// With the defaults of its variables.
    pub(crate) url: String,
    /// As the description has it.
    pub(crate) template: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Debug)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// All that it can be; anything, if there are none.
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
}

impl Server {
    /// The URL, if a client can use it by itself.
    pub(crate) fn address(&self) -> Option<&str> {
        let is_whole = self.url.starts_with("https://") || self.url.starts_with("http://");
        is_whole.then_some(self.url.as_str())
    }
}

#[derive(Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: SecurityKind,
}

#[derive(Debug)]
pub(crate) enum SecurityKind {
    ApiKey { location: Location, name: String },
    Http(String),
    OAuth2,
    OpenIdConnect,
}

/// The operations of one tag.
#[derive(Debug)]
pub(crate) struct Module {
    /// The module's name in Rust.
    pub(crate) name: String,
    pub(crate) tag: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) at: Pointer,
    pub(crate) id: String,
    /// The method's name in Rust.
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) repeatable: bool,
    /// Path parameters first, in the order of the path; then the others as they are declared.
    pub(crate) parameters: Vec<Parameter>,
    /// The type that holds the optional parameters, if there are any.
    pub(crate) optional_parameters: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    pub(crate) success: ResponseShape,
    pub(crate) error: ResponseShape,
    /// Whether a success is a stream or something else, as the caller chooses.
    pub(crate) offers_stream: bool,
    /// Alternatives, each a list of names of security schemes.
    pub(crate) security: Vec<Vec<String>>,
    /// Where they stand: in the operation, or at the top.
    pub(crate) security_at: Pointer,
}

impl Operation {
    /// The types of its parameters, bodies and responses.
    pub(crate) fn values(&self) -> Vec<&Type> {
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let responses = self
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        let contents = bodies.chain(responses).map(|content| &content.value);
        let parameters = self.parameters.iter().map(|parameter| &parameter.value);
        contents.chain(parameters).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// As the description writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) at: Pointer,
    pub(crate) wire_name: String,
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) value: Type,
    pub(crate) encoding: Encoding,
    pub(crate) default: Option<Value>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) example: Option<Value>,
    /// Values of a path parameter that address other routes.
    pub(crate) refused: Vec<String>,
}

/// How a parameter's value becomes text.
#[derive(Debug)]
pub(crate) enum Encoding {
    Style {
        /// The name that OpenAPI has for it, such as `form`.
        style: &'static str,
        explode: bool,
        allow_reserved: bool,
    },
    Content {
        media_type: String,
        kind: BodyKind,
    },
}
