//! The variants of a union, and their names.

use std::collections::HashMap;

use crate::ir::{Discriminator, Scalar, Shape, Type, UnionVariant};
use crate::names::{Scope, type_name};
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;

/// A variant before its name is chosen.
pub(super) struct Candidate {
    pub(super) value: Type,
    pub(super) tags: Vec<String>,
    /// Whether the schema of the variant has no name of its own.
    pub(super) is_inline: bool,
}

/// A union of these variants.
pub(super) fn union(discriminator: Option<Discriminator>, found: Vec<Candidate>) -> Shape {
    let mut scope = Scope::with(&["Other"]);
    let mut uses: HashMap<Type, usize> = HashMap::new();
    for candidate in &found {
        *uses.entry(candidate.value.clone()).or_default() += 1;
    }
    let is_tagged = found.iter().any(|candidate| !candidate.tags.is_empty());
    let variants = found.into_iter().map(|candidate| {
        let is_shared = uses.get(&candidate.value).is_some_and(|uses| *uses > 1);
        let name = match candidate.tags.first() {
            Some(tag) if is_shared || candidate.is_inline => type_name(tag),
            _ => variant_name(&candidate.value),
        };
        UnionVariant {
            name: scope.claim(name),
            value: candidate.value,
            discriminator_values: candidate.tags,
        }
    });
    Shape::Union {
        variants: variants.collect(),
        discriminator: discriminator.filter(|_| is_tagged),
    }
}

/// The name of the variant for values of this type.
fn variant_name(value: &Type) -> String {
    match value {
        Type::Scalar(Scalar::Boolean) => "Boolean".to_owned(),
        Type::Scalar(Scalar::String) => "Text".to_owned(),
        Type::Scalar(Scalar::Format(format)) => match (format.json_type(), format) {
            (JsonType::Integer, _) => "Integer".to_owned(),
            (_, Format::Float | Format::Double) => "Number".to_owned(),
            (_, Format::Byte | Format::Base64Url) => "Bytes".to_owned(),
            (_, format) => format!("{format:?}"),
        },
        Type::FormPart => "Part".to_owned(),
        Type::Any | Type::FreeForm | Type::Error => "Any".to_owned(),
        Type::Array(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::JsonText(_) => "Json".to_owned(),
        Type::Nullable(inner) | Type::Boxed(inner) => variant_name(inner),
        Type::Named(name) => name.clone(),
    }
}
