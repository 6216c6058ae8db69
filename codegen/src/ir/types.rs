//! Types: of values, and those that the output defines.

use serde_json::Value;

use super::{PartEncoding, ResponseVariant};
use crate::source::pointer::Pointer;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// One JSON boolean, number or string.
    Scalar(Scalar),
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
    /// A schema that could not be lowered. A problem reports it, so it is never emitted.
    Error,
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
            Type::Nullable(_) | Type::Any | Type::Error => self,
            other => Type::Nullable(Box::new(other)),
        }
    }

    /// This type and all that it is made of.
    pub(crate) fn walk(&self) -> Vec<&Type> {
        let mut parts = vec![self];
        if let Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) =
            self
        {
            parts.extend(inner.walk());
        }
        parts
    }
}

/// A type whose values are one JSON boolean, number or string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
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
    pub(crate) limits: Vec<Limit>,
    /// Whether callers make values of it: it is part of a request, or of nothing at all.
    pub(crate) is_constructible: bool,
    pub(crate) shape: Shape,
}

impl TypeDefinition {
    /// The types that this one is made of.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Struct { fields, rest, .. } | Shape::Multipart { fields, rest, .. } => {
                let fields = fields.iter().map(|field| &field.value);
                fields.chain(rest).collect()
            }
            Shape::OptionalParameters(fields) => fields.iter().map(|field| &field.value).collect(),
            Shape::Union { variants, .. } => variants
                .iter()
                .map(|alternative| &alternative.value)
                .collect(),
            Shape::Alias(value) | Shape::Wrapper(value) => vec![value],
            Shape::ResponseEnum { variants, .. } => variants
                .iter()
                .filter_map(|case| Some(&case.content.as_ref()?.1.value))
                .collect(),
            Shape::StringEnum(_)
            | Shape::IntegerEnum(_)
            | Shape::JsonEnum(_)
            | Shape::StringNewtype => Vec::new(),
        }
    }

    /// Whether a field of it is written. What callers do not make is written as it was read.
    pub(crate) fn sends(&self, field: &Field) -> bool {
        !(self.is_constructible && field.access == Access::ReadOnly)
    }

    /// Its name, and those of what it has.
    pub(super) fn names(&self) -> Vec<&str> {
        let parts: Vec<&str> = match &self.shape {
            Shape::Struct { fields, .. }
            | Shape::Multipart { fields, .. }
            | Shape::OptionalParameters(fields) => {
                fields.iter().map(|field| field.name.as_str()).collect()
            }
            Shape::StringEnum(variants)
            | Shape::IntegerEnum(variants)
            | Shape::JsonEnum(variants) => variants
                .iter()
                .map(|variant| variant.name.as_str())
                .collect(),
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
    Struct {
        fields: Vec<Field>,
        /// The required fields, as indices, in the order in which `new` takes them.
        constructor: Vec<usize>,
        /// The type of the values of keys that no field names, where the description wants them.
        rest: Option<Type>,
    },
    /// The optional parameters of an operation; its fields are sent one by one.
    OptionalParameters(Vec<Field>),
    /// Strings.
    StringEnum(Vec<Variant>),
    /// Integers of at most 64 bits.
    IntegerEnum(Vec<Variant>),
    /// Any JSON.
    JsonEnum(Vec<Variant>),
    /// A string of its own type.
    StringNewtype,
    Union {
        /// The key whose value tells the variants apart, where there is one.
        discriminator: Option<String>,
        variants: Vec<UnionVariant>,
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
        rest: Option<Type>,
    },
    /// One of the responses of an operation: of its successes, or of its errors.
    ResponseEnum {
        variants: Vec<ResponseVariant>,
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
    /// Never [`Type::Nullable`]: that is in `presence`.
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
    /// Required, but may be null.
    Nullable,
    /// May be left out, but not null.
    Optional,
    /// May be left out or be null, and these differ.
    Patch,
    /// Required in responses, and absent from requests.
    ResponseOnly,
}

/// Which way a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Both,
    /// Only responses have it.
    ReadOnly,
    /// Only requests have it.
    WriteOnly,
}

/// A limit of values that the type does not express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    MinLength(usize),
    MaxLength(usize),
    Pattern(String),
    Minimum(String),
    GreaterThan(String),
    Maximum(String),
    LessThan(String),
    MultipleOf(String),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    MinProperties(usize),
    MaxProperties(usize),
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// A string's text, or any other value's JSON.
    pub(crate) text: String,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) value: Type,
    /// The discriminator's value for it.
    pub(crate) discriminator_value: Option<String>,
}
