//! The types that the crate defines.

use serde_json::Value;

use super::{PartEncoding, ResponseVariant, Type};
use crate::source::pointer::Pointer;

/// A type that the crate defines.
#[derive(Debug)]
pub(crate) struct TypeDefinition {
    pub(crate) at: Pointer,
    /// Rust name.
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    pub(crate) limits: Vec<Limit>,
    /// Whether callers create values: the type is part of a request, or unused.
    pub(crate) is_constructible: bool,
    pub(crate) shape: Shape,
}

impl TypeDefinition {
    /// Returns the types of the members.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Struct(Struct { fields, rest, .. }) => {
                let fields = fields.iter().map(|field| &field.value);
                fields.chain(rest).collect()
            }
            Shape::Union { variants, .. } => variants
                .iter()
                .map(|alternative| &alternative.value)
                .collect(),
            Shape::Alias(value) | Shape::Wrapper(value) => vec![value],
            Shape::ResponseEnum { variants, .. } => variants
                .iter()
                .filter_map(|case| Some(&case.content.as_ref()?.1.value))
                .collect(),
            Shape::Enum(..) | Shape::StringNewtype => Vec::new(),
        }
    }

    /// Whether a field is serialized. Types that callers do not create are serialized as received.
    pub(crate) fn sends(&self, field: &Field) -> bool {
        !(self.is_constructible && field.access == Access::ReadOnly)
    }

    /// Returns the Rust names of the type and its members.
    pub(super) fn names(&self) -> Vec<&str> {
        let parts: Vec<&str> = match &self.shape {
            Shape::Struct(Struct { fields, .. }) => {
                fields.iter().map(|field| field.name.as_str()).collect()
            }
            Shape::Enum(_, variants) => variants.iter().map(|other| other.name.as_str()).collect(),
            Shape::Union { variants, .. } => {
                variants.iter().map(|other| other.name.as_str()).collect()
            }
            Shape::ResponseEnum { variants, .. } => {
                variants.iter().map(|case| case.name.as_str()).collect()
            }
            Shape::StringNewtype | Shape::Alias(_) | Shape::Wrapper(_) => Vec::new(),
        };
        [self.name.as_str()].into_iter().chain(parts).collect()
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    Enum(EnumKind, Vec<Variant>),
    /// A string with a type of its own.
    StringNewtype,
    Union {
        discriminator: Option<Discriminator>,
        variants: Vec<UnionVariant>,
    },
    Alias(Type),
    /// One of the responses of an operation: of its successes, or of its errors.
    ResponseEnum {
        variants: Vec<ResponseVariant>,
        are_errors: bool,
    },
    /// A newtype in place of an alias that refers to itself.
    Wrapper(Type),
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) kind: StructKind,
    pub(crate) fields: Vec<Field>,
    /// Indices of the required fields, in the order of the arguments of `new`.
    pub(crate) constructor: Vec<usize>,
    /// Type of the values of keys without a field, if the description allows such keys.
    pub(crate) rest: Option<Type>,
}

/// What the values of a struct are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StructKind {
    Objects,
    /// Multipart forms, with the encoding of each field.
    Forms(Vec<PartEncoding>),
    /// The optional parameters of an operation.
    OptionalParameters,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) at: Pointer,
    pub(crate) wire_name: String,
    pub(crate) name: String,
    /// Never [`Type::Nullable`]: `presence` says whether the field is nullable.
    pub(crate) value: Type,
    pub(crate) presence: Presence,
    pub(crate) access: Access,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) example: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// Required and nullable.
    Nullable,
    /// Optional and not nullable.
    Optional,
    /// Optional and nullable, where absent and null differ.
    Patch,
    /// Required in responses, and absent from requests.
    ResponseOnly,
}

/// Whether requests, responses or both have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Both,
    /// Only responses have it.
    ReadOnly,
    /// Only requests have it.
    WriteOnly,
}

/// A limit of values that the type does not enforce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    MinLength(String),
    MaxLength(String),
    Pattern(String),
    Minimum(String),
    GreaterThan(String),
    Maximum(String),
    LessThan(String),
    MultipleOf(String),
    MinItems(String),
    MaxItems(String),
    UniqueItems,
    MinProperties(String),
    MaxProperties(String),
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumKind {
    Strings,
    /// Integers of at most 64 bits.
    Integers,
    /// Any JSON values.
    Json,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The text of a string, or the JSON of any other value.
    pub(crate) text: String,
    pub(crate) description: Option<String>,
}

/// The key whose value selects the variant of a union.
#[derive(Debug)]
pub(crate) struct Discriminator {
    pub(crate) key: String,
    /// Whether the description has no Discriminator Object, but every variant requires the key and lists
    /// values that no other variant lists.
    pub(crate) is_implied: bool,
}

#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) value: Type,
    /// Discriminator values that select this variant. If there are none, its structure does.
    pub(crate) discriminator_values: Vec<String>,
}
