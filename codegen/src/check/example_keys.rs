//! Keys of examples that are misspelt properties. The schema accepts them, as it accepts any key.

use super::Checker;
use super::suggest::nearest;
use super::validation::MAX_DEPTH;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind};

/// Shorter names are too similar to each other.
const SHORTEST: usize = 4;

impl<'a> Checker<'a> {
    /// Reports keys of a value that are no properties, and similar to a property that it lacks.
    pub(super) fn misspelt_keys(
        &self,
        schema: &'a Node,
        value: &'a Node,
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Vec<Problem> {
        let Some(schema) = self.resolved(schema).filter(|_| depth < MAX_DEPTH) else {
            return Vec::new();
        };
        // The properties of combined schemas are not known here.
        let has = |key: &str| schema.get(key).is_some();
        if self.is_malformed(schema) || has("anyOf") || has("oneOf") {
            return Vec::new();
        }
        match (schema.items_of("allOf"), has("properties")) {
            ([], _) => {}
            ([only], false) => return self.misspelt_keys(only, value, at, depth + 1),
            _ => return Vec::new(),
        }
        let NodeKind::Mapping(entries) = &value.kind else {
            let Some(items) = schema.get("items") else {
                return Vec::new();
            };
            let values = value.items().iter().enumerate();
            return values
                .flat_map(|(index, value)| {
                    self.misspelt_keys(&items.value, value, &at.item(index), depth + 1)
                })
                .collect();
        };
        let additional = schema.get("additionalProperties");
        let is_map = additional.is_some_and(|schema| schema.value.is_mapping());
        let properties = schema.entries_of("properties");
        let missing = properties
            .iter()
            .map(|property| property.key.as_str())
            .filter(|name| value.get(name).is_none());
        let mut problems = Vec::new();
        for entry in entries {
            let at = at.child(&entry.key);
            let property = properties.iter().find(|property| property.key == entry.key);
            if let Some(property) = property {
                problems.extend(self.misspelt_keys(&property.value, &entry.value, &at, depth + 1));
                continue;
            }
            let is_long = entry.key.chars().count() >= SHORTEST;
            let meant = nearest(&entry.key, missing.clone()).filter(|_| is_long && !is_map);
            problems.extend(meant.map(|meant| {
                let message = format!(
                    "the example contains `{}`, which is not a property",
                    entry.key
                );
                let place = At::Key(at.pointer());
                Problem::new(Code::ExampleMismatch, message, place, "no such property")
                    .help(format!("did you mean `{meant}`?"))
            }));
        }
        problems
    }
}
