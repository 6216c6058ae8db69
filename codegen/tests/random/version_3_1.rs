//! Descriptions of OpenAPI 3.0, in the form of 3.1.

use serde_json::{Map, Value, json};

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Rewrites a description. Returns how many schemas differ.
pub fn as_3_1(description: &mut Value) -> usize {
    description["openapi"] = json!("3.1.1");
    rewrite(description)
}

/// Rewrites all schemas in a value.
fn rewrite(value: &mut Value) -> usize {
    match value {
        Value::Array(items) => items.iter_mut().map(rewrite).sum(),
        Value::Object(object) => {
            let own = rewrite_schema(object);
            own + object.values_mut().map(rewrite).sum::<usize>()
        }
        _ => 0,
    }
}

fn rewrite_schema(schema: &mut Map<String, Value>) -> usize {
    let kind = schema.get("type").and_then(Value::as_str);
    let kind = kind.filter(|kind| TYPES.contains(kind)).map(str::to_owned);
    let before = schema.clone();
    if kind.is_some()
        && let Some(example) = schema.remove("example")
    {
        schema.insert("examples".to_owned(), json!([example, "another"]));
    }
    if let Some(kind) = kind {
        if schema.get("nullable") == Some(&json!(true)) {
            schema.remove("nullable");
            schema.insert("type".to_owned(), json!(["null", kind]));
        }
        if schema.get("format") == Some(&json!("byte")) {
            schema.remove("format");
            schema.insert("contentEncoding".to_owned(), json!("base64"));
        }
        if schema.get("format") == Some(&json!("binary")) {
            schema.remove("format");
            schema.insert(
                "contentMediaType".to_owned(),
                json!("application/octet-stream"),
            );
        }
    }
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if schema.get(exclusive) == Some(&json!(true))
            && let Some(limit) = schema.remove(inclusive)
        {
            schema.insert(exclusive.to_owned(), limit);
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum")
        && let [value] = values.as_slice()
        && !value.is_null()
        && schema.contains_key("type")
    {
        let value = value.clone();
        schema.remove("enum");
        schema.insert("const".to_owned(), value);
    }
    if let Some(Value::Array(members)) = schema.get("allOf")
        && let [Value::Object(member)] = members.as_slice()
        && member.len() == 1
        && schema.len() > 1
        && let Some(reference) = member.get("$ref").cloned()
    {
        schema.remove("allOf");
        schema.insert("$ref".to_owned(), reference);
    }
    usize::from(*schema != before)
}
