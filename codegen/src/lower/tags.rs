//! Discriminators: which value stands for which alternative, and who is an alternative.

use openapiv3::{Discriminator, ReferenceOr};

use super::Lowering;
use super::choices::union;
use super::part::{Part, Written};
use super::schemas::Lowered;
use super::view::View;
use crate::ir::Type;
use crate::openapi::reference::component_name;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The values of the discriminator that stand for an alternative: those that are mapped to it,
    /// or else its component's name. One that has no name has none.
    pub(super) fn tags(
        &self,
        discriminator: Option<&Discriminator>,
        part: &Part<'a>,
    ) -> Vec<String> {
        match (discriminator, part.written) {
            (Some(discriminator), Written::Reference(reference)) => {
                let key = component_name(reference, "schemas").unwrap_or_default();
                tags_of(discriminator, &key)
            }
            _ => Vec::new(),
        }
    }

    /// The type of a component with a discriminator and no alternatives of its own: it is any of the
    /// components whose `allOf` names it.
    pub(super) fn family(&mut self, base: &str) -> Option<Lowered> {
        let discriminator = self.discriminator_of_family(base)?;
        let heirs = self.heirs(base);
        let mut found = Vec::new();
        for index in 0..self.components.len() {
            let (key, component) = self.components.get_index(index)?;
            if heirs.contains(key) {
                let tags = tags_of(discriminator, key).into_iter();
                found.extend(tags.map(|tag| (Type::Named(component.name.clone()), Some(tag))));
            }
        }
        let union = union(Some(discriminator), found);
        Some(Lowered::Definition(union))
    }

    /// The discriminator of a component that others inherit from.
    fn discriminator_of_family(&self, key: &str) -> Option<&'a Discriminator> {
        let ReferenceOr::Item(schema) = self.components.get(key)?.schema else {
            return None;
        };
        let view = View::of(schema);
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let has_choices = !view.one_of.is_empty() || !view.any_of.is_empty();
        (!has_choices && !self.heirs(key).is_empty()).then_some(discriminator)
    }

    pub(super) fn is_base_of_family(&self, key: &str) -> bool {
        self.discriminator_of_family(key).is_some()
    }

    /// The components whose `allOf` names this one, or one of these.
    fn heirs<'s>(&'s self, base: &'s str) -> Vec<&'a str> {
        let mut heirs: Vec<&'a str> = Vec::new();
        let mut queue = vec![base];
        while let Some(parent) = queue.pop() {
            for (key, component) in &self.components {
                let part = Part::new(component.schema, component.at.clone(), "");
                let Some(schema) = part.schema() else {
                    continue;
                };
                let names_parent = part.members(&View::of(schema)).iter().any(|member| {
                    matches!(member.written, Written::Reference(reference)
                        if component_name(reference, "schemas").as_deref() == Some(parent))
                });
                if names_parent && !heirs.contains(key) && *key != base {
                    heirs.push(key);
                    queue.push(key);
                }
            }
        }
        heirs
    }

    /// The one reference that a schema comes to, if all that stands beside it are words.
    pub(super) fn sole_reference(
        &self,
        parts: &[&Part<'a>],
        within: &[&str],
    ) -> Option<(&'a str, Pointer)> {
        let mut references = Vec::new();
        let mut kinds = Vec::new();
        let mut queue: Vec<Part<'a>> = parts.iter().map(|part| (*part).clone()).collect();
        while let Some(part) = queue.pop() {
            let schema = match part.written {
                Written::Reference(reference) => {
                    references.push((reference, part.at.clone()));
                    continue;
                }
                Written::Schema(schema) => schema,
            };
            let view = View::of(schema);
            let says_more = !view.required.is_empty()
                || !view.one_of.is_empty()
                || !view.any_of.is_empty()
                || !view.is_bare_but_for_kind();
            if says_more {
                return None;
            }
            kinds.extend(view.kind);
            queue.extend(part.members(&view));
        }
        let (reference, at) = references.first()?.clone();
        let (key, component) = self.component(reference)?;
        // What inherits from it is one of its kind, and not the same.
        let inherits = !within.is_empty() && self.is_base_of_family(key);
        let target = match component.schema {
            ReferenceOr::Item(schema) => View::of(schema).kind,
            ReferenceOr::Reference { .. } => None,
        };
        let is_same_kind = kinds
            .iter()
            .all(|kind| target.is_none_or(|target| target == *kind));
        let is_sole = references.iter().all(|(other, _)| *other == reference);
        (is_sole && is_same_kind && !inherits).then_some((reference, at))
    }
}

fn tags_of(discriminator: &Discriminator, key: &str) -> Vec<String> {
    let mapped = discriminator.mapping.iter();
    let mapped = mapped.filter(|(_, target)| {
        let name = component_name(target, "schemas");
        name.as_deref().unwrap_or(target) == key
    });
    let tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    match tags.is_empty() {
        true => vec![key.to_owned()],
        false => tags,
    }
}
