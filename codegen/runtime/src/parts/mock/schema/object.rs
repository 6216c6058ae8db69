//! The keywords of objects and arrays.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::text::below;
use super::{DEPTH, Validator};

impl Validator<'_> {
    pub(super) fn check_object(
        &mut self,
        schema: &Value,
        map: &Map<String, Value>,
        at: &str,
        named: &BTreeSet<String>,
    ) {
        let read_only = |validator: &Self, name: &str| {
            validator.resolved(&schema["properties"][name])["readOnly"] == true
        };
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            if !map.contains_key(name) && !read_only(self, name) {
                let text = "is missing, and the description requires it";
                self.refuse(&below(at, name), text);
            }
        }
        self.check_count(schema, map.len(), at, "properties", "Properties");
        for (name, value) in map {
            let at = below(at, name);
            let property = &schema["properties"][name];
            let additional = &schema["additionalProperties"];
            if read_only(self, name) {
                self.refuse(&at, "is sent, and the description has it in answers only");
            } else if !property.is_null() {
                self.check(property, value, &at);
            } else if *additional == false && !named.contains(name) {
                self.refuse(&at, "is not in the description, which allows no other keys");
            } else if additional.is_object() && !named.contains(name) {
                self.check(additional, value, &at);
            }
        }
    }

    pub(super) fn check_array(&mut self, schema: &Value, items: &[Value], at: &str) {
        self.check_count(schema, items.len(), at, "items", "Items");
        if schema["uniqueItems"] == true {
            let repeated = (1..items.len()).find(|index| items[..*index].contains(&items[*index]));
            if let Some(index) = repeated {
                self.refuse(&format!("{at}[{index}]"), "is there twice, and must not be");
            }
        }
        for (index, item) in items.iter().enumerate() {
            self.check(&schema["items"], item, &format!("{at}[{index}]"));
        }
    }

    /// Checks a number of things against `minItems` and `maxItems`, or their like.
    pub(super) fn check_count(
        &mut self,
        schema: &Value,
        count: usize,
        at: &str,
        what: &str,
        suffix: &str,
    ) {
        let count = count as u64;
        let limit = |side: &str| schema[format!("{side}{suffix}")].as_u64();
        if let Some(min) = limit("min").filter(|min| count < *min) {
            self.refuse(
                at,
                &format!("has {count} {what}, and must have at least {min}"),
            );
        }
        if let Some(max) = limit("max").filter(|max| count > *max) {
            self.refuse(
                at,
                &format!("has {count} {what}, and must have at most {max}"),
            );
        }
    }

    /// Adds the names of the properties of a schema and of all that it is made of.
    pub(super) fn collect_names(&self, schema: &Value, names: &mut BTreeSet<String>, depth: usize) {
        if depth == DEPTH {
            return;
        }
        let schema = self.resolved(schema);
        let properties = schema["properties"].as_object().into_iter().flatten();
        names.extend(properties.map(|(name, _)| name.clone()));
        for key in ["allOf", "anyOf", "oneOf"] {
            for part in schema[key].as_array().into_iter().flatten() {
                self.collect_names(part, names, depth + 1);
            }
        }
    }
}
