//! Choices of schemas: `oneOf` and `anyOf`.

use openapiv3::Discriminator;

use super::Lowering;
use super::merge::{Choice, Merged};
use super::part::{Part, Written};
use super::schemas::Lowered;
use super::view::View;
use crate::ir::{Scalar, Shape, Type, UnionVariant};
use crate::names::{Scope, type_name};
use crate::openapi::reference::component_name;
use crate::source::pointer::Pointer;

impl Choice<'_> {
    /// Whether an alternative says what a value is. Where each but requires some properties, the
    /// type is the same whichever it is.
    pub(super) fn says_something(&self) -> bool {
        self.alternatives.iter().any(|part| match part.schema() {
            Some(schema) => !View::of(schema).is_anything(),
            None => true,
        })
    }
}

impl<'a> Lowering<'a> {
    /// A choice, and what is said beside it, which holds for each alternative.
    pub(super) fn choice(
        &mut self,
        merged: &Merged<'a>,
        choice: &Choice<'a>,
        at: &Pointer,
        hint: &str,
    ) -> Lowered {
        let base = Merged {
            choices: Vec::new(),
            ..merged.clone()
        };
        let alternatives = choice.alternatives.iter();
        let alternatives: Vec<&Part<'a>> = alternatives
            .filter(|part| !self.is_null_alone(part))
            .collect();
        if let ([only], None) = (alternatives.as_slice(), choice.discriminator) {
            return match base.is_bare() {
                true => Lowered::Type(self.alternative(&base, only, at, hint).non_null().clone()),
                false => {
                    let mut both = base;
                    self.absorb(only, &mut both);
                    self.lower_merged(&both, at, hint)
                }
            };
        }
        let mut found: Vec<(Type, Option<String>)> = Vec::new();
        let mut takes_all = false;
        for part in &alternatives {
            let value = self.alternative(&base, part, at, &format!("{hint}Option"));
            let value = value.non_null().clone();
            // These fit whatever comes, and so are what `Other` keeps.
            if matches!(value, Type::Any | Type::FreeForm | Type::Error) {
                takes_all = true;
                continue;
            }
            let tags = self.tags(choice.discriminator, part);
            if tags.is_empty() && found.iter().all(|(known, _)| *known != value) {
                found.push((value, None));
            } else {
                found.extend(tags.into_iter().map(|tag| (value.clone(), Some(tag))));
            }
        }
        match found.as_slice() {
            [] => Lowered::Type(Type::Any),
            [(value, None)] if !takes_all => Lowered::Type(value.clone()),
            _ => Lowered::Definition(union(choice.discriminator, found)),
        }
    }

    /// The type of an alternative, of which what is said beside the choice holds too.
    fn alternative(
        &mut self,
        base: &Merged<'a>,
        part: &Part<'a>,
        at: &Pointer,
        hint: &str,
    ) -> Type {
        let named = Part {
            hint: hint.to_owned(),
            ..part.clone()
        };
        let says_kind = match part.schema() {
            Some(schema) => View::of(schema).kind.is_some(),
            None => true,
        };
        if base.is_bare() || (base.says_kind_alone() && says_kind) {
            return self.type_of_parts(&[named], &part.at, hint);
        }
        let key = vec![at.clone(), part.at.clone()];
        match self.inline.get(&key) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return self.endless_merge(&part.at),
            None => {}
        }
        self.inline.insert(key.clone(), None);
        let name = match part.written {
            Written::Reference(reference) => {
                let key = component_name(reference, "schemas").unwrap_or_default();
                let of = hint.strip_suffix("Option").unwrap_or(hint);
                format!("{of} {key}")
            }
            Written::Schema(_) => hint.to_owned(),
        };
        let mut both = base.clone();
        self.absorb(part, &mut both);
        let value = match self.lower_merged(&both, &part.at, &name) {
            Lowered::Type(plain) => plain,
            Lowered::Definition(shape) => {
                let name = self.type_names.claim(type_name(&name));
                self.define(name.clone(), shape, part.schema(), &part.at);
                Type::Named(name)
            }
        };
        self.inline.insert(key, Some(value.clone()));
        value
    }
}

/// A union of these types, each with the discriminator's value for it.
pub(super) fn union(
    discriminator: Option<&Discriminator>,
    found: Vec<(Type, Option<String>)>,
) -> Shape {
    let mut scope = Scope::with(&["Other"]);
    let values: Vec<Type> = found.iter().map(|(value, _)| value.clone()).collect();
    let is_shared = |value: &Type| values.iter().filter(|other| *other == value).count() > 1;
    let variants = found.into_iter().map(|(value, tag)| {
        let name = match &tag {
            Some(tag) if is_shared(&value) => type_name(tag),
            _ => alternative_name(&value),
        };
        UnionVariant {
            name: scope.claim(name),
            value,
            discriminator_value: tag,
        }
    });
    let variants: Vec<UnionVariant> = variants.collect();
    let is_tagged = variants
        .iter()
        .any(|other| other.discriminator_value.is_some());
    let discriminator = discriminator.filter(|_| is_tagged);
    Shape::Union {
        discriminator: discriminator.map(|discriminator| discriminator.property_name.clone()),
        variants,
    }
}

/// The name of the variant that holds a value of this type.
fn alternative_name(value: &Type) -> String {
    match value {
        Type::Scalar(Scalar::Boolean) => "Boolean".to_owned(),
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64) => {
            "Integer".to_owned()
        }
        Type::Scalar(Scalar::Float | Scalar::Double) => "Number".to_owned(),
        Type::Scalar(Scalar::Decimal) => "Decimal".to_owned(),
        Type::Scalar(Scalar::String) => "Text".to_owned(),
        Type::Scalar(Scalar::Bytes) => "Bytes".to_owned(),
        Type::FormPart => "Part".to_owned(),
        Type::Scalar(Scalar::Date) => "Date".to_owned(),
        Type::Scalar(Scalar::DateTime) => "DateTime".to_owned(),
        Type::Any | Type::FreeForm | Type::Error => "Any".to_owned(),
        Type::Array(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) | Type::Boxed(inner) => alternative_name(inner),
        Type::Named(name) => name.clone(),
    }
}
