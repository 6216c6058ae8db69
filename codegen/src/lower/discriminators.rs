//! Discriminators: the values that select each variant, and components that others inherit from.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr};

use super::Lowering;
use super::keywords::Keywords;
use super::merge::MAX_DEPTH;
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use super::unions::union;
use crate::ir::Type;
use crate::openapi::reference::component_name;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Discriminator values that select this variant: its `mapping` keys, or else its component name.
    /// An inline schema has none.
    pub(super) fn discriminator_values(
        &self,
        discriminator: Option<&Discriminator>,
        site: &SchemaSite<'a>,
    ) -> Vec<String> {
        match (discriminator, site.target) {
            (Some(discriminator), RefOrSchema::Reference(reference)) => {
                let key = component_name(reference, "schemas").unwrap_or_default();
                values_for(discriminator, &key)
            }
            _ => Vec::new(),
        }
    }

    /// Finds the components whose `allOf` refers to each component.
    pub(super) fn find_direct_subtypes(&mut self) {
        let mut found: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for (key, component) in &self.components {
            let site = component.site();
            let members = site
                .schema()
                .map(|schema| site.members(&Keywords::of(schema)));
            for member in members.into_iter().flatten() {
                if let RefOrSchema::Reference(reference) = member.target
                    && let Some((base, _)) = self.component(reference)
                {
                    found.entry(base).or_default().push(key);
                }
            }
        }
        self.direct_subtypes = found;
    }

    /// The type of a component with a discriminator and no variants of its own: any of its subtypes.
    pub(super) fn polymorphic_base(&mut self, base: &str) -> Option<Lowered> {
        let discriminator = self.discriminator_of_base(base)?;
        let subtypes = self.subtypes(base);
        let mut found = Vec::new();
        for (key, component) in &self.components {
            if subtypes.contains(key) {
                let values = values_for(discriminator, key).into_iter();
                found
                    .extend(values.map(|value| (Type::Named(component.name.clone()), Some(value))));
            }
        }
        Some(Lowered::Definition(union(Some(discriminator), found)))
    }

    /// The discriminator of a component that others inherit from.
    fn discriminator_of_base(&self, key: &str) -> Option<&'a Discriminator> {
        let ReferenceOr::Item(schema) = self.components.get(key)?.schema else {
            return None;
        };
        let keywords = Keywords::of(schema);
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let has_variants = !keywords.one_of.is_empty() || !keywords.any_of.is_empty();
        let others = self.direct_subtypes.get(key).into_iter().flatten();
        let is_base = others.into_iter().any(|other| *other != key);
        (!has_variants && is_base).then_some(discriminator)
    }

    pub(super) fn is_polymorphic_base(&self, key: &str) -> bool {
        self.discriminator_of_base(key).is_some()
    }

    /// The components that inherit from a component, directly or not.
    fn subtypes(&self, base: &str) -> HashSet<&'a str> {
        let direct = |key: &str| self.direct_subtypes.get(key).into_iter().flatten().copied();
        let mut subtypes = HashSet::new();
        let mut queue: Vec<&'a str> = direct(base).collect();
        while let Some(key) = queue.pop() {
            if key != base && subtypes.insert(key) {
                queue.extend(direct(key));
            }
        }
        subtypes
    }

    /// Whether a component inherits from one of these, by its `allOf`.
    pub(super) fn inherits(&self, reference: &str, bases: &[&str]) -> bool {
        let mut seen = HashSet::new();
        let mut queue = vec![reference];
        while let Some(reference) = queue.pop() {
            let Some((key, component)) = self.component(reference) else {
                continue;
            };
            if !seen.insert(key) || seen.len() > MAX_DEPTH {
                continue;
            }
            let site = component.site();
            let members = match site.target {
                RefOrSchema::Schema(schema) => site.members(&Keywords::of(schema)),
                RefOrSchema::Reference(_) => vec![site],
            };
            for member in members {
                if let RefOrSchema::Reference(base) = member.target {
                    if self
                        .component(base)
                        .is_some_and(|(key, _)| bases.contains(&key))
                    {
                        return true;
                    }
                    queue.push(base);
                }
            }
        }
        false
    }

    /// The only reference that a schema consists of, if everything next to it is documentation.
    pub(super) fn sole_reference(
        &self,
        sites: &[&SchemaSite<'a>],
        ancestors: &[&str],
    ) -> Option<(&'a str, Pointer)> {
        let mut references = Vec::new();
        let mut types = Vec::new();
        let mut queue: Vec<SchemaSite<'a>> = sites.iter().map(|site| (*site).clone()).collect();
        while let Some(site) = queue.pop() {
            let schema = match site.target {
                RefOrSchema::Reference(reference) => {
                    references.push((reference, site.at.clone()));
                    continue;
                }
                RefOrSchema::Schema(schema) => schema,
            };
            let keywords = Keywords::of(schema);
            let says_more = !keywords.required.is_empty()
                || !keywords.one_of.is_empty()
                || !keywords.any_of.is_empty()
                || !keywords.is_bare_but_for_type();
            if says_more {
                return None;
            }
            types.extend(keywords.json_type);
            queue.extend(site.members(&keywords));
        }
        let (reference, at) = references.first()?.clone();
        let (key, component) = self.component(reference)?;
        // A subtype is a variant of its base, and not the base itself.
        let inherits = !ancestors.is_empty() && self.is_polymorphic_base(key);
        let target = match component.schema {
            ReferenceOr::Item(schema) => Keywords::of(schema).json_type,
            ReferenceOr::Reference { .. } => None,
        };
        let is_same_type = types
            .iter()
            .all(|json_type| target.is_none_or(|target| target == *json_type));
        let is_sole = references.iter().all(|(other, _)| *other == reference);
        (is_sole && is_same_type && !inherits).then_some((reference, at))
    }
}

fn values_for(discriminator: &Discriminator, key: &str) -> Vec<String> {
    let mapping = discriminator.mapping.iter();
    let mapping = mapping.filter(|(_, target)| {
        let name = component_name(target, "schemas");
        name.as_deref().unwrap_or(target) == key
    });
    let values: Vec<String> = mapping.map(|(value, _)| value.clone()).collect();
    match values.is_empty() {
        true => vec![key.to_owned()],
        false => values,
    }
}
