//! What has to be told of a mutant, and where.

use codegen::{Code, Diagnostic};

use crate::document::{Placed, Way};
use crate::mutants::{Change, Mutant, VALUES};

/// Objects whose keys are names of the author's, by the key that they stand under.
const NAMED_BY_AUTHOR: [&str; 9] = [
    "paths",
    "schemas",
    "properties",
    "securitySchemes",
    "content",
    "mapping",
    "examples",
    "headers",
    "variables",
];

/// Keys whose value is any JSON, or is of no meaning to a client.
const FREE: [&str; 3] = ["example", "default", "enum"];

/// Whether a key on the way, up to the last but `except`, holds what has no fixed shape.
fn is_free(keys: &[String], except: usize) -> bool {
    let above = &keys[..keys.len() - except];
    let is_name = |index: usize| index > 0 && is_named_by_author(&keys[..index]);
    above.iter().enumerate().any(|(index, key)| {
        !is_name(index) && (key.starts_with("x-") || FREE.contains(&key.as_str()))
    })
}

/// Whether the keys of the object at this way are names of the author's.
pub fn is_named_by_author(keys: &[String]) -> bool {
    let [.., last] = keys else { return false };
    let is_component = matches!(keys, [components, _] if components == "components");
    // `properties` may be a property itself.
    let is_name = keys.len() > 1 && is_named_by_author(&keys[..keys.len() - 1]);
    is_component || (!is_name && NAMED_BY_AUTHOR.contains(&last.as_str()))
}

/// Whether the change has to be told.
pub fn must_be_told(mutant: &Mutant) -> bool {
    let keys = &mutant.keys;
    let last = keys.last().expect("not the root");
    let parent = &keys[..keys.len() - 1];
    match mutant.change {
        Change::Misspell => {
            !is_free(keys, 1) && !last.starts_with("x-") && !is_named_by_author(parent)
        }
        Change::Retype(index) => {
            // True and an empty schema mean the same.
            let is_schema_too = last == "additionalProperties" && VALUES[index] == "{}";
            let is_list_item_of_enum = is_free(keys, 0);
            !is_list_item_of_enum && !is_schema_too
        }
        Change::Delete => false,
        // Two equal items of a list may be meant.
        Change::Duplicate => last.parse::<usize>().is_err(),
    }
}

/// Whether a finding is in a place that the change concerns: the node itself, what is above it, or
/// what refers to it.
pub fn concerns(
    item: &Diagnostic,
    text: &str,
    placed: &[Placed],
    way: &Way,
    mutant: &Mutant,
) -> bool {
    let is_at = placed.iter().any(|node| {
        let is_own = node.way.starts_with(way) && (node.first..=node.last).contains(&item.line);
        let is_above = way.starts_with(&node.way) && node.first == item.line;
        is_own || is_above
    });
    // What the change makes wrong or idle, however far away.
    let governed = [
        Code::UnusedComponent,
        Code::ExampleMismatch,
        Code::DefaultMismatch,
        Code::EnumValueType,
    ];
    // What stands there, with a short object or list that begins there.
    let here = placed.iter().filter(|node| node.first == item.line);
    let last = here
        .map(|node| node.last)
        .filter(|last| *last < item.line + 20);
    let last = last.max().unwrap_or(item.line);
    let lines: Vec<&str> = text.lines().collect();
    let here = lines[item.line - 1..last].join("\n");
    let refers = mutant.names.iter().any(|name| here.contains(name));
    is_at || refers || governed.contains(&item.code)
}
