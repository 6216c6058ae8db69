//! Types of values: whether two are the same in Rust, and what to call them.

use super::ApiDiff;
use crate::ir::Type;

impl ApiDiff<'_> {
    /// Whether the client has the same Rust type for both. Definitions of one name count as the same
    /// here, because they are compared by themselves.
    pub(super) fn is_same(&self, old: &Type, new: &Type) -> bool {
        let resolved = self.old.types.without_aliases(old);
        self.with_new_names(old) == *new
            || self.with_new_names(&resolved) == self.new.types.without_aliases(new)
    }

    fn with_new_names(&self, value: &Type) -> Type {
        let inner = |inner: &Type| Box::new(self.with_new_names(inner));
        match value {
            Type::Named(name) => Type::Named(self.new_name(name)),
            Type::Array(items) => Type::Array(inner(items)),
            Type::Map(values) => Type::Map(inner(values)),
            Type::Tuple(items) => {
                Type::Tuple(items.iter().map(|item| self.with_new_names(item)).collect())
            }
            Type::JsonText(value) => Type::JsonText(inner(value)),
            Type::Nullable(value) => Type::Nullable(inner(value)),
            Type::Boxed(value) => Type::Boxed(inner(value)),
            Type::Scalar(_) | Type::FormPart | Type::Any | Type::FreeForm | Type::Error => {
                value.clone()
            }
        }
    }
}

/// Returns the type in words.
pub(super) fn words(value: &Type) -> String {
    match value {
        Type::Scalar(scalar) => scalar.facts().words.to_owned(),
        Type::FormPart => "form part".to_owned(),
        Type::Any | Type::Error => "any JSON".to_owned(),
        Type::FreeForm => "any object".to_owned(),
        Type::Array(inner) => format!("list of {}", words(inner)),
        Type::Map(inner) => format!("map of {}", words(inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(words).collect();
            format!("list of {}", items.join(", then "))
        }
        Type::JsonText(inner) => format!("string with the JSON of {}", words(inner)),
        Type::Nullable(inner) => format!("{} or null", words(inner)),
        Type::Boxed(inner) => format!("boxed {}", words(inner)),
        Type::Named(name) => format!("`{name}`"),
    }
}
