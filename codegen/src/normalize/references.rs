//! Keys next to the `$ref` of a schema: an `allOf`.

use super::draft::Draft;
use crate::source::{Mapping, Node, NodeKind};

/// Keys that say nothing about values.
const ANNOTATIONS: [&str; 12] = [
    "summary",
    "description",
    "title",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
];

/// Keys whose schemas have no documentation of their own in the client.
const UNDOCUMENTED: [&str; 6] = [
    "allOf",
    "anyOf",
    "oneOf",
    "items",
    "additionalProperties",
    "not",
];

pub(super) fn rewrite(schema: &mut Draft) {
    for key in UNDOCUMENTED {
        let Some(node) = schema.get_mut(key) else {
            continue;
        };
        match &mut node.kind {
            NodeKind::Sequence(items) => items.iter_mut().for_each(strip),
            _ => strip(node),
        }
    }
    if schema.entries().len() < 2 {
        return;
    }
    let Some(reference) = schema.take("$ref") else {
        return;
    };
    let key_span = reference.key_span.clone();
    let place = reference.value.with_text("");
    let member = place.with_entries(vec![reference]);
    let mut members = schema
        .take("allOf")
        .map_or(Vec::new(), |entry| match entry.value.kind {
            NodeKind::Sequence(items) => items,
            _ => Vec::new(),
        });
    members.push(member);
    schema.put("allOf", &key_span, place.with_items(members));
}

/// Removes annotations next to a `$ref`.
fn strip(node: &mut Node) {
    let NodeKind::Mapping(entries) = &mut node.kind else {
        return;
    };
    if entries.len() < 2 || entries.get("$ref").is_none() {
        return;
    }
    let is_annotation =
        |key: &str| key == "$ref" || key.starts_with("x-") || ANNOTATIONS.contains(&key);
    if entries.iter().all(|entry| is_annotation(&entry.key)) {
        let mut entries = std::mem::take(entries).into_entries();
        entries.retain(|entry| entry.key == "$ref");
        node.kind = NodeKind::Mapping(Mapping::new(entries));
    }
}
