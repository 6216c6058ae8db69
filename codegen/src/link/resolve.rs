//! Finds what references refer to, and which kind of object that is.

use std::collections::HashMap;

use super::files::{Loaded, file_of, mounted};
use crate::openapi::object_model::{FieldType, Object};
use crate::openapi::objects::{DOCUMENT, SCHEMA};
use crate::openapi::reference::{Reference, reference_of};
use crate::source::Node;
use crate::source::pointer::Pointer;

/// A pointer that passes through more references than this does not resolve.
const MAX_HOPS: usize = 64;

pub(super) struct Resolver<'a> {
    root: &'a Node,
    pub(super) files: Loaded,
    /// The ends of the chains of references that were followed.
    ends: HashMap<Pointer, Pointer>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(root: &'a Node, files: Loaded) -> Self {
        Resolver {
            root,
            files,
            ends: HashMap::new(),
        }
    }

    /// Whether a place has an object, not a reference to one.
    pub(super) fn is_object(&self, place: &Pointer) -> bool {
        let node = self.root.at(place);
        node.is_some_and(|node| node.is_mapping() && reference_of(node).is_none())
    }

    /// The object of this kind that a reference refers to: a component, which may be a reference in turn,
    /// or the object at the end of the chain of references.
    pub(super) fn end(&mut self, text: &str, at: &Pointer, object: &Object) -> Option<Pointer> {
        let section = object.section.unwrap_or_default();
        let mut end = self.target(text, at, 0)?;
        let mut chain = Vec::new();
        while !is_component(&end, section)
            && let Some(text) = self.root.at(&end).and_then(reference_of)
        {
            if let Some(known) = self.ends.get(&end) {
                end = known.clone();
                break;
            }
            let next = self.target(text, &end, 0);
            // A cycle ends at one of its references, as does a chain with one that does not resolve.
            self.ends.insert(end.clone(), end.clone());
            let Some(next) = next else { break };
            chain.push(std::mem::replace(&mut end, next));
        }
        self.ends
            .extend(chain.into_iter().map(|link| (link, end.clone())));
        let node = self.root.at(&end)?;
        let is_right = match kind(&end) {
            Kind::Object(found) => found.is(object),
            Kind::Other => false,
            Kind::Data | Kind::Unknown => {
                node.is_mapping() || (object.is(&SCHEMA) && node.boolean().is_some())
            }
        };
        is_right.then_some(end)
    }

    /// Returns the location that the text of a reference names, even if nothing is there.
    pub(super) fn pointer(&self, text: &str, at: &Pointer) -> Option<Pointer> {
        let from = file_of(at);
        match Reference::parse(text) {
            Reference::Local(inner) => Some(match from {
                Some(path) => mounted(&path, &inner),
                None => inner,
            }),
            Reference::File(path, inner) => {
                Some(self.files.pointer(&path, from.as_deref(), &inner))
            }
            Reference::External | Reference::Name(_) => None,
        }
    }

    /// Returns the location that a reference resolves to. Follows the references that its pointer passes
    /// through.
    pub(super) fn target(&self, text: &str, at: &Pointer, hops: usize) -> Option<Pointer> {
        let pointer = self.pointer(text, at)?;
        if self.root.at(&pointer).is_some() {
            return Some(pointer);
        }
        let mut node = self.root;
        let mut at = Pointer::root();
        for (key, hop) in pointer.keys().zip(hops..) {
            while node.child(&key).is_none() {
                if hop >= MAX_HOPS {
                    return None;
                }
                at = self.target(reference_of(node)?, &at, hop + 1)?;
                node = self.root.at(&at)?;
            }
            node = node.child(&key)?;
            at = at.child(key);
        }
        Some(at)
    }
}

/// Whether a pointer refers to a component of this section.
pub(super) fn is_component(pointer: &Pointer, section: &str) -> bool {
    pointer.is_component() && pointer.component().is_some_and(|(of, _)| of == section)
}

/// What is expected at a place.
pub(super) enum Kind {
    Object(&'static Object),
    /// An example or another value of any JSON type.
    Data,
    /// A list, a map or a scalar.
    Other,
    /// The specification does not define the place.
    Unknown,
}

/// What the specification expects at a place.
pub(super) fn kind(pointer: &Pointer) -> Kind {
    let mut expected = &DOCUMENT;
    for key in pointer.keys() {
        expected = match (expected, expected.child(&key)) {
            (_, Some(child)) => child,
            (FieldType::Any | FieldType::Enumeration, None) => return Kind::Data,
            (_, None) => return Kind::Unknown,
        };
    }
    match expected {
        FieldType::Any | FieldType::Enumeration => Kind::Data,
        expected => expected.object().map_or(Kind::Other, Kind::Object),
    }
}
