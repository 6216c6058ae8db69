//! Examples that fit their schema only because it takes any key: one of theirs is a property's,
//! misspelt.

use super::Checker;
use super::shape::scalar;
use super::suggest::nearest;
use super::values::MAX_DEPTH;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind};

/// Shorter names are too near to each other.
const SHORTEST: usize = 4;

impl<'a> Checker<'a> {
    /// The keys of a value that are no properties, and near one that the value lacks.
    pub(super) fn misnamed(
        &self,
        schema: &'a Node,
        value: &'a Node,
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Vec<Problem> {
        let Some(schema) = self.resolved(schema).filter(|_| depth < MAX_DEPTH) else {
            return Vec::new();
        };
        // What a choice or a sum of schemas has for properties is not known here.
        let has = |key: &str| schema.get(key).is_some();
        if self.is_misshapen(schema) || has("anyOf") || has("oneOf") {
            return Vec::new();
        }
        match (schema.items_of("allOf"), has("properties")) {
            ([], _) => {}
            ([only], false) => return self.misnamed(only, value, at, depth + 1),
            _ => return Vec::new(),
        }
        let NodeKind::Mapping(entries) = &value.kind else {
            let Some(items) = schema.get("items") else {
                return Vec::new();
            };
            let values = value.items().iter().enumerate();
            return values
                .flat_map(|(index, value)| {
                    self.misnamed(&items.value, value, &at.item(index), depth + 1)
                })
                .collect();
        };
        let additional = schema.get("additionalProperties");
        let is_map = additional.is_some_and(|schema| scalar(&schema.value).is_none());
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
                problems.extend(self.misnamed(&property.value, &entry.value, &at, depth + 1));
                continue;
            }
            let is_long = entry.key.chars().count() >= SHORTEST;
            let meant = nearest(&entry.key, missing.clone()).filter(|_| is_long && !is_map);
            problems.extend(meant.map(|meant| {
                let message = format!("the example has `{}`, which is not a property", entry.key);
                let place = At::Key(at.pointer());
                Problem::new(Code::ExampleMismatch, message, place, "no such property")
                    .help(format!("did you mean `{meant}`?"))
            }));
        }
        problems
    }
}
