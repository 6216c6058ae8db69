//! The departures that a description lists: which differences each explains.

use std::ops::Range;

use super::document::Located;
use super::{Comparison, Finding};
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
        let (message, theirs, theirs_label, help) = match &self.use_ {
            Use::Applied => return None,
            Use::Unmet => (
                format!("this departure of `{key}` explains nothing"),
                paths.clone(),
                String::new(),
                "remove it: its object is not compared, or the vendor's document does not have it",
            ),
            Use::Same(place) => (
                format!("this departure no longer applies: `{key}` is the same upstream"),
                place.clone(),
                "the same".to_owned(),
                "remove it",
            ),
            Use::Other(state, place) => (
                format!("this departure no longer applies: upstream, `{key}` is {state}"),
                place.clone(),
                "upstream".to_owned(),
                "change the description, or write what is upstream now",
            ),
        };
        Some(Finding {
            message,
            ours: self.place.clone(),
            ours_label: format!("declared as {}", self.upstream),
            theirs,
            theirs_label,
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
            at: super::object_names::name(path),
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
