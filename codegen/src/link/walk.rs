//! Finds the references of a document, and decides what becomes of each.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::files::{Loaded, file_of};
use super::resolve::{self, Kind, Resolver, kind};
use crate::code::Code;
use crate::openapi::object_model::Object;
use crate::openapi::objects::{MEDIA_TYPE, OPENAPI, PATH_ITEM, SCHEMA};
use crate::openapi::reference::{component_name, mapping_of, reference_of};
use crate::openapi::walk;
use crate::problem::{At, Problem};
use crate::source::Node;
use crate::source::pointer::{LazyPointer, Pointer};

/// What is to be done with the references.
#[derive(Default)]
pub(super) struct Found {
    /// The places of the references that do not resolve, and their new texts.
    pub(super) texts: Vec<(Pointer, String)>,
    /// The places of the references to rewrite, and what they refer to.
    pub(super) uses: Vec<(Pointer, Pointer)>,
    /// The places of the objects to replace with copies, and what to copy.
    pub(super) inlined: Vec<(Pointer, Pointer)>,
    /// The objects that are to become components.
    pub(super) targets: IndexMap<Pointer, &'static Object>,
}

/// Finds the references of the document and of the objects that they refer to. Adds the problems of
/// references to or in other files.
pub(super) fn walk(root: &Node, files: Loaded, problems: &mut Vec<Problem>) -> Found {
    let mut walker = Walker {
        root,
        file: None,
        resolver: Resolver::new(root, files),
        found: Found::default(),
        problems,
        seen: HashSet::new(),
        pending: Vec::new(),
    };
    walker.walk(root, &Pointer::root(), &OPENAPI);
    while let Some((target, object)) = walker.pending.pop() {
        // The walk from the root passes by what is in no object of the specification.
        if !matches!(kind(&target), Kind::Object(_))
            && let Some(node) = root.at(&target)
        {
            walker.file = file_of(&target);
            walker.walk(node, &target, object);
        }
    }
    walker.found
}

struct Walker<'a> {
    root: &'a Node,
    /// The file that is walked, unless it is the description itself.
    file: Option<String>,
    resolver: Resolver<'a>,
    found: Found,
    problems: &'a mut Vec<Problem>,
    /// The objects that references refer to.
    seen: HashSet<Pointer>,
    /// Those of them that were not walked yet.
    pending: Vec<(Pointer, &'static Object)>,
}

impl Walker<'_> {
    fn walk(&mut self, node: &Node, at: &Pointer, object: &'static Object) {
        let at = LazyPointer::To(at);
        walk::walk(node, &at, object, &mut |node, at, object| {
            match reference_of(node) {
                Some(text) if is_inlined(object) => self.inlined_reference(text, at, object),
                Some(text) if object.section.is_some() => {
                    self.reference(text, &at.child("$ref"), object);
                }
                _ => {}
            }
            if object.is(&SCHEMA) {
                self.mapping(node, &at.child("discriminator").child("mapping"));
            }
            true
        });
    }

    /// Notes a reference to an object that is no component for openapiv3.
    fn inlined_reference(&mut self, text: &str, at: &LazyPointer<'_>, object: &'static Object) {
        let at = at.pointer();
        match self.resolver.end(text, &at, object) {
            Some(target) if self.resolver.is_object(&target) => {
                self.walk_later(&target, object);
                self.found.inlined.push((at, target));
            }
            _ => self.unresolved(text, at.child("$ref"), object),
        }
    }

    /// The values of the mapping of a discriminator are references, or names of schemas.
    fn mapping(&mut self, schema: &Node, at: &LazyPointer<'_>) {
        for entry in mapping_of(schema) {
            let Some(text) = entry.value.string() else {
                continue;
            };
            let at = at.child(&entry.key);
            let named = Pointer::root().descend(["components", "schemas", text]);
            match self.root.at(&named) {
                Some(_) => self.found.uses.push((at.pointer(), named)),
                None => self.reference(text, &at, &SCHEMA),
            }
        }
    }

    /// Notes a reference to other than a component.
    fn reference(&mut self, text: &str, at: &LazyPointer<'_>, object: &'static Object) {
        let section = object.section.unwrap_or_default();
        let is_component = component_name(text, section).is_some();
        if is_component && self.file.is_none() {
            return;
        }
        let at = at.pointer();
        let Some(target) = self.resolver.end(text, &at, object) else {
            return self.unresolved(text, at, object);
        };
        if !resolve::is_component(&target, section) {
            self.walk_later(&target, object);
            self.found.targets.insert(target.clone(), object);
        }
        self.found.uses.push((at, target));
    }

    fn walk_later(&mut self, target: &Pointer, object: &'static Object) {
        if self.seen.insert(target.clone()) {
            self.pending.push((target.clone(), object));
        }
    }

    /// Reports a reference to or in another file. The check reports the others.
    fn unresolved(&mut self, text: &str, at: Pointer, object: &'static Object) {
        let Some(pointer) = self.resolver.pointer(text, &at) else {
            return;
        };
        let path = file_of(&pointer);
        if path.is_none() && self.file.is_none() {
            return;
        }
        let failure = path
            .as_ref()
            .and_then(|path| self.resolver.files.failed.get(path));
        let expected = format!("expected a {}", object.name);
        let (code, message, label) = match (failure, self.resolver.target(text, &at, 0)) {
            (Some(failure), _) => (
                Code::DanglingReference,
                format!(
                    "the file `{}` cannot be read: {failure}",
                    path.as_deref().unwrap_or_default()
                ),
                "it is read relative to the description",
            ),
            (None, None) => (
                Code::DanglingReference,
                format!("`{text}` does not resolve"),
                "nothing is there",
            ),
            (None, Some(_)) => (
                Code::WrongReference,
                format!("this reference does not refer to a {}", object.name),
                expected.as_str(),
            ),
        };
        let span = self.root.at(&at).map_or(0..0, |node| node.span.clone());
        // In the description itself, the text could refer to something else.
        let elsewhere = path.unwrap_or_else(|| ".".to_owned());
        self.found
            .texts
            .push((at.clone(), format!("./{elsewhere}#")));
        let at = At::Span(at, span.into());
        self.problems.push(Problem::new(code, message, at, label));
    }
}

/// Whether a reference to such an object is replaced with a copy of the object.
fn is_inlined(object: &Object) -> bool {
    object.is(&PATH_ITEM) || object.is(&MEDIA_TYPE)
}
