//! Which mutants must be reported, and at which places.

use codegen::{Code, Diagnostic};

use crate::document::{Placed, Way};
use crate::mutants::{Change, Mutant, VALUES};

/// Keys of objects whose own keys are names that the author chooses.
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

/// Keys whose value may be any JSON.
const FREE: [&str; 3] = ["example", "default", "enum"];

/// Whether a key of the path, without the last `except` keys, has a value of no fixed shape.
fn is_free(keys: &[String], except: usize) -> bool {
    let above = &keys[..keys.len() - except];
    let is_name = |index: usize| index > 0 && is_named_by_author(&keys[..index]);
    above.iter().enumerate().any(|(index, key)| {
        !is_name(index) && (key.starts_with("x-") || FREE.contains(&key.as_str()))
    })
}

/// Whether the author chooses the keys of the object at this path.
pub fn is_named_by_author(keys: &[String]) -> bool {
    let [.., last] = keys else { return false };
    let is_component = matches!(keys, [components, _] if components == "components");
    // `properties` may be a property itself.
    let is_name = keys.len() > 1 && is_named_by_author(&keys[..keys.len() - 1]);
    is_component || (!is_name && NAMED_BY_AUTHOR.contains(&last.as_str()))
}

/// Whether the mutant must be reported.
pub fn must_be_reported(mutant: &Mutant) -> bool {
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
        // Two equal items of a list may be intended.
        Change::Duplicate => last.parse::<usize>().is_err(),
    }
}

/// Whether the change affects the place of a finding: the place is the node itself, a parent of it, or
/// something that refers to it.
pub fn is_affected(
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
    // Problems that the change may cause at any distance.
    let governed = [
        Code::UnusedComponent,
        Code::ExampleMismatch,
        Code::DefaultMismatch,
        Code::EnumValueType,
    ];
    // The line, or the short object or list that begins in it.
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
