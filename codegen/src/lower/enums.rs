//! Enums.

use std::collections::HashSet;

use serde_json::{Number, Value};

use super::Lowering;
use super::merged::Merged;
use super::schemas::Lowered;
use crate::ir::{EnumKind, Scalar, Shape, Type, Variant};
use crate::names::{Casing, Scope};
use crate::openapi::extension::ENUM_DESCRIPTIONS;
use crate::openapi::json_type::JsonType;
use crate::problem::At;
use crate::source::Node;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn enumeration(
        &mut self,
        merged: &Merged<'a>,
        values: &[Value],
        at: &Pointer,
        name_hint: &str,
    ) -> Lowered {
        let place = at.child("enum");
        let json_type = merged.json_type().and_then(JsonType::of_key);
        let values = values.iter().enumerate();
        let values: Vec<(usize, Value)> = values
            .filter(|(_, value)| !value.is_null())
            .map(|(index, value)| (index, self.of_type(json_type, value, &place.child(index))))
            .collect();
        if values.is_empty() {
            // Null is the only value.
            return Lowered::Type(Type::Any);
        }
        let all = |is: fn(&Value) -> bool| values.iter().all(|(_, value)| is(value));
        if json_type == Some(JsonType::Array) && !values.iter().any(|(_, value)| value.is_array()) {
            // The enum is the enum of the items.
            let items = Merged {
                json_type: None,
                ..merged.clone()
            };
            let values: Vec<Value> = values.into_iter().map(|(_, value)| value).collect();
            let lowered = self.enumeration(&items, &values, at, name_hint);
            let name = format!("{name_hint} item");
            let item = self.type_of_lowered(lowered, &name, merged.enumerating, at);
            return Lowered::Type(Type::Array(Box::new(item)));
        }
        if all(Value::is_boolean) {
            // `bool` is the enum of these.
            return Lowered::Type(Type::Scalar(Scalar::Boolean));
        }
        let kind = match json_type {
            Some(JsonType::String) | None if all(Value::is_string) => EnumKind::Strings,
            Some(JsonType::Integer) if all(Value::is_i64) => EnumKind::Integers,
            _ => EnumKind::Json,
        };
        let variants = self.variants(merged, &values, kind, &place);
        Lowered::Definition(Shape::Enum(kind, variants))
    }

    /// A value of an enum, converted to the type of its schema if it has another one: `1` is a string
    /// without its quotes, and `"1"` an integer with quotes. The check has reported it.
    fn of_type(&self, json_type: Option<JsonType>, value: &Value, at: &Pointer) -> Value {
        let value = plain(value);
        match (json_type, &value) {
            (Some(JsonType::String), Value::Number(_) | Value::Bool(_)) => {
                let written = self.source.root.at(at).and_then(Node::text);
                let text = written.map_or_else(|| value.to_string(), str::to_owned);
                Value::String(text)
            }
            (
                Some(JsonType::Integer | JsonType::Number | JsonType::Boolean),
                Value::String(text),
            ) => {
                let parsed: Option<Value> = serde_json::from_str(text).ok();
                parsed
                    .filter(|parsed| parsed.is_number() || parsed.is_boolean())
                    .unwrap_or(value)
            }
            _ => value,
        }
    }

    fn variants(
        &mut self,
        merged: &Merged<'a>,
        values: &[(usize, Value)],
        kind: EnumKind,
        place: &Pointer,
    ) -> Vec<Variant> {
        let extensions = merged
            .enumerating
            .map(|schema| &schema.schema_data.extensions);
        let descriptions = extensions.and_then(|all| all.get(ENUM_DESCRIPTIONS.key));
        let mut scope = Scope::with(&["Unknown"]);
        let mut seen = HashSet::new();
        let mut variants: Vec<Variant> = Vec::new();
        for (index, value) in values {
            let (text, shown) = match value {
                Value::String(shown) if kind == EnumKind::Strings => (shown.clone(), shown.clone()),
                Value::String(shown) => (value.to_string(), shown.clone()),
                other => (other.to_string(), other.to_string()),
            };
            if !seen.insert(text.clone()) {
                continue;
            }
            let description = descriptions.and_then(|map| map.get(&shown)?.as_str());
            let chosen = scope.choose(&shown, Casing::Camel);
            let at = At::Value(place.child(index));
            // The name of a number is always altered: do not report it.
            let name = match value.is_number() {
                true => chosen.name,
                false => self.named(chosen, &shown, at),
            };
            variants.push(Variant {
                name,
                text,
                description: description.map(str::to_owned),
            });
        }
        variants
    }
}

/// The value, with whole numbers as integers: JSON does not distinguish 1.0 from 1.
fn plain(value: &Value) -> Value {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && number.abs() < LIMIT => {
            Value::Number(Number::from(number as i64))
        }
        _ => value.clone(),
    }
}
