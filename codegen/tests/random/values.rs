//! Random values of a schema.

use serde_json::{Map, Value, json};

use super::numbers::Random;

const TEXTS: [&str; 8] = ["", "a", "A", "größe", "\"\\\n", "null", "1", "日本"];

/// From this depth on, values contain required properties only, and unions are of their first variant.
const DEPTH: usize = 8;

/// Returns a value of a schema of the description.
pub fn value(document: &Value, schema: &Value, random: &mut Random, depth: usize) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document
            .pointer(&reference[1..])
            .expect("the reference resolves");
        return value(document, target, random, depth);
    }
    if schema["nullable"] == true && random.one_in(3) {
        return Value::Null;
    }
    if let Some(members) = schema["allOf"].as_array() {
        let mut all = Map::new();
        for member in members {
            // A nullable member has to be an object here.
            let part = loop {
                match value(document, member, random, depth) {
                    Value::Null => {}
                    part => break part,
                }
            };
            all.extend(part.as_object().cloned().unwrap_or_default());
        }
        return Value::Object(all);
    }
    if schema.get("properties").is_some() && schema.get("oneOf").is_some() {
        let mut all = object(document, schema, random, depth);
        for key in ["oneOf", "anyOf"] {
            let variants = schema[key].as_array().map_or(&[][..], Vec::as_slice);
            let variant = value(document, random.pick(variants), random, depth + 1);
            let all = all.as_object_mut().expect("it is one");
            all.extend(variant.as_object().cloned().unwrap_or_default());
        }
        return all;
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(alternatives) = schema[key].as_array() {
            let alternative = match depth < DEPTH {
                true => random.pick(alternatives),
                false => &alternatives[0],
            };
            let chosen = value(document, alternative, random, depth + 1);
            return tagged(schema, alternative, chosen);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        return random.pick(values).clone();
    }
    scalar(schema, random).unwrap_or_else(|| match schema["type"].as_str() {
        Some("array") => {
            let count = if depth < DEPTH { random.below(3) } else { 0 };
            let items = (0..count).map(|_| value(document, &schema["items"], random, depth + 1));
            items.collect()
        }
        Some("object") => object(document, schema, random, depth),
        _ if schema.get("required").is_some() => json!({}),
        _ => random
            .pick(&[json!(null), json!([1, null]), json!({"a": {"b": 1.5}})])
            .clone(),
    })
}

/// Returns the value with the discriminator value of its variant.
fn tagged(schema: &Value, alternative: &Value, mut value: Value) -> Value {
    if let (Some(key), Some(reference)) = (
        schema["discriminator"]["propertyName"].as_str(),
        alternative["$ref"].as_str(),
    ) && value.is_object()
    {
        let mapping = schema["discriminator"]["mapping"].as_object();
        let mapped = mapping.and_then(|all| all.iter().find(|(_, target)| *target == reference));
        let name = reference.rsplit('/').next().unwrap_or_default();
        value[key] = mapped.map_or(name, |(tag, _)| tag).into();
    }
    value
}

fn scalar(schema: &Value, random: &mut Random) -> Option<Value> {
    let format = schema["format"].as_str().unwrap_or_default();
    Some(match (schema["type"].as_str()?, format) {
        ("string", "date") => random.pick(&["2024-02-29", "0001-01-01"]).to_owned().into(),
        ("string", "date-time") => {
            let times = ["2024-02-29T23:59:59.000Z", "1970-01-01T00:00:00.123456Z"];
            random.pick(&times).to_owned().into()
        }
        ("string", "byte") => random.pick(&["", "AP+A", "AA=="]).to_owned().into(),
        ("string", _) => random.pick(&TEXTS).to_owned().into(),
        ("integer", "int32") => random
            .pick(&[json!(0), json!(i32::MIN), json!(i32::MAX)])
            .clone(),
        ("integer", "uint32") => random.pick(&[json!(0), json!(u32::MAX)]).clone(),
        ("integer", "uint64") => random.pick(&[json!(0), json!(u64::MAX)]).clone(),
        ("integer", _) => random
            .pick(&[json!(-1), json!(i64::MIN), json!(i64::MAX)])
            .clone(),
        ("number", _) => random.pick(&[json!(0.5), json!(-2), json!(1.0e10)]).clone(),
        ("boolean", _) => random.one_in(2).into(),
        _ => return None,
    })
}

fn object(document: &Value, schema: &Value, random: &mut Random, depth: usize) -> Value {
    let mut object = Map::new();
    let required = schema["required"].as_array();
    let is_required = |key: &str| required.is_some_and(|all| all.iter().any(|name| name == key));
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        if is_required(key) || (depth < DEPTH && random.one_in(2)) {
            object.insert(key.clone(), value(document, property, random, depth + 1));
        }
    }
    let additional = &schema["additionalProperties"];
    for index in 0..random.below(3) {
        let key = format!("more{index}");
        match additional {
            Value::Bool(true) => {
                object.insert(key, json!([null, index]));
            }
            Value::Object(_) if depth < DEPTH => {
                object.insert(key, value(document, additional, random, depth + 1));
            }
            _ => {}
        }
    }
    Value::Object(object)
}
