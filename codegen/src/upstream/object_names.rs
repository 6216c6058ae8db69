//! Names of objects of the description.

use crate::source::Node;

/// A name for the object at the end of a path: keys from the root on, each with its value.
pub(super) fn name(path: &[(&str, &Node)]) -> String {
    let keys: Vec<&str> = path.iter().map(|(key, _)| *key).collect();
    match keys.as_slice() {
        ["paths", route, method, rest @ ..] => {
            let operation = path[2].1;
            let id = operation.get("operationId").and_then(|id| id.value.text());
            let id = id.map_or_else(|| format!("{method} {route}"), str::to_owned);
            joined(&id, rest)
        }
        ["components", _, name, rest @ ..] => joined(name, rest),
        keys => keys.join("."),
    }
}

/// Appends the keys that are names to the name of the whole.
fn joined(whole: &str, keys: &[&str]) -> String {
    let mut name = whole.to_owned();
    for key in keys {
        match *key {
            "properties" | "allOf" | "anyOf" | "oneOf" | "content" | "schema" => {}
            "items" => name.push_str("[]"),
            key => name.push_str(&format!(".{key}")),
        }
    }
    name
}
