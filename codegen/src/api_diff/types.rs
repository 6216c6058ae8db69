//! Types that the output defines.

use super::ApiDiff;
use super::contents::decoded_words;
use super::values::words;
use crate::ir::{Decoded, ResponseVariant, Shape, UnionVariant, Variant};
use crate::plan::Plan;
use crate::plan::definitions::{Definition, DefinitionKind};

impl ApiDiff<'_> {
    pub(super) fn types(&mut self) {
        for definition in &self.new.definitions {
            let name = &definition.ir.name;
            match find(self.old, name) {
                Some(before) => self.definition(before, definition),
                None if is_of_parameters(definition) => {}
                None => self.compatible(format!("type `{name}` added")),
            }
        }
        for definition in &self.old.definitions {
            let name = &definition.ir.name;
            if find(self.new, name).is_none() && !is_of_parameters(definition) {
                self.breaking(format!("type `{name}` gone"));
            }
        }
    }

    fn definition(&mut self, planned_old: &Definition<'_>, planned_new: &Definition<'_>) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let name = new.name.as_str();
        let subject = format!("type `{name}`");
        match (&old.shape, &new.shape) {
            // Parameters are compared with their operations.
            (Shape::StringNewtype, Shape::StringNewtype)
            | (Shape::OptionalParameters(_), Shape::OptionalParameters(_)) => {}
            (Shape::Struct { .. }, Shape::Struct { .. })
            | (Shape::Multipart { .. }, Shape::Multipart { .. }) => {
                if old.is_constructible && !new.is_constructible {
                    self.breaking(format!(
                        "{subject} is no longer part of a request: it has no `new` and no setters"
                    ));
                }
                if !old.is_constructible && new.is_constructible {
                    self.compatible(format!(
                        "{subject} became part of a request: it has `new` and setters"
                    ));
                }
                let is_constructible = old.is_constructible && new.is_constructible;
                if let (DefinitionKind::Struct(old), DefinitionKind::Struct(new)) =
                    (&planned_old.kind, &planned_new.kind)
                {
                    self.fields(name, is_constructible, old, new);
                }
            }
            (Shape::StringEnum(old), Shape::StringEnum(new))
            | (Shape::IntegerEnum(old), Shape::IntegerEnum(new))
            | (Shape::JsonEnum(old), Shape::JsonEnum(new)) => self.variants(name, old, new),
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
                if old_key != key {
                    self.breaking(format!("{subject} has another discriminator"));
                }
                self.union_variants(name, old, new);
            }
            (Shape::Alias(old), Shape::Alias(new)) | (Shape::Wrapper(old), Shape::Wrapper(new)) => {
                if !self.is_same(old, new) {
                    let (old, new) = (words(old), words(new));
                    self.breaking(format!("{subject} is another: {new}, was {old}"));
                }
            }
            (
                Shape::ResponseEnum { variants: old, .. },
                Shape::ResponseEnum { variants: new, .. },
            ) => self.response_variants(name, old, new),
            (old_shape, new_shape) => {
                let (old, new) = (kind(old_shape), kind(new_shape));
                self.breaking(format!("{subject} is of another kind: {new}, was {old}"));
            }
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
    }

    fn variants(&mut self, owner: &str, old: &[Variant], new: &[Variant]) {
        for variant in new {
            let text = &variant.text;
            match old.iter().find(|other| other.text == *text) {
                None => self.compatible(format!("enum value `{text}` of `{owner}` added")),
                Some(before) if before.name != variant.name => self.breaking(format!(
                    "enum value `{text}` of `{owner}` is called `{}` in Rust, was `{}`",
                    variant.name, before.name
                )),
                Some(_) => {}
            }
        }
        for variant in old {
            let text = &variant.text;
            if !new.iter().any(|other| other.text == *text) {
                self.breaking(format!(
                    "enum value `{text}` of `{owner}` gone: `{owner}::{}` is unknown now",
                    variant.name
                ));
            }
        }
    }

    fn union_variants(&mut self, owner: &str, old: &[UnionVariant], new: &[UnionVariant]) {
        for alternative in new {
            let name = &alternative.name;
            match old.iter().find(|other| other.name == *name) {
                None => self.compatible(format!(
                    "alternative {} of `{owner}` added",
                    words(&alternative.value)
                )),
                Some(before) if before.discriminator_value != alternative.discriminator_value => {
                    self.breaking(format!(
                        "alternative `{owner}::{name}` has another value of the discriminator"
                    ))
                }
                Some(before) if !self.is_same(&before.value, &alternative.value) => {
                    self.breaking(format!(
                        "alternative `{owner}::{name}` is of another type: {}, was {}",
                        words(&alternative.value),
                        words(&before.value)
                    ));
                }
                Some(_) => {}
            }
        }
        for alternative in old {
            if !new.iter().any(|other| other.name == alternative.name) {
                self.breaking(format!(
                    "alternative {} of `{owner}` gone",
                    words(&alternative.value)
                ));
            }
        }
    }
}

impl ApiDiff<'_> {
    fn response_variants(&mut self, owner: &str, old: &[ResponseVariant], new: &[ResponseVariant]) {
        let kind = |case: &ResponseVariant| case.content.as_ref().map(|(_, body)| body.clone());
        let words =
            |kind: Option<&Decoded>| kind.map_or_else(|| "nothing".to_owned(), decoded_words);
        for case in new {
            let name = &case.name;
            let Some(before) = old.iter().find(|other| other.name == *name) else {
                self.compatible(format!("answer `{owner}::{name}` added"));
                continue;
            };
            let (before, after) = (kind(before), kind(case));
            let is_same = match (&before, &after) {
                (Some(before), Some(after)) => self.is_same_body(before, after),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !is_same {
                let (before, after) = (words(before.as_ref()), words(after.as_ref()));
                self.breaking(format!(
                    "answer `{owner}::{name}` is of another type: {after}, was {before}"
                ));
            }
        }
        for case in old {
            let name = &case.name;
            if !new.iter().any(|other| other.name == *name) {
                self.breaking(format!("answer `{owner}::{name}` gone"));
            }
        }
    }
}

fn find<'p, 'a>(plan: &'p Plan<'a>, name: &str) -> Option<&'p Definition<'a>> {
    plan.definitions.iter().find(|it| it.ir.name == name)
}

fn is_of_parameters(definition: &Definition<'_>) -> bool {
    matches!(definition.ir.shape, Shape::OptionalParameters(_))
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Struct { .. } => "an object with fields".to_owned(),
        Shape::OptionalParameters(_) => "a set of parameters".to_owned(),
        Shape::StringEnum(_) => "an enum".to_owned(),
        Shape::IntegerEnum(_) => "an enum of integers".to_owned(),
        Shape::JsonEnum(_) => "an enum of several kinds of values".to_owned(),
        Shape::StringNewtype => "a string of its own type".to_owned(),
        Shape::Multipart { .. } => "a form of several parts".to_owned(),
        Shape::ResponseEnum { .. } => "one of several answers".to_owned(),
        Shape::Wrapper(value) => format!("{} of its own type", words(value)),
        Shape::Union { .. } => "one of several types".to_owned(),
        Shape::Alias(value) => words(value),
    }
}
