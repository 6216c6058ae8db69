//! `query` and `additionalOperations`: operations of other methods, each in a path item of its own.

use super::draft::{Draft, entry};
use crate::openapi::extension::METHOD;
use crate::openapi::method::Method;
use crate::source::{Entry, Node, NodeKind};

/// Keys of a path item that count for all of its operations.
const SHARED: [&str; 4] = ["summary", "description", "parameters", "servers"];

/// Moves the operations with other methods than OpenAPI 3.0 has to path items of their own. A fragment
/// of their path has the method.
pub(super) fn rewrite(paths: &mut Node) {
    paths.rewrite(|paths| {
        for mut path in paths.take_all(|_| true) {
            let mut found = Vec::new();
            if path.value.get("query").is_some() || path.value.get("additionalOperations").is_some()
            {
                path.value.rewrite(|item| found = other_operations(item));
            }
            let others = found.into_iter();
            let others: Vec<Entry> = others.map(|other| path_item(&path, other)).collect();
            paths.push(path);
            others.into_iter().for_each(|other| paths.push(other));
        }
    });
}

/// Takes the operations of other methods, with the names of the methods as keys.
fn other_operations(item: &mut Draft) -> Vec<Entry> {
    let query = item.take("query").map(|query| Entry {
        key: Method::Query.as_str().to_owned(),
        ..query
    });
    let additional = item.take("additionalOperations");
    let additional = match additional.map(|entry| entry.value.kind) {
        Some(NodeKind::Mapping(operations)) => operations.into_entries(),
        _ => Vec::new(),
    };
    query.into_iter().chain(additional).collect()
}

/// The path item of an operation, whose key is the name of its method.
fn path_item(path: &Entry, operation: Entry) -> Entry {
    let name = operation.key.as_str();
    let method = operation.value.with_text(name);
    let key = format!("{}#{name}", path.key);
    let mut value = operation.value;
    value.rewrite(|draft| draft.put(METHOD, &operation.key_span, method));
    let shared = path.value.entries().iter();
    let mut entries: Vec<Entry> = shared
        .filter(|entry| SHARED.contains(&entry.key.as_str()))
        .cloned()
        .collect();
    entries.push(entry(Method::Post.key(), &operation.key_span, value));
    entry(&key, &path.key_span, path.value.with_entries(entries))
}
