//! The departures that a description lists: which differences each explains.

use std::ops::Range;

use super::document::Located;
use super::finding::{Comparison, Finding, Mark};
use crate::openapi::departure::KeywordValue;
use crate::openapi::extension::DEPARTURES;
use crate::source::{Entry, Node, NodeKind};

/// A departure that the description lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The object that departs: an operation by its id, a schema's property as `Task.status`.
    pub at: String,
    /// The key that differs.
    pub key: String,
    /// The value of that key in the vendor's document, as YAML.
    pub upstream: String,
    /// Why the description differs.
    pub reason: String,
}

/// A departure, its place, and what it explained.
pub(super) struct Declared {
    pub(super) departure: Departure,
    holder: *const Node,
    upstream: KeywordValue,
    place: Range<usize>,
    use_: Use,
}

enum Use {
    /// Its object and key were never compared.
    Unmet,
    Applied,
    /// There is no difference. The place is in the vendor's document.
    Same(Range<usize>),
    /// There is another difference.
    Other(KeywordValue, Range<usize>),
}

impl Declared {
    /// Whether it is listed for this key in one of the objects.
    pub(super) fn is_of(&self, layers: &[Located<'_>], key: &str) -> bool {
        let is_holder = |layer: &Located<'_>| std::ptr::eq(layer.node, self.holder);
        self.departure.key == key && layers.iter().any(is_holder)
    }

    /// Returns whether it explains the difference, and records that.
    pub(super) fn apply(&mut self, comparison: &Comparison<'_, '_>, differs: bool) -> bool {
        if differs && self.upstream == comparison.upstream {
            self.use_ = Use::Applied;
            return true;
        }
        let place = || comparison.theirs.clone();
        match (&self.use_, differs) {
            // A difference is more useful to report than an equality elsewhere.
            (Use::Unmet | Use::Same(_), true) => {
                self.use_ = Use::Other(comparison.upstream.clone(), place());
            }
            (Use::Unmet, false) => self.use_ = Use::Same(place()),
            (Use::Applied | Use::Other(..), _) | (Use::Same(_), false) => {}
        }
        false
    }

    pub(super) fn is_stale(&self) -> bool {
        !matches!(self.use_, Use::Applied)
    }

    /// The finding for a departure that does not apply. `paths` is a place in the vendor's document.
    pub(super) fn stale(&self, paths: &Range<usize>) -> Option<Finding> {
        let key = &self.departure.key;
        let (message, theirs, help) = match &self.use_ {
            Use::Applied => return None,
            Use::Unmet => (
                format!("this departure of `{key}` explains nothing"),
                Mark::new(paths, ""),
                "remove it: its object is not compared, or the vendor's document does not have it",
            ),
            Use::Same(place) => (
                format!("this departure no longer applies: `{key}` is the same upstream"),
                Mark::new(place, "the same"),
                "remove it",
            ),
            Use::Other(state, place) => (
                format!("this departure no longer applies: upstream, `{key}` is {state}"),
                Mark::new(place, "upstream"),
                "change the description, or write what is upstream now",
            ),
        };
        Some(Finding {
            message,
            ours: Mark::new(&self.place, format!("declared as {}", self.upstream)),
            theirs,
            help: help.to_owned(),
        })
    }
}

/// Every departure that a document lists.
pub(super) fn declared(root: &Node) -> Vec<Declared> {
    let mut declared = Vec::new();
    collect(root, &mut Vec::new(), &mut declared);
    declared
}

fn collect<'a>(node: &'a Node, path: &mut Vec<(&'a str, &'a Node)>, declared: &mut Vec<Declared>) {
    match &node.kind {
        NodeKind::Scalar { .. } => {}
        NodeKind::Sequence(items) => {
            for item in items {
                collect(item, path, declared);
            }
        }
        NodeKind::Mapping(entries) => {
            for entry in entries {
                if entry.key == DEPARTURES.key {
                    let listed = entry.value.entries().iter();
                    declared.extend(listed.filter_map(|listed| read(listed, node, path)));
                } else if !matches!(
                    entry.key.as_str(),
                    "example" | "examples" | "default" | "enum"
                ) {
                    path.push((&entry.key, &entry.value));
                    collect(&entry.value, path, declared);
                    path.pop();
                }
            }
        }
    }
}

fn read(listed: &Entry, holder: &Node, path: &[(&str, &Node)]) -> Option<Declared> {
    let upstream = listed.value.get("upstream")?;
    let state = KeywordValue::of(&upstream.value)?;
    let reason = listed.value.get("reason")?.value.text()?;
    Some(Declared {
        departure: Departure {
            at: object_name(path),
            key: listed.key.clone(),
            upstream: state.to_string(),
            reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
        },
        holder,
        upstream: state,
        place: upstream.key_span.clone(),
        use_: Use::Unmet,
    })
}

/// A name for the object at the end of a path: keys from the root on, each with its value.
fn object_name(path: &[(&str, &Node)]) -> String {
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
