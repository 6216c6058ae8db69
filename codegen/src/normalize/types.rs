//! Lists of types, and null as a type.

use std::collections::HashSet;

use super::draft::{Draft, entry};
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Number of types, without null and without integers, which are numbers.
const ALL_BUT_NULL: usize = 5;

pub(super) fn rewrite(schema: &mut Draft) {
    let is_null_or_list = |value: &Node| match &value.kind {
        NodeKind::Scalar { text, value } => text == "null" && *value == Scalar::String,
        NodeKind::Sequence(_) => true,
        NodeKind::Mapping(_) => false,
    };
    if !schema.get("type").is_some_and(is_null_or_list) {
        return;
    }
    let Some(stated) = schema.take("type") else {
        return;
    };
    let mut names: Vec<&str> = match stated.value.items() {
        [] => stated.value.text().into_iter().collect(),
        items => items.iter().filter_map(name).collect(),
    };
    let is_nullable = names.contains(&"null");
    let has_number = names.contains(&"number");
    names.retain(|name| *name != "null" && !(*name == "integer" && has_number));
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    if let (true, Some(values)) = (names.len() > 1, schema.get("enum")) {
        names.retain(|name| is_of_a_value(name, values));
        if names.len() > 1 {
            // The values say all.
            names.clear();
        }
    } else if names.is_empty() && is_nullable && !schema.has("enum") {
        let null = stated.value.with_scalar("null", Scalar::Null);
        let values = stated.value.with_items(vec![null]);
        return schema.put("enum", &stated.key_span, values);
    }
    let is_combined = schema.has_any(&["allOf", "anyOf", "oneOf"]);
    match names.as_slice() {
        [] => {}
        [only] => {
            let only = stated.value.with_text(only);
            schema.put("type", &stated.key_span, only);
        }
        // What is combined says more.
        _ if is_combined => {}
        _ if names.len() == ALL_BUT_NULL && !says_more(schema) => {}
        names => {
            let alternatives = names.iter().map(|name| alternative(schema, &stated, name));
            let alternatives = stated.value.with_items(alternatives.collect());
            schema.put("anyOf", &stated.key_span, alternatives);
        }
    }
    if is_nullable {
        schema.put("nullable", &stated.key_span, stated.value.with_true());
    }
}

/// The name of a type. Null without quotes is meant as the type.
fn name(item: &Node) -> Option<&str> {
    match item.is_null() {
        true => Some("null"),
        false => item.text(),
    }
}

/// Whether a keyword constrains the values of one of the types.
fn says_more(schema: &Draft) -> bool {
    let mut keys = schema.entries().iter();
    keys.any(|entry| entry.key == "format" || JsonType::of_keyword(&entry.key).is_some())
}

fn is_of_a_value(name: &str, values: &Node) -> bool {
    let Some(kind) = JsonType::of_key(name) else {
        return true;
    };
    let mut kinds = values.items().iter().filter_map(JsonType::of_value);
    kinds.any(|of_value| kind.includes(of_value))
}

/// The schema of one of the types, with the keywords that are about values of this type.
fn alternative(schema: &mut Draft, stated: &Entry, name: &str) -> Node {
    let mut entries = vec![entry(
        "type",
        &stated.key_span,
        stated.value.with_text(name),
    )];
    let kind = JsonType::of_key(name);
    let format = schema.get("format").and_then(Node::text);
    let format =
        format.map(|format| Format::of_name(format).map_or(JsonType::String, Format::json_type));
    let has_format = kind
        .zip(format)
        .is_some_and(|(kind, format)| kind.includes(format));
    entries.extend(schema.take_all(|key| match key {
        "format" => has_format,
        _ => kind.is_some_and(|kind| {
            JsonType::of_keyword(key).is_some_and(|of_keyword| of_keyword.includes(kind))
        }),
    }));
    stated.value.with_entries(entries)
}
