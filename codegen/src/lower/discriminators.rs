//! Discriminators: the values that select each variant.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use openapiv3::Discriminator;

use super::Lowering;
use super::merged::{Choice, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::tag_properties::TagProperties;
use crate::chains::End;
use crate::code::Code;
use crate::ir;
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
            .map(|site| site.target)
            .map(|it| (!self.is_scalar_or_list(it)).then(|| self.tag_properties(it)))
            .collect();
        let objects: Vec<&TagProperties<'a>> = properties.iter().flatten().collect();
        let key = match objects.as_slice() {
            [first, _, ..] => first
                .values
                .keys()
                .copied()
                .find(|key| are_distinct(key, &objects, &base.required)),
            _ => None,
        };
        let values = |properties: &Option<TagProperties<'a>>| {
            let values = key.and_then(|key| Some(properties.as_ref()?.values(key).to_vec()));
            VariantTags {
                values: values.unwrap_or_default(),
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
    pub(super) fn declared_tags(
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
            .map(|(_, site)| self.tag_properties(site.target))
            .collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for value in properties.iter().flat_map(|it| it.values(key)) {
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
            let listed = properties.values(key);
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

    /// The component that a mapping refers to: by a reference, or by a relative URL whose file has its name.
    fn mapped_component(&self, target: &str) -> Option<&'a str> {
        let name = match component_name(target, "schemas") {
            Some(name) => name,
            None => {
                let file = target.rsplit('/').next().unwrap_or(target);
                Cow::Borrowed(file.split('.').next().unwrap_or(file))
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
        match self.ends.get(key) {
            Some(End::Object(end)) => end,
            _ => key,
        }
    }
}

/// Whether all variants require the property, and no two list the same value for it.
fn are_distinct(key: &str, variants: &[&TagProperties<'_>], required: &IndexSet<&str>) -> bool {
    let mut seen = HashSet::new();
    variants.iter().all(|variant| {
        let values = variant.values(key);
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
