//! The entries of one YAML object: merge keys, and keys that appear more than once.

use std::collections::HashSet;
use std::ops::Range;

use super::pointer::Pointer;
use super::tree::{Entry, Mapping, Node, NodeKind};
use crate::code::{Code, Severity};
use crate::line_index::LineIndex;
use crate::problem::{At, Problem};

/// A key that an object has more than once.
pub(super) struct Duplicate {
    key: String,
    /// Where the key is used first.
    first: usize,
    /// Whether the values are the same.
    is_harmless: bool,
}

impl Duplicate {
    /// Returns the problem for the object at a place.
    pub(super) fn problem(&self, at: &Pointer, index: &LineIndex<'_>) -> Problem {
        let mut problem = Problem::new(
            Code::DuplicateKey,
            format!("the key `{}` appears twice in one object", self.key),
            At::Key(at.child(&self.key)),
            format!("first used on line {}", index.line(self.first)),
        )
        .help("keep one of the two entries");
        if self.is_harmless {
            problem.severity = Severity::Warning;
        }
        problem
    }
}

/// Adds the entries of the objects under merge keys. An own key hides a merged one, and an earlier merged
/// key a later one.
pub(super) fn merge(
    own: &mut Vec<Entry>,
    merges: Vec<Entry>,
    errors: &mut Vec<Problem<Range<usize>>>,
) {
    if merges.is_empty() {
        return;
    }
    let mut merged: Vec<Entry> = Vec::new();
    for entry in merges {
        let objects = match entry.value.kind {
            NodeKind::Sequence(items) => items,
            kind => vec![Node {
                span: entry.value.span,
                kind,
            }],
        };
        for object in objects {
            match object.kind {
                NodeKind::Mapping(mapping) => merged.extend(mapping.into_entries()),
                _ => errors.push(
                    Problem::new(
                        Code::NotJson,
                        "the value of a YAML merge key is not an object",
                        entry.key_span.clone(),
                        "",
                    )
                    .help("refer to an object, or to a list of objects; put `<<` in quotes if it is a name"),
                ),
            }
        }
    }
    let mut known: HashSet<String> = own.iter().map(|entry| entry.key.clone()).collect();
    merged.retain(|entry| known.insert(entry.key.clone()));
    own.extend(merged);
}

/// Keeps the last entry of each key, as YAML and JSON parsers do. Returns the other entries as well.
pub(super) fn without_duplicates(mapping: Mapping) -> (Mapping, Vec<Duplicate>) {
    let duplicates = mapping.duplicates().into_iter();
    let duplicates = duplicates.map(|(earlier, entry)| Duplicate {
        key: entry.key.clone(),
        first: earlier.key_span.start,
        is_harmless: earlier.value.is_same(&entry.value),
    });
    let duplicates: Vec<Duplicate> = duplicates.collect();
    if duplicates.is_empty() {
        return (mapping, duplicates);
    }
    let mut seen = HashSet::new();
    let mut entries = mapping.into_entries();
    entries.reverse();
    entries.retain(|entry| seen.insert(entry.key.clone()));
    entries.reverse();
    (Mapping::new(entries), duplicates)
}
