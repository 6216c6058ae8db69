//! Discriminators: the values that select each variant, and components that others inherit from.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use openapiv3::{Discriminator, ReferenceOr};

use super::keywords::Keywords;
use super::merge::{Choice, MAX_DEPTH, Merged, client_format};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use super::tag_properties::TagProperties;
use super::variants::{Candidate, union};
use super::{Component, Lowering};
use crate::code::Code;
use crate::ir::{self, Type};
use crate::openapi::reference::component_name;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The key whose value selects the variant, and the values that select each variant.
pub(super) struct Tags {
    pub(super) discriminator: Option<ir::Discriminator>,
    pub(super) variants: Vec<VariantTags>,
}

#[derive(Clone, Default)]
pub(super) struct VariantTags {
    pub(super) values: Vec<String>,
    /// Whether the variant requires the key, so that its type keeps the value.
    is_required: bool,
}

impl VariantTags {
    /// Returns the values of each variant of the union. A type that does not keep its value needs a variant for
    /// each value.
    pub(super) fn by_variant(self) -> Vec<Vec<String>> {
        match self.is_required || self.values.is_empty() {
            true => vec![self.values],
            false => self.values.into_iter().map(|value| vec![value]).collect(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Returns the discriminator of a choice: the one its schema declares, or else a property that every object
    /// variant requires, each with an enum of its own.
    pub(super) fn tags(
        &mut self,
        base: &Merged<'a>,
        choice: &Choice<'a>,
        variants: &[SchemaSite<'a>],
    ) -> Tags {
        if let Some(discriminator) = choice.discriminator {
            let variants: Vec<(Option<&'a str>, &SchemaSite<'a>)> = variants
                .iter()
                .map(|site| (self.end_key(site.target), site))
                .collect();
            let at = choice.at.parent().unwrap_or_else(Pointer::root);
            return Tags {
                discriminator: Some(ir::Discriminator {
                    key: discriminator.property_name.clone(),
                    is_implied: false,
                }),
                variants: self.declared_tags(discriminator, &at, &variants),
            };
        }
        let properties: Vec<Option<TagProperties<'a>>> = variants
            .iter()
            .map(|site| (!self.is_scalar_or_list(site)).then(|| self.tag_properties(site)))
            .collect();
        let objects: Vec<&TagProperties<'a>> = properties.iter().flatten().collect();
        let key = match objects.as_slice() {
            [first, _, ..] => first
                .keys()
                .find(|key| are_distinct(key, &objects, &base.required)),
            _ => None,
        };
        let values = |properties: &Option<TagProperties<'a>>| {
            let values = key.and_then(|key| properties.as_ref()?.values(key));
            VariantTags {
                values: values.unwrap_or_default().to_vec(),
                is_required: true,
            }
        };
        Tags {
            variants: properties.iter().map(values).collect(),
            discriminator: key.map(|key| ir::Discriminator {
                key: key.to_owned(),
                is_implied: true,
            }),
        }
    }

    /// Returns the values that select each variant by a declared discriminator: its `mapping` keys and the values
    /// that only its own enum lists, or else its component name.
    fn declared_tags(
        &mut self,
        discriminator: &Discriminator,
        at: &Pointer,
        variants: &[(Option<&'a str>, &SchemaSite<'a>)],
    ) -> Vec<VariantTags> {
        let key = discriminator.property_name.as_str();
        let mut mapped: HashMap<&'a str, Vec<&String>> = HashMap::new();
        let mapping_at = at.child("discriminator").child("mapping");
        let targets: HashSet<&'a str> = variants.iter().filter_map(|(key, _)| *key).collect();
        for (value, target) in &discriminator.mapping {
            match self
                .mapped_component(target)
                .filter(|target| targets.contains(target))
            {
                Some(target) => mapped.entry(target).or_default().push(value),
                None => self.problem(
                    Problem::new(
                        Code::DiscriminatorMismatch,
                        format!("`{value}` is mapped to a schema that is not a variant"),
                        At::Value(mapping_at.child(value)),
                        "objects with this value are kept as JSON",
                    )
                    .help("add the schema to the variants, or remove the entry"),
                ),
            }
        }
        let properties: Vec<TagProperties<'a>> = variants
            .iter()
            .map(|(_, site)| self.tag_properties(site))
            .collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for value in properties
            .iter()
            .flat_map(|it| it.values(key).unwrap_or_default())
        {
            *uses.entry(value).or_default() += 1;
        }
        let mut tags = Vec::new();
        for ((component, site), properties) in variants.iter().zip(&properties) {
            let mapped = component.and_then(|component| mapped.get(component));
            let mapped: Vec<String> = mapped
                .into_iter()
                .flatten()
                .map(|it| (*it).clone())
                .collect();
            let listed = properties.values(key).unwrap_or_default();
            let is_own = |value: &&String| {
                uses.get(value.as_str()) == Some(&1) && !discriminator.mapping.contains_key(*value)
            };
            let own: Vec<String> = listed.iter().filter(is_own).cloned().collect();
            let name = component.map(str::to_owned);
            let disagrees = match (mapped.as_slice(), own.as_slice(), &name) {
                (_, [], _) | ([], _, None) => None,
                ([], own, Some(name)) => (!own.contains(name)).then_some(name),
                ([first, ..], _, _) => {
                    (!mapped.iter().any(|it| listed.contains(it))).then_some(first)
                }
            };
            if let Some(other) = disagrees {
                self.report_disagreement(key, &own[0], other, site);
            }
            let mut values = mapped;
            values.extend(own);
            if values.is_empty() {
                let spelt = name.as_ref().and_then(|name| same_word(listed, name));
                values.extend(spelt.or(name));
            }
            tags.push(VariantTags {
                values,
                is_required: properties.is_required(key),
            });
        }
        tags
    }

    fn report_disagreement(&mut self, key: &str, own: &str, other: &str, site: &SchemaSite<'a>) {
        let at = match site.target {
            RefOrSchema::Reference(_) => site.at.child("$ref"),
            RefOrSchema::Schema(_) => site.at.clone(),
        };
        self.problem(
            Problem::new(
                Code::DiscriminatorMismatch,
                format!("the discriminator selects this schema by `{other}`, its enum by `{own}`"),
                At::Value(at),
                format!("objects with `{key}: {own}` are of this type"),
            )
            .help(format!(
                "map `{own}` to this schema in the discriminator's `mapping`"
            )),
        );
    }

    /// The component that a mapping refers to: by a reference, by its name, or by a relative URL whose file
    /// has its name.
    fn mapped_component(&self, target: &str) -> Option<&'a str> {
        let name = match component_name(target, "schemas") {
            Some(name) => name,
            None => {
                let file = target.rsplit('/').next().unwrap_or(target);
                let stem = file.split('.').next().unwrap_or(file);
                Cow::Borrowed(match self.components.contains_key(target) {
                    true => target,
                    false => stem,
                })
            }
        };
        let (key, _) = self.components.get_key_value(&*name)?;
        Some(self.end_of_chain(key))
    }

    /// The component at the end of the references of a variant.
    pub(super) fn end_key(&self, target: RefOrSchema<'a>) -> Option<&'a str> {
        let RefOrSchema::Reference(reference) = target else {
            return None;
        };
        let (key, _) = self.component(reference)?;
        Some(self.end_of_chain(key))
    }

    /// The component at the end of a chain of components that are references.
    fn end_of_chain(&self, key: &'a str) -> &'a str {
        self.ends.get(key).copied().flatten().unwrap_or(key)
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
        let components = self.components.iter();
        let components = components.filter(|(key, _)| subtypes.contains(*key));
        let sites: Vec<(&'a str, SchemaSite<'a>)> = components
            .map(|(key, component)| (*key, component.site()))
            .collect();
        let variants: Vec<(Option<&'a str>, &SchemaSite<'a>)> =
            sites.iter().map(|(key, site)| (Some(*key), site)).collect();
        let at = self.components.get(base)?.at.clone();
        let tags = self.declared_tags(discriminator, &at, &variants);
        let values = sites.iter().filter_map(|(key, _)| {
            let component = self.components.get(key)?;
            Some(Type::Named(component.name.clone()))
        });
        let mut found = Vec::new();
        for (value, tags) in values.zip(tags) {
            found.extend(tags.by_variant().into_iter().map(|tags| Candidate {
                value: value.clone(),
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

    /// Whether a component lists one of these subtypes as its variant.
    fn lists_subtype(&self, component: &Component<'a>, subtypes: &[&str]) -> bool {
        let site = component.site();
        let keywords = site.schema().map(Keywords::of).unwrap_or_default();
        let mut lists = [keywords.one_of, keywords.any_of].into_iter();
        lists.any(|variants| self.lists_one_of(variants, subtypes))
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
            && (self.is_polymorphic_base(key) || self.lists_subtype(component, ancestors));
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

/// Whether all variants require the property, and no two list the same value for it.
fn are_distinct(key: &str, variants: &[&TagProperties<'_>], required: &IndexSet<&str>) -> bool {
    let mut seen = HashSet::new();
    variants.iter().all(|variant| {
        let values = variant.values(key).unwrap_or_default();
        let is_required = variant.is_required(key) || required.contains(key);
        is_required && !values.is_empty() && values.iter().all(|value| seen.insert(value))
    })
}

/// The only value that differs from a name in nothing but case and punctuation.
fn same_word(values: &[String], name: &str) -> Option<String> {
    let word = |text: &str| -> String {
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let name = word(name);
    let mut same = values.iter().filter(|value| word(value) == name);
    let only = same.next()?;
    same.next().is_none().then(|| only.clone())
}
