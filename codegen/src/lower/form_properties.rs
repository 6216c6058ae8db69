//! The properties of the schema of a form.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::RefOrSchema;
use crate::source::pointer::Pointer;

/// A form that combines more schemas than this has no type.
const MAX_SCHEMAS: usize = 200;

/// The properties of the schema of a form, with those of the schemas that it combines.
#[derive(Clone, Default)]
pub(super) struct Properties<'a> {
    pub(super) list: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    pub(super) required: Vec<&'a str>,
    /// Whether other properties are allowed.
    pub(super) is_open: bool,
    /// Whether they are the properties of several variants.
    pub(super) has_variants: bool,
    pub(super) description: Option<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The properties of an object, of the schema that its reference resolves to, and of the schemas
    /// that it combines. Properties that only some variants have are optional. Returns `None` for a
    /// schema of another type, or one that combines itself.
    ///
    /// `known` has the schemas that were looked at, so that each is looked at once.
    pub(super) fn properties(
        &self,
        target: RefOrSchema<'a>,
        at: Pointer,
        known: &mut HashMap<Pointer, Option<Properties<'a>>>,
    ) -> Option<Properties<'a>> {
        let (schema, at) = match target {
            RefOrSchema::Schema(schema) => (schema, at),
            RefOrSchema::Reference(reference) => {
                let end = self.end_of(reference)?;
                (end.schema()?, end.at.clone())
            }
        };
        if let Some(known) = known.get(&at) {
            return known.clone();
        }
        if known.len() > MAX_SCHEMAS {
            return None;
        }
        known.insert(at.clone(), None);
        let found = self.new_properties(schema, &at, known);
        known.insert(at, found.clone());
        found
    }

    /// The names of the properties of an object, of any variant.
    pub(super) fn property_names(&self, target: RefOrSchema<'a>, at: Pointer) -> Vec<&'a str> {
        let found = self.properties(target, at, &mut HashMap::new());
        let list = found.map(|found| found.list).unwrap_or_default();
        list.into_keys().collect()
    }

    fn new_properties(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        known: &mut HashMap<Pointer, Option<Properties<'a>>>,
    ) -> Option<Properties<'a>> {
        let keywords = Keywords::of(schema);
        let combinations = ["allOf", "oneOf", "anyOf"].into_iter().zip([
            keywords.all_of,
            keywords.one_of,
            keywords.any_of,
        ]);
        let is_combined = combinations.clone().any(|(_, list)| !list.is_empty());
        if !is_combined && !matches!(keywords.json_type, Some("object") | None) {
            return None;
        }
        let mut all = Properties {
            is_open: matches!(
                keywords.additional,
                Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_))
            ),
            has_variants: !keywords.one_of.is_empty() || !keywords.any_of.is_empty(),
            description: schema.schema_data.description.as_deref(),
            ..Properties::default()
        };
        for (name, property) in keywords.properties.into_iter().flatten() {
            let place = at.child("properties").child(name);
            all.list.insert(name, (property, place));
        }
        all.required
            .extend(keywords.required.iter().map(String::as_str));
        for (key, list) in combinations {
            let mut required_in_all: Option<Vec<&str>> = None;
            for (index, schema) in list.iter().enumerate() {
                let place = at.child(key).child(index);
                let one = self.properties(RefOrSchema::of(schema), place, known)?;
                for (name, property) in one.list {
                    all.list.entry(name).or_insert(property);
                }
                all.is_open |= one.is_open;
                match (&mut required_in_all, key) {
                    (_, "allOf") => all.required.extend(one.required),
                    (Some(names), _) => names.retain(|name| one.required.contains(name)),
                    (none, _) => *none = Some(one.required),
                }
            }
            all.required.extend(required_in_all.into_iter().flatten());
        }
        let mut seen = HashSet::new();
        all.required.retain(|name| seen.insert(*name));
        Some(all)
    }
}
