//! Types that the client defines.

use std::mem::discriminant;

use super::bodies::decoded_words;
use super::type_names::words;
use super::{ApiDiff, Pair, pairs};
use crate::ir::{
    Discriminator, EnumKind, ResponseVariant, Shape, StructKind, UnionVariant, Variant,
};
use crate::plan::definitions::{Definition, DefinitionKind};

impl ApiDiff<'_> {
    pub(super) fn types(&mut self) {
        let (old, new) = (&self.old.definitions, &self.new.definitions);
        let is_same =
            |old: &Definition<'_>, new: &Definition<'_>| self.new_name(&old.ir.name) == new.ir.name;
        for pair in pairs(old, new, is_same) {
            if let Pair::Added(it) | Pair::Removed(it) = pair
                && is_of_parameters(it)
            {
                continue;
            }
            if let Some((old, new)) = self.kept(pair, |it| format!("type `{}`", it.ir.name)) {
                self.definition(old, new);
            }
        }
    }

    fn definition(&mut self, planned_old: &Definition<'_>, planned_new: &Definition<'_>) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let name = new.name.as_str();
        let subject = format!("type `{name}`");
        match (&old.shape, &new.shape) {
            (Shape::StringNewtype, Shape::StringNewtype) => {}
            (Shape::Struct(before), Shape::Struct(after))
                if discriminant(&before.kind) == discriminant(&after.kind) =>
            {
                if old.is_constructible && !new.is_constructible {
                    self.breaking(format!(
                        "{subject} is no longer part of a request: it lost `new` and its setters"
                    ));
                }
                if !old.is_constructible && new.is_constructible {
                    self.compatible(format!(
                        "{subject} became part of a request: it has `new` and setters"
                    ));
                }
                let is_constructible = old.is_constructible && new.is_constructible;
                // Parameters are compared with their operations.
                if !is_of_parameters(planned_new)
                    && let (DefinitionKind::Struct(old), DefinitionKind::Struct(new)) =
                        (&planned_old.kind, &planned_new.kind)
                {
                    self.fields(name, is_constructible, old, new);
                }
            }
            (Shape::Enum(old_kind, old), Shape::Enum(kind, new)) if old_kind == kind => {
                self.variants(name, old, new);
            }
            (
                Shape::Union {
                    discriminator: old_key,
                    variants: old,
                },
                Shape::Union {
                    discriminator: key,
                    variants: new,
                },
            ) => {
                let key_of = |discriminator: &Option<Discriminator>| {
                    Some(discriminator.as_ref()?.key.clone())
                };
                if key_of(old_key) != key_of(key) {
                    self.breaking(format!("{subject} has a different discriminator"));
                }
                self.union_variants(name, old, new);
            }
            (Shape::Alias(old), Shape::Alias(new)) | (Shape::Wrapper(old), Shape::Wrapper(new)) => {
                self.value(&subject, old, new);
            }
            (
                Shape::ResponseEnum { variants: old, .. },
                Shape::ResponseEnum { variants: new, .. },
            ) => self.response_variants(name, old, new),
            (old_shape, new_shape) => {
                let (old, new) = (kind(old_shape), kind(new_shape));
                self.breaking(format!("{subject} is {new} instead of {old}"));
            }
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
    }

    fn variants(&mut self, owner: &str, old: &[Variant], new: &[Variant]) {
        for pair in pairs(old, new, |old, new| old.text == new.text) {
            match pair {
                Pair::Added(Variant { text, .. }) => {
                    self.compatible(format!("enum value `{text}` of `{owner}` added"));
                }
                Pair::Removed(Variant { text, name, .. }) => self.breaking(format!(
                    "enum value `{text}` of `{owner}` removed, and `{owner}::{name}` with it"
                )),
                Pair::Both(old, Variant { text, name, .. }) if old.name != *name => {
                    let before = &old.name;
                    self.breaking(format!(
                        "enum value `{text}` of `{owner}` is `{name}` in Rust instead of `{before}`"
                    ));
                }
                Pair::Both(..) => {}
            }
        }
    }

    fn union_variants(&mut self, owner: &str, old: &[UnionVariant], new: &[UnionVariant]) {
        let variant = |it: &UnionVariant| format!("variant {} of `{owner}`", words(&it.value));
        for pair in pairs(old, new, |old, new| old.name == new.name) {
            let Some((old, new)) = self.kept(pair, variant) else {
                continue;
            };
            let subject = format!("variant `{owner}::{}`", new.name);
            if old.discriminator_values != new.discriminator_values {
                self.behaviour(format!("{subject} has another discriminator value"));
            }
            self.value(&subject, &old.value, &new.value);
        }
    }

    fn response_variants(&mut self, owner: &str, old: &[ResponseVariant], new: &[ResponseVariant]) {
        let words = |variant: &ResponseVariant| match &variant.content {
            Some((_, body)) => decoded_words(body),
            None => "empty".to_owned(),
        };
        let response = |it: &ResponseVariant| format!("response `{owner}::{}`", it.name);
        for pair in pairs(old, new, |old, new| old.name == new.name) {
            let Some((old, new)) = self.kept(pair, response) else {
                continue;
            };
            let is_same = match (&old.content, &new.content) {
                (Some((_, old)), Some((_, new))) => self.is_same_body(old, new),
                (old, new) => old.is_none() && new.is_none(),
            };
            if !is_same {
                let (subject, old, new) = (response(new), words(old), words(new));
                self.breaking(format!("{subject} is {new} instead of {old}"));
            }
        }
    }
}

fn is_of_parameters(definition: &Definition<'_>) -> bool {
    let shape = &definition.ir.shape;
    matches!(shape, Shape::Struct(shape) if shape.kind == StructKind::OptionalParameters)
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Struct(shape) => match shape.kind {
            StructKind::Objects => "an object with fields".to_owned(),
            StructKind::Forms(_) => "a multipart form".to_owned(),
            StructKind::OptionalParameters => "a set of parameters".to_owned(),
        },
        Shape::Enum(EnumKind::Strings, _) => "an enum of strings".to_owned(),
        Shape::Enum(EnumKind::Integers, _) => "an enum of integers".to_owned(),
        Shape::Enum(EnumKind::Json, _) => "an enum of JSON values".to_owned(),
        Shape::StringNewtype => "a string newtype".to_owned(),
        Shape::ResponseEnum { .. } => "an enum of responses".to_owned(),
        Shape::Wrapper(value) => format!("a newtype of {}", words(value)),
        Shape::Union { .. } => "a union".to_owned(),
        Shape::Alias(value) => words(value),
    }
}
