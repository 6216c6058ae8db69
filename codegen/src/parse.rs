//! From the node tree to openapiv3's types.

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_yaml::{Mapping, Number, Value};

use crate::code::Code;
use crate::openapi::json_type::LIMITS;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar, integer};

/// Converts the tree of an OpenAPI 3.0 document into openapiv3's types. The checks reject whatever
/// openapiv3 does not accept, so an error is only expected for a description with other errors.
pub(crate) fn parse(root: &Node) -> Result<OpenAPI, Problem> {
    // Of a borrowed value, openapiv3 copies only the strings that it keeps.
    OpenAPI::deserialize(&value(root)).map_err(|error| unreadable(root, &error))
}

/// Converts a node. Keys are strings, whatever they look like.
fn value(node: &Node) -> Value {
    converted(node, Keys::Keywords)
}

/// Converts a node. Limits are left out except in data, such as examples: they are read from the node,
/// and openapiv3 accepts only some of them.
fn converted(node: &Node, keys: Keys) -> Value {
    match &node.kind {
        NodeKind::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.filter(|entry| keys != Keys::Keywords || !is_limit(entry));
            let entries = entries.map(|entry| {
                let keys = keys.below(&entry.key);
                (entry.key.clone().into(), converted(&entry.value, keys))
            });
            Value::Mapping(entries.collect::<Mapping>())
        }
        NodeKind::Sequence(items) => {
            let items = items.iter().map(|item| converted(item, keys));
            Value::Sequence(items.collect())
        }
        NodeKind::Scalar { text, value } => match value {
            Scalar::Null => Value::Null,
            Scalar::Boolean(value) => Value::Bool(*value),
            Scalar::Integer | Scalar::Number => Value::Number(number(text)),
            Scalar::String => Value::String(text.clone()),
        },
    }
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Keywords of the specification.
    Keywords,
    /// Names that the author chose, of parts of the description.
    Names,
    /// Data, such as an example.
    Data,
}

impl Keys {
    /// What the keys in the value of a key are.
    fn below(self, key: &str) -> Self {
        match (self, key) {
            (Keys::Data, _) => Keys::Data,
            (Keys::Names, _) => Keys::Keywords,
            (Keys::Keywords, "properties" | "responses" | "schemas") => Keys::Names,
            (Keys::Keywords, "default" | "enum" | "example" | "examples" | "value") => Keys::Data,
            (Keys::Keywords, key) if key.starts_with("x-") => Keys::Data,
            (Keys::Keywords, _) => Keys::Keywords,
        }
    }
}

fn is_limit(entry: &Entry) -> bool {
    entry.value.scalar().is_some() && LIMITS.contains(&entry.key.as_str())
}

fn number(text: &str) -> Number {
    let integer = integer(text);
    let unsigned = integer.and_then(|integer| u64::try_from(integer).ok());
    let signed = integer.and_then(|integer| i64::try_from(integer).ok());
    match (unsigned, signed) {
        (Some(unsigned), _) => unsigned.into(),
        (None, Some(signed)) => signed.into(),
        (None, None) => text.parse().unwrap_or(f64::INFINITY).into(),
    }
}

/// Reports the part of the description that openapiv3 does not accept, although the checks do: a path
/// or a component, or the whole if each of them is accepted alone.
fn unreadable(root: &Node, error: &serde_yaml::Error) -> Problem {
    let at = At::Key(unreadable_part(root).unwrap_or_default());
    let message = format!("the description cannot be read: {error}");
    Problem::new(
        Code::Internal,
        message,
        at,
        "found while reading this object",
    )
    .help("this is a bug of the generator: the description passed its checks")
}

fn unreadable_part(root: &Node) -> Option<Pointer> {
    let head = ["openapi", "info"].map(|key| (key.into(), value_of(root, key)));
    let is_readable = |key: &str, part: Value| {
        let mut document = Mapping::from_iter(head.clone());
        document.insert("paths".into(), Mapping::new().into());
        document.insert(key.into(), part);
        OpenAPI::deserialize(&Value::Mapping(document)).is_ok()
    };
    let only = |key: &str, part: Value| Value::from(Mapping::from_iter([(key.into(), part)]));
    for path in root.entries_of("paths") {
        if !is_readable("paths", only(&path.key, value(&path.value))) {
            return Some(Pointer::root().descend(["paths", &path.key]));
        }
    }
    for section in root.entries_of("components") {
        for component in section.value.entries() {
            let part = only(&component.key, value(&component.value));
            if !is_readable("components", only(&section.key, part)) {
                let keys = ["components", &section.key, &component.key];
                return Some(Pointer::root().descend(keys));
            }
        }
    }
    None
}

fn value_of(root: &Node, key: &str) -> Value {
    root.get(key)
        .map_or(Value::Null, |entry| value(&entry.value))
}
