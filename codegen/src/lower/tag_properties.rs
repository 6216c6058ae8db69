//! Properties that can be an implied discriminator: those with an enum.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::{RefOrSchema, SchemaSite};

/// Schemas nested deeper than this in each other are not searched.
const MAX_DEPTH: usize = 16;

/// A property with more values than this is no discriminator.
const MAX_VALUES: usize = 64;

/// The properties of a schema with an enum, and the properties that it requires.
#[derive(Clone, Default)]
pub(super) struct TagProperties<'a> {
    values: IndexMap<&'a str, Vec<String>>,
    required: Vec<&'a str>,
}

impl<'a> TagProperties<'a> {
    /// The properties with an enum.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.values.keys().copied()
    }

    /// The values of a property.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.values.get(key).map(Vec::as_slice)
    }

    pub(super) fn is_required(&self, key: &str) -> bool {
        self.required.contains(&key)
    }

    /// Adds the properties of a schema that values match as well.
    fn and(&mut self, other: TagProperties<'a>) {
        for (key, values) in other.values {
            match self.values.get_mut(key) {
                Some(own) => own.retain(|value| values.contains(value)),
                None => {
                    self.values.insert(key, values);
                }
            }
        }
        self.required.extend(other.required);
    }

    /// Adds the properties of another variant.
    fn or(&mut self, other: &TagProperties<'a>) {
        self.required.retain(|key| other.required.contains(key));
        self.values
            .retain(|key, values| match other.values.get(key) {
                Some(more) => {
                    values.extend(more.iter().cloned());
                    true
                }
                None => false,
            });
    }
}

impl<'a> Lowering<'a> {
    /// The properties of a variant that can tell it from others, also of its `allOf` and of the variants that
    /// it consists of.
    pub(super) fn tag_properties(&self, site: &SchemaSite<'a>) -> TagProperties<'a> {
        self.tag_properties_within(site, 0, &mut HashMap::new())
    }

    /// `known` has the components that were searched already, and nothing for those that are being
    /// searched.
    fn tag_properties_within(
        &self,
        site: &SchemaSite<'a>,
        depth: usize,
        known: &mut HashMap<&'a str, TagProperties<'a>>,
    ) -> TagProperties<'a> {
        let mut found = TagProperties::default();
        let schema = match site.target {
            RefOrSchema::Schema(schema) => schema,
            RefOrSchema::Reference(reference) => {
                let Some((key, component)) = self.component(reference) else {
                    return found;
                };
                if depth >= MAX_DEPTH {
                    return found;
                }
                if let Some(known) = known.get(key) {
                    return known.clone();
                }
                known.insert(key, found);
                let found = self.tag_properties_within(&component.site(), depth + 1, known);
                known.insert(key, found.clone());
                return found;
            }
        };
        let keywords = Keywords::of(schema);
        found.required = keywords.required.iter().map(String::as_str).collect();
        for (name, property) in keywords.properties.into_iter().flatten() {
            let property = SchemaSite::new(property, site.at.clone(), "");
            if let Some(values) = self.texts(property, 0) {
                found.values.insert(name, values);
            }
        }
        for member in site.members(&keywords) {
            found.and(self.tag_properties_within(&member, depth, known));
        }
        for (key, list) in [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)] {
            let variants = site.listed(key, list);
            let variants = variants.iter().filter(|site| !self.is_null_alone(site));
            let mut variants = variants.map(|site| self.tag_properties_within(site, depth, known));
            if let Some(mut first) = variants.next() {
                variants.for_each(|other| first.or(&other));
                found.and(first);
            }
        }
        found
    }

    /// The values of an enum of scalars, as text.
    fn texts(&self, site: SchemaSite<'a>, depth: usize) -> Option<Vec<String>> {
        let schema = match site.target {
            RefOrSchema::Schema(schema) => schema,
            RefOrSchema::Reference(reference) => self.end_of(reference)?.0,
        };
        let keywords = Keywords::of(schema);
        if (1..=MAX_VALUES).contains(&keywords.enumeration.len()) {
            return keywords.enumeration.iter().map(text).collect();
        }
        let members = site.members(&keywords).into_iter();
        let mut members = members.take_while(|_| depth < MAX_DEPTH);
        members.find_map(|member| self.texts(member, depth + 1))
    }

    /// Whether the type of a variant is not `object`, so that it has no properties.
    pub(super) fn is_scalar_or_list(&self, site: &SchemaSite<'a>) -> bool {
        let schema = match site.target {
            RefOrSchema::Schema(schema) => Some(schema),
            RefOrSchema::Reference(reference) => self.end_of(reference).map(|(schema, _)| schema),
        };
        let json_type = schema.and_then(|schema| Keywords::of(schema).json_type);
        json_type.is_some_and(|json_type| json_type != "object")
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
