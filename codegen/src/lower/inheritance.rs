//! Components that others inherit from, by `allOf`.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::merge::{MAX_DEPTH, client_format};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use super::variants::{Candidate, union};
use crate::ir::{self, Type};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Finds the components whose `allOf` refers to each component.
    pub(super) fn find_direct_subtypes(&mut self) {
        let mut found: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for (key, component) in &self.components {
            let keywords = component.schema().map(Keywords::of).unwrap_or_default();
            for member in keywords.all_of {
                if let ReferenceOr::Reference { reference } = member
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
        let subtypes = self.subtypes(base).into_iter();
        let subtypes = subtypes.filter_map(|index| self.components.get_index(index));
        let sites: Vec<(&'a str, SchemaSite<'a>)> = subtypes
            .map(|(key, component)| (*key, component.clone()))
            .collect();
        let variants: Vec<(Option<&'a str>, &SchemaSite<'a>)> =
            sites.iter().map(|(key, site)| (Some(*key), site)).collect();
        let at = self.components.get(base)?.at.clone();
        let tags = self.declared_tags(discriminator, &at, &variants);
        let mut found = Vec::new();
        for ((_, subtype), tags) in sites.iter().zip(tags) {
            found.extend(tags.by_variant().into_iter().map(|tags| Candidate {
                value: Type::Named(subtype.name_hint.clone()),
                tags,
                is_inline: false,
            }));
        }
        let discriminator = ir::Discriminator {
            key: discriminator.property_name.clone(),
            is_implied: false,
        };
        Some(Lowered::Definition(union(Some(discriminator), found)))
    }

    /// The discriminator of a component that others inherit from.
    fn discriminator_of_base(&self, key: &str) -> Option<&'a Discriminator> {
        let schema = self.components.get(key)?.schema()?;
        let keywords = Keywords::of(schema);
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let has_variants = !keywords.one_of.is_empty() || !keywords.any_of.is_empty();
        let others = self.direct_subtypes.get(key).into_iter().flatten();
        let is_base = others.into_iter().any(|other| *other != key);
        (!has_variants && is_base).then_some(discriminator)
    }

    /// The indexes of the components that inherit from a component, directly or over as many levels as the
    /// merge supports.
    fn subtypes(&self, base: &str) -> BTreeSet<usize> {
        let direct = |key: &str| self.direct_subtypes.get(key).into_iter().flatten().copied();
        let mut subtypes = BTreeSet::new();
        let mut level: Vec<&'a str> = direct(base).collect();
        for _ in 0..MAX_DEPTH {
            level.retain(|key| {
                let index = self.components.get_index_of(*key).filter(|_| *key != base);
                index.is_some_and(|index| subtypes.insert(index))
            });
            level = level.into_iter().flat_map(direct).collect();
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
            let members = match component.target {
                RefOrSchema::Schema(schema) => Keywords::of(schema).all_of,
                RefOrSchema::Reference(_) => &[],
            };
            let members = members.iter().map(RefOrSchema::of);
            for member in [component.target].into_iter().chain(members) {
                if let RefOrSchema::Reference(base) = member {
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

    /// Whether a component lists one of these subtypes as its variant.
    fn lists_subtype(&self, component: &SchemaSite<'a>, subtypes: &[&str]) -> bool {
        let keywords = component.schema().map(Keywords::of).unwrap_or_default();
        let mut lists = [keywords.one_of, keywords.any_of].into_iter();
        lists.any(|variants| self.lists_one_of(variants, subtypes))
    }

    /// Whether these variants include one of these components.
    pub(super) fn lists_one_of(
        &self,
        variants: &'a [ReferenceOr<Schema>],
        components: &[&str],
    ) -> bool {
        if components.is_empty() {
            return false;
        }
        // Each heir of a base asks for the variants of the base.
        let mut listed = self.listed.borrow_mut();
        let keys = listed.entry(variants.as_ptr()).or_insert_with(|| {
            let sites = variants.iter().map(RefOrSchema::of);
            sites.filter_map(|target| self.end_key(target)).collect()
        });
        components.iter().any(|key| keys.contains(key))
    }

    /// The only reference that a schema consists of, if everything next to it is documentation.
    pub(super) fn sole_reference(
        &self,
        sites: &[SchemaSite<'a>],
        ancestors: &[&str],
    ) -> Option<(&'a str, Pointer)> {
        let mut references = Vec::new();
        let mut types = Vec::new();
        let mut queue = sites.to_vec();
        while let Some(site) = queue.pop() {
            let schema = match site.target {
                RefOrSchema::Reference(reference) => {
                    references.push((reference, site.at.clone()));
                    continue;
                }
                RefOrSchema::Schema(schema) => schema,
            };
            let keywords = Keywords::of(schema);
            let says_more = client_format(schema).is_some()
                || !keywords.required.is_empty()
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
        let inherits = !ancestors.is_empty()
            && (self.discriminator_of_base(key).is_some()
                || self.lists_subtype(component, ancestors));
        let target = component.schema();
        let target = target.and_then(|schema| Keywords::of(schema).json_type);
        let is_same_type = types
            .iter()
            .all(|json_type| target.is_none_or(|target| target == *json_type));
        let is_sole = references.iter().all(|(other, _)| *other == reference);
        (is_sole && is_same_type && !inherits).then_some((reference, at))
    }
}
