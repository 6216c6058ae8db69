//! The intermediate representation: the API with references resolved, names chosen and types
//! classified. It has no YAML and no tokens. Every item keeps the pointer to its source.

mod content;
mod definitions;
mod types;

use serde_json::Value;

pub(crate) use self::content::{
    Body, Content, Decoded, Encoding, FormProperty, Header, PartEncoding, Response, ResponseShape,
    ResponseVariant,
};
pub(crate) use self::definitions::{
    Access, Discriminator, EnumKind, Field, Limit, Presence, Shape, Struct, StructKind,
    TypeDefinition, UnionVariant, Variant,
};
pub(crate) use self::types::{Scalar, Type};
pub(crate) use crate::openapi::media_type::{BodyKind, ItemFormat};
pub(crate) use crate::openapi::method::Method;
pub(crate) use crate::openapi::pages::Pages;
pub(crate) use crate::openapi::status::Status;
pub(crate) use crate::openapi::style::{Location, Style};
use crate::source::pointer::Pointer;

/// An API.
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
    /// Returns all operations, module by module.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.modules.iter().flat_map(|module| &module.operations)
    }

    /// Returns the types of all parameters, bodies and responses, and of the members of definitions.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Type> {
        let of_operations = self.operations().flat_map(Operation::values);
        let of_types = self.types.iter().flat_map(TypeDefinition::types);
        of_operations.chain(of_types)
    }

    /// Returns the Rust names of all that the crate defines.
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
    /// The URL with the defaults of its variables.
    pub(crate) url: String,
    /// The URL as the description writes it.
    pub(crate) template: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Debug)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// All allowed values. If there are none, every value is allowed.
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
}

impl Server {
    /// Returns the URL, if it is absolute and complete.
    pub(crate) fn address(&self) -> Option<&str> {
        let is_whole = self.url.starts_with("https://") || self.url.starts_with("http://");
        let is_base = !self.url.contains(['{', '}', '?', '#']);
        (is_whole && is_base).then_some(self.url.as_str())
    }
}

#[derive(Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: SecurityKind,
}

impl SecurityScheme {
    /// Returns the location and the name of an API key.
    pub(crate) fn api_key(&self) -> Option<(Location, &str)> {
        match &self.kind {
            SecurityKind::ApiKey { location, name } => Some((*location, name)),
            SecurityKind::Http(_) | SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => None,
        }
    }
}

#[derive(Debug)]
pub(crate) enum SecurityKind {
    ApiKey { location: Location, name: String },
    Http(String),
    OAuth2,
    OpenIdConnect,
}

/// The operations with one tag.
#[derive(Debug)]
pub(crate) struct Module {
    /// Rust name of the module.
    pub(crate) name: String,
    pub(crate) tag: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) at: Pointer,
    pub(crate) id: String,
    /// Rust name of the method.
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) repeatable: bool,
    /// Server of the operation or of its path, in place of the document's.
    pub(crate) server: Option<Server>,
    /// How the list that it returns is split into pages.
    pub(crate) pages: Option<Pages>,
    /// Whether the examples of the crate's documentation call it.
    pub(crate) is_featured: bool,
    /// Path parameters in the order of the path, then the others in the order of the description.
    pub(crate) parameters: Vec<Parameter>,
    /// Name of the definition that holds the optional parameters.
    pub(crate) optional_parameters: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    pub(crate) success: ResponseShape,
    pub(crate) error: ResponseShape,
    /// Whether the caller chooses between a stream and another response.
    pub(crate) offers_stream: bool,
    /// Alternatives, each of them a list of security schemes.
    pub(crate) security: Vec<Vec<String>>,
    /// Location of `security`: in the operation or at the top of the document.
    pub(crate) security_at: Pointer,
}

impl Operation {
    /// Returns the stream that a success may be.
    pub(crate) fn stream(&self) -> Option<&Content> {
        let mut contents = self.successes().flat_map(|response| &response.contents);
        contents.find(|content| content.kind.is_stream())
    }

    pub(crate) fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|it| it.is_success)
    }

    /// Returns the types of the parameters and the body.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &Type> {
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let bodies = bodies.map(|content| &content.value);
        bodies.chain(self.parameters.iter().map(|parameter| &parameter.value))
    }

    /// Returns the types of the responses.
    pub(crate) fn received(&self) -> impl Iterator<Item = &Type> {
        let contents = self.responses.iter().flat_map(|it| &it.contents);
        contents.map(|content| &content.value)
    }

    /// Returns the types of the parameters, the body and the responses.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Type> {
        self.sent().chain(self.received())
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
    /// Values of a path parameter that the client rejects, because they address other routes.
    pub(crate) reserved_values: Vec<String>,
}
