//! The API as the emitter sees it: owned, ordered, names chosen, no YAML and no tokens. Every item
//! keeps the pointer that it came from.

mod content;

use serde_json::Value;

pub(crate) use self::content::{
    Answer, Body, Case, Content, FormProperty, FormStyle, Format, Header, Kind, Outcome,
    PartEncoding, Status,
};
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
    /// The component schemas by name, of each the keywords that bear on values; none without a mock.
    pub(crate) schemas: Vec<(String, Value)>,
}

impl Api {
    /// Every operation, module by module.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.modules.iter().flat_map(|module| &module.operations)
    }

    /// The types of everything: parameters, bodies, answers, and what definitions are made of.
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
    pub(crate) options: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) success: Outcome,
    pub(crate) error: Outcome,
    /// The name in Rust of the method that asks for the answer as a stream, where there is a choice.
    pub(crate) stream: Option<String>,
    /// Its `parameters` and its `requestBody` as the description has them, resolved; null without a
    /// mock.
    pub(crate) request: Value,
    /// Alternatives, each a list of names of security schemes.
    pub(crate) security: Vec<Vec<String>>,
    /// Where they stand: in the operation, or at the top.
    pub(crate) security_at: Pointer,
}

impl Operation {
    /// The types of its parameters, bodies and answers.
    pub(crate) fn values(&self) -> Vec<&Type> {
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let answers = self.answers.iter().flat_map(|answer| &answer.contents);
        let contents = bodies.chain(answers).map(|content| &content.value);
        let parameters = self.parameters.iter().map(|parameter| &parameter.value);
        contents.chain(parameters).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// As it stands in a request.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
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
        format: Format,
    },
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float,
    Double,
    /// A number with all its digits.
    Decimal,
    String,
    /// Bytes, as base64 text.
    Bytes,
    Date,
    DateTime,
    /// Bytes in a part of a form, and what is said of them.
    FormPart,
    /// Any JSON.
    Any,
    /// An object of any content.
    FreeForm,
    Array(Box<Type>),
    Map(Box<Type>),
    /// Null, or a value of the inner type.
    Nullable(Box<Type>),
    /// A value of the inner type, elsewhere in memory: without that its holder would have no size.
    Boxed(Box<Type>),
    /// A definition, by its name in Rust.
    Named(String),
    /// What could not be lowered, which a problem says; so it is never emitted.
    Refused,
}

impl Type {
    /// The type without the possibility of null.
    pub(crate) fn non_null(&self) -> &Type {
        match self {
            Type::Nullable(inner) => inner.non_null(),
            other => other,
        }
    }

    pub(crate) fn is_nullable(&self) -> bool {
        matches!(self, Type::Nullable(_))
    }

    pub(crate) fn nullable(self) -> Type {
        match self {
            Type::Nullable(_) | Type::Any | Type::Refused => self,
            other => Type::Nullable(Box::new(other)),
        }
    }

    /// This type and all that it is made of.
    pub(crate) fn parts(&self) -> Vec<&Type> {
        let mut parts = vec![self];
        if let Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) =
            self
        {
            parts.extend(inner.parts());
        }
        parts
    }
}

/// A type that the output defines.
#[derive(Debug)]
pub(crate) struct TypeDefinition {
    pub(crate) at: Pointer,
    /// The name in Rust.
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    /// Whether callers make values of it: it is part of a request, or of nothing at all.
    pub(crate) is_input: bool,
    pub(crate) shape: Shape,
}

impl TypeDefinition {
    /// The types that this one is made of.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Struct { fields, rest, .. } | Shape::Multipart { fields, rest, .. } => {
                let fields = fields.iter().map(|field| &field.value);
                fields.chain(rest.iter().map(|(_, value)| value)).collect()
            }
            Shape::Options(fields) => fields.iter().map(|field| &field.value).collect(),
            Shape::Union { alternatives, .. } => alternatives
                .iter()
                .map(|alternative| &alternative.value)
                .collect(),
            Shape::Alias(value) | Shape::Wrapper(value) => vec![value],
            Shape::Answers { cases, .. } => cases
                .iter()
                .filter_map(|case| Some(&case.content.as_ref()?.1.value))
                .collect(),
            Shape::Enum(_) | Shape::Integers(_) | Shape::Literals(_) | Shape::Newtype => Vec::new(),
        }
    }
}

impl TypeDefinition {
    /// Whether a field of it is written. What callers do not make is written as it was read.
    pub(crate) fn sends(&self, field: &Field) -> bool {
        !(self.is_input && field.access == Access::ReadOnly)
    }

    /// Its name, and those of what it has.
    fn names(&self) -> Vec<&str> {
        let parts: Vec<&str> = match &self.shape {
            Shape::Struct { fields, .. }
            | Shape::Multipart { fields, .. }
            | Shape::Options(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::Enum(variants) | Shape::Integers(variants) | Shape::Literals(variants) => {
                variants
                    .iter()
                    .map(|variant| variant.name.as_str())
                    .collect()
            }
            Shape::Union { alternatives, .. } => alternatives
                .iter()
                .map(|other| other.name.as_str())
                .collect(),
            Shape::Answers { cases, .. } => cases.iter().map(|case| case.name.as_str()).collect(),
            Shape::Newtype | Shape::Alias(_) | Shape::Wrapper(_) => Vec::new(),
        };
        [self.name.as_str()].into_iter().chain(parts).collect()
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct {
        fields: Vec<Field>,
        /// The required fields, as indices, in the order in which `new` takes them.
        constructor: Vec<usize>,
        /// The type of the values of keys that no field names, where the description wants them.
        rest: Option<(String, Type)>,
    },
    /// The optional parameters of an operation; its fields are sent one by one.
    Options(Vec<Field>),
    /// Strings.
    Enum(Vec<Variant>),
    /// Integers of at most 64 bits.
    Integers(Vec<Variant>),
    /// Any JSON.
    Literals(Vec<Variant>),
    /// A string of its own type.
    Newtype,
    Union {
        /// The key whose value tells the alternatives apart, where there is one.
        discriminator: Option<String>,
        alternatives: Vec<Alternative>,
    },
    Alias(Type),
    /// A body of several parts.
    Multipart {
        fields: Vec<Field>,
        /// One for each field.
        encodings: Vec<PartEncoding>,
        /// The required parts, as indices, in the order in which `new` takes them.
        constructor: Vec<usize>,
        /// The type of the parts that no field names, where the description wants them.
        rest: Option<(String, Type)>,
    },
    /// One of the answers of an operation: of its successes, or of its errors.
    Answers {
        cases: Vec<Case>,
        are_errors: bool,
    },
    /// What would be an alias, if it did not lead to itself.
    Wrapper(Type),
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) at: Pointer,
    pub(crate) wire_name: String,
    pub(crate) name: String,
    /// The name of the method that sets it to null, if it can be.
    pub(crate) clear_name: String,
    /// Never [`Type::Nullable`]: that is in `presence`.
    pub(crate) value: Type,
    pub(crate) presence: Presence,
    pub(crate) access: Access,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    pub(crate) example: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// Required, but may be null.
    Nullable,
    /// May be left out, but not null.
    Optional,
    /// May be left out or be null, and these differ.
    Patch,
    /// Required in answers, and absent in what callers make.
    Answered,
}

/// Which way a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Both,
    /// The server sets it: it is not sent.
    ReadOnly,
    /// The caller sets it: it is not in answers.
    WriteOnly,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// A string's text, or any other value's JSON.
    pub(crate) text: String,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Alternative {
    pub(crate) name: String,
    pub(crate) value: Type,
    /// The discriminator's value for it.
    pub(crate) tag: Option<String>,
}
