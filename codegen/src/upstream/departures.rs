//! The departures that a description lists: which differences each explains.

use std::ops::Range;

use super::document::Spot;
use super::{Facet, Found, text};
use crate::openapi::departure::KeywordValue;
use crate::openapi::extension::DEPARTURES;
use crate::source::{Entry, Node, NodeKind};

/// A departure, as the description lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The object that departs: an operation by its id, a schema's property as `Task.status`.
    pub at: String,
    /// The key that differs.
    pub key: String,
    /// What is upstream under that key, as it is written in YAML.
    pub upstream: String,
    /// Why.
    pub reason: String,
}

/// A departure, its place, and what it was found good for.
pub(super) struct Declared {
    pub(super) departure: Departure,
    holder: *const Node,
    upstream: KeywordValue,
    place: Range<usize>,
    use_: Use,
}

enum Use {
    /// Nothing that it is of was compared.
    Unmet,
    Applied,
    /// There is no difference. The place is upstream.
    Same(Range<usize>),
    /// There is another difference.
    Other(KeywordValue, Range<usize>),
}

impl Declared {
    /// Whether it is of this key, of an object or one that it is made of.
    pub(super) fn is_of(&self, layers: &[Spot<'_>], key: &str) -> bool {
        let is_holder = |layer: &Spot<'_>| std::ptr::eq(layer.node, self.holder);
        self.departure.key == key && layers.iter().any(is_holder)
    }

    /// Notes what it is good for, here; whether it explains the difference.
    pub(super) fn meet(&mut self, facet: &Facet<'_, '_>, differs: bool) -> bool {
        if differs && self.upstream == facet.upstream {
            self.use_ = Use::Applied;
            return true;
        }
        let place = || facet.theirs.clone();
        match (&self.use_, differs) {
            // What differs is told rather than that nothing does elsewhere.
            (Use::Unmet | Use::Same(_), true) => {
                self.use_ = Use::Other(facet.upstream.clone(), place());
            }
            (Use::Unmet, false) => self.use_ = Use::Same(place()),
            (Use::Applied | Use::Other(..), _) | (Use::Same(_), false) => {}
        }
        false
    }

    pub(super) fn is_stale(&self) -> bool {
        !matches!(self.use_, Use::Applied)
    }

    /// What to say of it, if it does not apply. `paths` is a place upstream.
    pub(super) fn stale(&self, paths: &Range<usize>) -> Option<Found> {
        let key = &self.departure.key;
        let (message, theirs, theirs_label, help) = match &self.use_ {
            Use::Applied => return None,
            Use::Unmet => (
                format!("this departure of `{key}` applies to nothing"),
                paths.clone(),
                String::new(),
                "it is of something that is not compared, or that is not upstream: take it out",
            ),
            Use::Same(place) => (
                format!("this departure no longer applies: `{key}` is the same upstream"),
                place.clone(),
                "as here".to_owned(),
                "take it out",
            ),
            Use::Other(state, place) => (
                format!("this departure no longer applies: upstream, `{key}` is {state}"),
                place.clone(),
                "upstream".to_owned(),
                "see whether to follow it; if not, write what is upstream now",
            ),
        };
        Some(Found {
            message,
            ours: self.place.clone(),
            ours_label: format!("listed as {}", self.upstream),
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
    let reason = text(&listed.value.get("reason")?.value)?;
    Some(Declared {
        departure: Departure {
            at: super::places::name(path),
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
