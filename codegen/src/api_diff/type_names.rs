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
        match value {
            Type::Named(name) => Type::Named(self.new_name(name)),
            other => other.map(|inner| self.with_new_names(inner)),
        }
    }

    /// Reports that the type of a value differs, if it does.
    pub(super) fn value(&mut self, subject: &str, old: &Type, new: &Type) {
        if !self.is_same(old, new) {
            let (old, new) = (words(old), words(new));
            self.breaking(format!("{subject} is {new} instead of {old}"));
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
