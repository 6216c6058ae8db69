//! Enums.

use std::collections::HashSet;

use serde_json::{Number, Value};

use super::Lowering;
use super::merge::Merged;
use super::schemas::Lowered;
use crate::ir::{Scalar, Shape, Type, Variant};
use crate::names::{Casing, Scope};
use crate::openapi::extension::ENUM_DESCRIPTIONS;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The Rust representation of the values of an enum.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    Texts,
    Integers,
    Literals,
}

impl<'a> Lowering<'a> {
    pub(super) fn enumeration(
        &mut self,
        merged: &Merged<'a>,
        values: &[Value],
        at: &Pointer,
    ) -> Lowered {
        let place = at.child("enum");
        let values: Vec<(usize, Value)> = values
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_null())
            .map(|(index, value)| (index, plain(value)))
            .collect();
        let fits = |value: &Value| match merged.json_type() {
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("integer" | "number") => value.is_number(),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            _ => true,
        };
        if !values.iter().all(|(_, value)| fits(value)) {
            // The check has reported it.
            return Lowered::Type(Type::Error);
        }
        if values.is_empty() {
            // Null is the only value.
            return Lowered::Type(Type::Any);
        }
        let all = |is: fn(&Value) -> bool| values.iter().all(|(_, value)| is(value));
        if all(Value::is_boolean) {
            // `bool` is the enum of these.
            return Lowered::Type(Type::Scalar(Scalar::Boolean));
        }
        let kind = match merged.json_type() {
            Some("string") | None if all(Value::is_string) => Values::Texts,
            Some("integer") if all(Value::is_i64) => Values::Integers,
            _ => Values::Literals,
        };
        for (index, value) in &values {
            if merged.json_type() == Some("integer") && !value.is_i64() && !value.is_u64() {
                let what = format!("an integer of more than 64 bits (`{value}`)");
                let at = At::Value(place.child(index));
                self.problem(Problem::unsupported(what, at));
            }
        }
        let variants = self.variants(merged, &values, kind, &place);
        Lowered::Definition(match kind {
            Values::Texts => Shape::StringEnum(variants),
            Values::Integers => Shape::IntegerEnum(variants),
            Values::Literals => Shape::JsonEnum(variants),
        })
    }

    fn variants(
        &mut self,
        merged: &Merged<'a>,
        values: &[(usize, Value)],
        kind: Values,
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
                Value::String(shown) if kind == Values::Texts => (shown.clone(), shown.clone()),
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
