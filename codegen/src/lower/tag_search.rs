//! Searches the schemas of a variant for the properties that can tell it from others.

use std::collections::HashMap;

use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::RefOrSchema;
use super::tag_properties::TagProperties;

/// Schemas nested deeper than this in each other are not searched.
const MAX_DEPTH: usize = 16;

/// A property with more values than this is no discriminator.
const MAX_VALUES: usize = 64;

/// A search through the schemas of a variant.
#[derive(Default)]
struct Search<'a> {
    /// The components that are being searched.
    ancestors: Vec<&'a str>,
    /// What was found in components whose result depends on `ancestors`.
    known: HashMap<&'a str, TagProperties<'a>>,
    /// Whether the search left out a component, because of `ancestors`.
    is_cut: bool,
}

impl<'a> Lowering<'a> {
    /// The properties of a variant that can tell it from others, also of its `allOf` and of the variants that
    /// it consists of.
    pub(super) fn tag_properties(&self, variant: RefOrSchema<'a>) -> TagProperties<'a> {
        self.tag_properties_within(variant, &mut Search::default())
    }

    fn tag_properties_within(
        &self,
        variant: RefOrSchema<'a>,
        search: &mut Search<'a>,
    ) -> TagProperties<'a> {
        let mut found = TagProperties::default();
        let schema = match variant {
            RefOrSchema::Schema(schema) => schema,
            RefOrSchema::Reference(reference) => {
                let Some((key, component)) = self.component(reference) else {
                    return found;
                };
                let is_searched = search.ancestors.contains(&key);
                if is_searched || search.ancestors.len() >= MAX_DEPTH {
                    search.is_cut = true;
                    return found;
                }
                if let Some(known) = self.tag_properties.borrow().get(key) {
                    return known.clone();
                }
                if let Some(known) = search.known.get(key) {
                    search.is_cut = true;
                    return known.clone();
                }
                let is_cut = std::mem::take(&mut search.is_cut);
                search.ancestors.push(key);
                let mut found = self.tag_properties_within(component.target, search);
                search.ancestors.pop();
                found.levels += 1;
                if found.levels > MAX_DEPTH {
                    search.is_cut = true;
                    found = TagProperties::default();
                }
                match search.is_cut {
                    true => search.known.insert(key, found.clone()),
                    false => {
                        let mut known = self.tag_properties.borrow_mut();
                        known.insert(key, found.clone())
                    }
                };
                search.is_cut |= is_cut;
                return found;
            }
        };
        let keywords = Keywords::of(schema);
        found.required = keywords.required.iter().map(String::as_str).collect();
        for (name, property) in keywords.properties.into_iter().flatten() {
            if let Some(values) = self.texts(RefOrSchema::of(property), 0) {
                found.values.insert(name, values);
            }
        }
        for member in keywords.all_of {
            found.and(self.tag_properties_within(RefOrSchema::of(member), search));
        }
        for list in [keywords.one_of, keywords.any_of] {
            // A base that lists its heirs says no more about one of them.
            if self.lists_one_of(list, &search.ancestors) {
                continue;
            }
            let variants = list.iter().map(RefOrSchema::of);
            let variants = variants.filter(|variant| !self.is_null_alone(*variant));
            let mut variants = variants.map(|variant| self.tag_properties_within(variant, search));
            if let Some(mut first) = variants.next() {
                variants.for_each(|other| first.or(&other));
                found.and(first);
            }
        }
        found
    }

    /// The values of an enum of scalars, as text.
    fn texts(&self, property: RefOrSchema<'a>, depth: usize) -> Option<Vec<String>> {
        let keywords = self.keywords_of(property)?;
        if (1..=MAX_VALUES).contains(&keywords.enumeration.len()) {
            return keywords.enumeration.iter().map(text).collect();
        }
        let members = keywords.all_of.iter().map(RefOrSchema::of);
        let mut members = members.take_while(|_| depth < MAX_DEPTH);
        members.find_map(|member| self.texts(member, depth + 1))
    }

    /// Whether the type of a variant is not `object`, so that it has no properties.
    pub(super) fn is_scalar_or_list(&self, variant: RefOrSchema<'a>) -> bool {
        let keywords = self.keywords_of(variant).unwrap_or_default();
        keywords
            .json_type
            .is_some_and(|json_type| json_type != "object")
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
