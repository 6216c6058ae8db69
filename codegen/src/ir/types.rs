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
    /// A list with a type for each position.
    Tuple(Vec<Type>),
    /// A string with the JSON of a value of the inner type.
    JsonText(Box<Type>),
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
        match self {
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::Boxed(inner)
            | Type::JsonText(inner) => parts.extend(inner.walk()),
            Type::Tuple(items) => parts.extend(items.iter().flat_map(Type::walk)),
            Type::Scalar(_)
            | Type::FormPart
            | Type::Any
            | Type::FreeForm
            | Type::Named(_)
            | Type::Error => {}
        }
        parts
    }

    /// Returns the names of the definitions in this type.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.walk().into_iter().filter_map(|part| match part {
            Type::Named(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Returns this type with other types in it, if it is a container.
    pub(crate) fn map(&self, map: impl Fn(&Type) -> Type) -> Type {
        let boxed = |inner: &Type| Box::new(map(inner));
        match self {
            Type::Array(inner) => Type::Array(boxed(inner)),
            Type::Map(inner) => Type::Map(boxed(inner)),
            Type::Nullable(inner) => Type::Nullable(boxed(inner)),
            Type::Boxed(inner) => Type::Boxed(boxed(inner)),
            Type::JsonText(inner) => Type::JsonText(boxed(inner)),
            Type::Tuple(items) => Type::Tuple(items.iter().map(map).collect()),
            Type::Scalar(_)
            | Type::FormPart
            | Type::Any
            | Type::FreeForm
            | Type::Named(_)
            | Type::Error => self.clone(),
        }
    }

    /// Returns the types of the values that a value contains without indirection.
    pub(crate) fn held(&self) -> Vec<&Type> {
        match self {
            Type::Nullable(inner) | Type::JsonText(inner) => inner.held(),
            Type::Tuple(items) => items.iter().flat_map(Type::held).collect(),
            other => vec![other],
        }
    }

    /// The same as [`held`](Type::held), to change them.
    pub(crate) fn held_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Type::Nullable(inner) | Type::JsonText(inner) => inner.held_mut(),
            Type::Tuple(items) => items.iter_mut().flat_map(Type::held_mut).collect(),
            other => vec![other],
        }
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
