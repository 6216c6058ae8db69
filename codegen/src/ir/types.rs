//! Types of values.

use crate::openapi::format::Format;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// One JSON boolean, number or string.
    Scalar(Scalar),
    /// A part of a multipart form.
    FormPart,
    /// Any JSON.
    Any,
    /// An object with any content.
    FreeForm,
    Array(Box<Type>),
    Map(Box<Type>),
    /// Null, or a value of the inner type.
    Nullable(Box<Type>),
    /// A value of the inner type in a `Box`, without which a recursive type would have no size.
    Boxed(Box<Type>),
    /// A definition, by its Rust name.
    Named(String),
    /// A schema that could not be lowered. A problem reports it, so it is never emitted.
    Error,
}

impl Type {
    /// Returns the type of the values other than null.
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

    /// Returns this type and, if it is a container, the types in it.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Boolean,
    /// A string whose format the client does not decode.
    String,
    /// A number, or a string with a format that the client decodes.
    Format(Format),
}
