//! A document as a tree of nodes, with references resolved.

use std::ops::Range;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::openapi::reference::Reference;
use crate::openapi::version::Version;
use crate::options::Files;
use crate::problem::{At, Problem};
use crate::problems::Problems;
use crate::source::pointer::Pointer;
use crate::source::{self, Node, Source};
use crate::{link, normalize};

/// A longer chain of references is not resolved.
const MAX_CHAIN: usize = 64;

/// One of the two documents.
#[derive(Clone)]
pub(super) struct Document<'a> {
    pub(super) root: Located<'a>,
}

/// A value, and the place of its key.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) node: &'a Node,
    pub(super) place: Range<usize>,
}

impl<'a> Located<'a> {
    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<Located<'a>> {
        let entry = self.node.get(key)?;
        Some(Located {
            node: &entry.value,
            place: entry.key_span.clone(),
        })
    }

    /// The values in the object under a key, each with its own key.
    pub(super) fn entries_of(&self, key: &str) -> Vec<(&'a str, Located<'a>)> {
        let entries = self.node.entries_of(key).iter();
        entries
            .map(|entry| {
                let place = entry.key_span.clone();
                let node = &entry.value;
                (entry.key.as_str(), Located { node, place })
            })
            .collect()
    }

    /// The items of the list under a key.
    pub(super) fn items_of(&self, key: &str) -> Vec<Located<'a>> {
        let items = self.node.items_of(key).iter();
        items
            .map(|node| {
                // The place of an object is its first key.
                let place = node.entries().first();
                let place = place.map_or(node.span.clone(), |entry| entry.key_span.clone());
                Located { node, place }
            })
            .collect()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.value.text()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.text(key)? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The place of a key, or of the object if the key is absent.
    pub(super) fn place_of(&self, key: &str) -> Range<usize> {
        place_of(std::slice::from_ref(self), key)
    }
}

/// The place of a key in one of the objects, or of the first object if the key is absent.
pub(super) fn place_of(layers: &[Located<'_>], key: &str) -> Range<usize> {
    let keys = layers.iter().filter_map(|layer| layer.get(key));
    let places = keys.map(|located| located.place);
    let mut places = places.chain(layers.first().map(|layer| layer.place.clone()));
    places.next().unwrap_or_default()
}

impl<'a> Document<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        let root = Located { node, place: 0..0 };
        Document { root }
    }

    /// The object that a reference resolves to. Anything else is returned as it is.
    pub(super) fn resolve(&self, located: Located<'a>) -> Located<'a> {
        let mut at = located;
        for _ in 0..MAX_CHAIN {
            let target = at.text("$ref").and_then(|reference| self.follow(reference));
            match target {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    fn follow(&self, reference: &str) -> Option<Located<'a>> {
        let pointer = Reference::local(reference)?;
        let mut keys = pointer.keys();
        keys.try_fold(self.root.clone(), |located, key| located.get(&key))
    }
}

/// Reads a document, and rewrites it to OpenAPI 3.0.
///
/// # Errors
///
/// If the text is not an OpenAPI 3 document with paths.
pub(super) fn read<'t>(text: &'t [u8], path: &'t str) -> Result<Source<'t>, Diagnostics> {
    let mut source = source::read(text, path)?;
    let version = source.root.value("openapi").and_then(Node::text);
    let version = version.and_then(Version::of_text);
    if let (Some(version), Some(_)) = (version, source.root.get("paths")) {
        normalize::identifiers::rewrite(&mut source.root);
        link::link(&mut source, &Files::default(), &mut Vec::new())?;
        normalize::normalize(&mut source.root, version);
        return Ok(source);
    }
    let problem = Problem::new(
        Code::NotOpenApi,
        "this is not an OpenAPI 3 document with paths",
        At::Value(Pointer::root()),
        "",
    )
    .help("give the document that the vendor publishes, as JSON or YAML");
    Err(Problems::new(&source, false).fail(problem))
}
