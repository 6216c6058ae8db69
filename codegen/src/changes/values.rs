//! Types of values: whether two are the same in Rust, and what to call them.

use super::{Comparer, Side};
use crate::ir::{Scalar, Shape, Type};

impl Comparer<'_> {
    /// Whether the client has the same Rust type for both, as far as names say; what the names stand
    /// for is compared with the types.
    pub(super) fn is_same(&self, old: &Type, new: &Type) -> bool {
        old == new || self.old.behind(old) == self.new.behind(new)
    }
}

impl Side<'_> {
    /// The type with every alias in it followed, as an alias is no type of its own.
    fn behind(&self, value: &Type) -> Type {
        match value {
            Type::Named(name) => match self.definitions.get(name.as_str()) {
                Some(definition) => match &definition.shape {
                    Shape::Alias(target) => self.behind(target),
                    Shape::Struct { .. }
                    | Shape::OptionalParameters(_)
                    | Shape::StringEnum(_)
                    | Shape::IntegerEnum(_)
                    | Shape::JsonEnum(_)
                    | Shape::StringNewtype
                    | Shape::Wrapper(_)
                    | Shape::Union { .. }
                    | Shape::Multipart { .. }
                    | Shape::ResponseEnum { .. } => value.clone(),
                },
                None => value.clone(),
            },
            Type::Array(inner) => Type::Array(Box::new(self.behind(inner))),
            Type::Map(inner) => Type::Map(Box::new(self.behind(inner))),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.behind(inner))),
            Type::Boxed(inner) => Type::Boxed(Box::new(self.behind(inner))),
            Type::Scalar(
                Scalar::Boolean
                | Scalar::Int32
                | Scalar::Int64
                | Scalar::Uint32
                | Scalar::Uint64
                | Scalar::Float
                | Scalar::Double
                | Scalar::Decimal
                | Scalar::String
                | Scalar::Bytes,
            )
            | Type::FormPart
            | Type::Scalar(Scalar::Date | Scalar::DateTime)
            | Type::Any
            | Type::FreeForm
            | Type::Error => value.clone(),
        }
    }
}

/// The type in words.
pub(super) fn words(value: &Type) -> String {
    match value {
        Type::Scalar(Scalar::Boolean) => "boolean".to_owned(),
        Type::Scalar(Scalar::Int32) => "integer (int32)".to_owned(),
        Type::Scalar(Scalar::Int64) => "integer".to_owned(),
        Type::Scalar(Scalar::Uint32) => "integer (uint32)".to_owned(),
        Type::Scalar(Scalar::Uint64) => "integer (uint64)".to_owned(),
        Type::Scalar(Scalar::Float) => "number (float)".to_owned(),
        Type::Scalar(Scalar::Double) => "number".to_owned(),
        Type::Scalar(Scalar::Decimal) => "number (decimal)".to_owned(),
        Type::Scalar(Scalar::String) => "string".to_owned(),
        Type::Scalar(Scalar::Bytes) => "base64 text".to_owned(),
        Type::FormPart => "part of a form".to_owned(),
        Type::Scalar(Scalar::Date) => "date".to_owned(),
        Type::Scalar(Scalar::DateTime) => "date-time".to_owned(),
        Type::Any | Type::Error => "any JSON".to_owned(),
        Type::FreeForm => "any object".to_owned(),
        Type::Array(inner) => format!("list of {}", words(inner)),
        Type::Map(inner) => format!("map of {}", words(inner)),
        Type::Nullable(inner) => format!("{} or null", words(inner)),
        Type::Boxed(inner) => format!("{} in a box", words(inner)),
        Type::Named(name) => format!("`{name}`"),
    }
}
