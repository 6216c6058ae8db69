//! Types of values: whether two are the same in Rust, and what to call them.

use super::ApiDiff;
use crate::ir::Type;

impl ApiDiff<'_> {
    /// Whether the client has the same Rust type for both, as far as names say; what the names stand
    /// for is compared with the types.
    pub(super) fn is_same(&self, old: &Type, new: &Type) -> bool {
        // An alias of the same name is compared where it is defined.
        old == new || self.old.types.without_aliases(old) == self.new.types.without_aliases(new)
    }
}

/// The type in words.
pub(super) fn words(value: &Type) -> String {
    match value {
        Type::Scalar(scalar) => scalar.facts().words.to_owned(),
        Type::FormPart => "part of a form".to_owned(),
        Type::Any | Type::Error => "any JSON".to_owned(),
        Type::FreeForm => "any object".to_owned(),
        Type::Array(inner) => format!("list of {}", words(inner)),
        Type::Map(inner) => format!("map of {}", words(inner)),
        Type::Nullable(inner) => format!("{} or null", words(inner)),
        Type::Boxed(inner) => format!("{} in a box", words(inner)),
        Type::Named(name) => format!("`{name}`"),
    }
}
