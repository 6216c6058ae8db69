//! A document as a tree of nodes, in which references are followed.

use std::ops::Range;

use super::text;
use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::openapi::reference::Reference;
use crate::problem::{At, Problem, Problems};
use crate::source::pointer::Pointer;
use crate::source::{Node, Source};

/// More references in a row are a circle.
const MOST_REFERENCES: usize = 64;

/// One of the two documents.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    pub(super) root: &'a Node,
}

/// A value, and the key that it stands under.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub(super) node: &'a Node,
    pub(super) place: Range<usize>,
}

impl<'a> Spot<'a> {
    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<Spot<'a>> {
        let entry = self.node.get(key)?;
        Some(Spot {
            node: &entry.value,
            place: entry.key_span.clone(),
        })
    }

    /// The values in the object under a key, each with its own key.
    pub(super) fn entries_of(&self, key: &str) -> Vec<(&'a str, Spot<'a>)> {
        let entries = self.node.entries_of(key).iter();
        entries
            .map(|entry| {
                let place = entry.key_span.clone();
                let node = &entry.value;
                (entry.key.as_str(), Spot { node, place })
            })
            .collect()
    }

    /// The items of the list under a key.
    pub(super) fn items_of(&self, key: &str) -> Vec<Spot<'a>> {
        let items = self.node.items_of(key).iter();
        items
            .map(|node| {
                // An object is known by its first key.
                let place = node.entries().first();
                let place = place.map_or(node.span.clone(), |entry| entry.key_span.clone());
                Spot { node, place }
            })
            .collect()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        text(&self.node.get(key)?.value)
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.text(key)? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The place of a key, or, if it is not there, of the object.
    pub(super) fn place_of(&self, key: &str) -> Range<usize> {
        let entry = self.node.get(key);
        entry.map_or(self.place.clone(), |entry| entry.key_span.clone())
    }
}

impl<'a> Document<'a> {
    pub(super) fn spot(&self) -> Spot<'a> {
        Spot {
            node: self.root,
            place: 0..0,
        }
    }

    /// What a reference leads to; anything else, and a reference that leads nowhere, is itself.
    pub(super) fn resolve(&self, spot: Spot<'a>) -> Spot<'a> {
        let mut at = spot;
        for _ in 0..MOST_REFERENCES {
            let target = at.text("$ref").and_then(|reference| self.follow(reference));
            match target {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    fn follow(&self, reference: &str) -> Option<Spot<'a>> {
        let pointer = Reference::local(reference)?;
        pointer
            .keys()
            .try_fold(self.spot(), |spot, key| spot.get(&key))
    }
}

/// Whether the vendor's document is one that can be compared.
pub(super) fn check(source: &Source<'_>) -> Result<(), Diagnostics> {
    let version = source
        .root
        .get("openapi")
        .and_then(|entry| text(&entry.value));
    let is_known = version.is_some_and(|version| version.starts_with("3."));
    if is_known && source.root.get("paths").is_some() {
        return Ok(());
    }
    let problem = Problem::new(
        Code::NotOpenApi,
        "this is not an OpenAPI 3 document with paths",
        At::Value(Pointer::root()),
        "",
    )
    .help("give the document that the vendor publishes, as JSON or YAML");
    Err(Problems::new(source, false).fail(problem))
}
