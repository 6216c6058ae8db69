//! Checks values against the description's schemas, as they stand in requests.
//!
//! Of OpenAPI 3.0's keywords all count but `discriminator`, and `oneOf` counts as `anyOf`, as
//! alternatives overlap in many descriptions. Formats that count are those of numbers, dates, times,
//! base64 and UUIDs. Keys that no property names are allowed unless `additionalProperties` is false,
//! as JSON Schema has it.

mod object;
mod scalar;

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::text::shown;

/// How deep schemas may lead into each other before the rest counts as allowed. A description that
/// gets there goes in circles.
const DEPTH: usize = 128;

/// Checks values and keeps what is wrong with them.
pub(super) struct Validator<'a> {
    schemas: &'a HashMap<&'static str, Value>,
    problems: Vec<String>,
    depth: usize,
}

impl<'a> Validator<'a> {
    pub(super) fn new(schemas: &'a HashMap<&'static str, Value>) -> Self {
        Validator {
            schemas,
            problems: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn into_problems(self) -> Vec<String> {
        self.problems
    }

    /// Notes what is wrong at some place.
    pub(super) fn refuse(&mut self, at: &str, text: &str) {
        self.problems.push(format!("{at} {text}"));
    }

    /// The schema itself, or what its reference leads to.
    pub(super) fn resolved<'s>(&self, mut schema: &'s Value) -> &'s Value
    where
        'a: 's,
    {
        for _ in 0..DEPTH {
            let Some(reference) = schema["$ref"].as_str() else {
                break;
            };
            let name = reference.rsplit('/').next().unwrap_or_default();
            schema = self.schemas.get(name).unwrap_or(&Value::Null);
        }
        schema
    }

    /// The type of a schema, or of what it is made of; empty if there is none.
    pub(super) fn kind<'s>(&self, schema: &'s Value) -> &'s str
    where
        'a: 's,
    {
        let mut schema = schema;
        for _ in 0..DEPTH {
            schema = self.resolved(schema);
            if let Some(kind) = schema["type"].as_str() {
                return kind;
            }
            let parts = ["allOf", "anyOf", "oneOf"].into_iter();
            let mut first = parts.filter_map(|key| schema[key].get(0));
            match first.next() {
                Some(next) => schema = next,
                None => break,
            }
        }
        ""
    }

    /// Checks a value, and all that is in it.
    pub(super) fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        self.check_part(schema, value, at, &BTreeSet::new());
    }

    /// Checks a value against a part of its schema, where the other parts name these properties.
    fn check_part(&mut self, schema: &Value, value: &Value, at: &str, named: &BTreeSet<String>) {
        if self.depth == DEPTH {
            return;
        }
        self.depth += 1;
        let schemas = Validator::new(self.schemas);
        let schema = schemas.resolved(schema);
        if value.is_null() {
            if !self.allows_null(schema) {
                self.refuse(at, "is null, which the description does not allow");
            }
        } else if self.has_type(schema, value, at) {
            self.check_enum(schema, value, at);
            match value {
                Value::String(text) => self.check_string(schema, text, at),
                Value::Number(number) => self.check_number(schema, number, at),
                Value::Array(items) => self.check_array(schema, items, at),
                Value::Object(map) => self.check_object(schema, map, at, named),
                Value::Bool(_) | Value::Null => {}
            }
            self.check_combinations(schema, value, at, named);
        }
        self.depth -= 1;
    }

    /// Whether null is a value. One schema that says so speaks for those that it refers to.
    fn allows_null(&mut self, schema: &Value) -> bool {
        if schema["nullable"] == true {
            return true;
        }
        if schema["type"].is_string() || schema["enum"].is_array() {
            return false;
        }
        let allows = |part: &Value| self.passes(part, &Value::Null);
        let Some((all, parts)) = ["allOf", "anyOf", "oneOf"]
            .into_iter()
            .find_map(|key| Some((key == "allOf", schema[key].as_array()?)))
        else {
            return true;
        };
        let mut parts = parts.iter();
        match all {
            true => parts.all(allows),
            false => parts.any(allows),
        }
    }

    fn passes(&self, schema: &Value, value: &Value) -> bool {
        self.problems_of(schema, value, "", &BTreeSet::new())
            .is_empty()
    }

    /// What is wrong with a value if this is its schema.
    fn problems_of(
        &self,
        schema: &Value,
        value: &Value,
        at: &str,
        named: &BTreeSet<String>,
    ) -> Vec<String> {
        let mut validator = Validator::new(self.schemas);
        validator.depth = self.depth;
        validator.check_part(schema, value, at, named);
        validator.into_problems()
    }

    fn has_type(&mut self, schema: &Value, value: &Value, at: &str) -> bool {
        let Some(kind) = schema["type"].as_str() else {
            return true;
        };
        let fits = match kind {
            "string" => value.is_string(),
            "integer" => is_integer(value),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        if !fits {
            let article = if kind.starts_with(['a', 'i', 'o']) {
                "an"
            } else {
                "a"
            };
            let text = format!("is {}, and must be {article} {kind}", shown(value));
            self.refuse(at, &text);
        }
        fits
    }

    fn check_enum(&mut self, schema: &Value, value: &Value, at: &str) {
        let Some(values) = schema["enum"].as_array() else {
            return;
        };
        if !values.contains(value) {
            let values: Vec<String> = values.iter().map(Value::to_string).collect();
            let text = format!(
                "is {}, and must be one of {}",
                shown(value),
                values.join(", ")
            );
            self.refuse(at, &text);
        }
    }

    fn check_combinations(
        &mut self,
        schema: &Value,
        value: &Value,
        at: &str,
        named: &BTreeSet<String>,
    ) {
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let mut named = named.clone();
            self.collect_names(schema, &mut named, 0);
            self.check_part(part, value, at, &named);
        }
        for key in ["anyOf", "oneOf"] {
            let Some(alternatives) = schema[key].as_array() else {
                continue;
            };
            let problems = alternatives.iter();
            let problems: Vec<Vec<String>> = problems
                .map(|alternative| self.problems_of(alternative, value, at, named))
                .collect();
            if !problems.iter().any(Vec::is_empty) {
                let reasons: Vec<String> = problems
                    .iter()
                    .map(|problems| problems.join("; "))
                    .collect();
                let text = format!("fits no alternative: {}", reasons.join(", or "));
                self.refuse(at, &text);
            }
        }
        if schema["not"].is_object() && self.passes(&schema["not"], value) {
            self.refuse(at, "is what the description excludes by `not`");
        }
    }
}

fn is_integer(value: &Value) -> bool {
    let whole = |number: f64| number.fract() == 0.0;
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(whole)
}
