//! Makes a component of everything that a reference refers to.
//!
//! A reference may refer to any object of the document. The later stages know references to components
//! only, as openapiv3 does: this stage moves each other object that is referred to into the components
//! under a name of its own, once, leaves a reference in its place, and rewrites the references. The nodes
//! keep their spans. References that do not resolve stay as they are; the check reports them.

mod files;
mod names;
mod resolve;

use std::cmp::Reverse;
use std::collections::HashSet;

use indexmap::IndexMap;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::openapi::object_model::{FieldType, Object};
use crate::openapi::objects::{MEDIA_TYPE, OPENAPI, PATH_ITEM, SCHEMA};
use crate::openapi::reference::component_name;
use crate::options::Files;
use crate::problem::{At, Problem};
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, MAX_COPIES, Node, NodeKind, Source};
use files::{Loaded, file_of};
use names::Names;
use resolve::{Kind, Resolver, is_component, kind};

/// Reads the other files that a description refers to, and moves every object that a reference refers to
/// into the components. The problems, which have their spans already, move with the objects.
///
/// # Errors
///
/// If another file is not YAML or JSON.
pub(crate) fn link(
    source: &mut Source<'_>,
    files: &Files,
    problems: &mut Vec<Problem>,
) -> Result<(), Diagnostics> {
    let loaded = files::load(source, files)?;
    problems.append(&mut source.problems);
    let copies = link_tree(&mut source.root, loaded, problems);
    let mut copied = 0;
    for (at, target) in &copies {
        copied += source.root.at(target).map_or(0, |node| node.size().0);
        if copied > MAX_COPIES {
            let message = format!("references to path items copy more than {MAX_COPIES} values");
            let span = source.locate(&At::Value(at.child("$ref")));
            let problem = Problem::new(Code::TooLarge, message, span, "this value is one too many");
            let Source {
                path, text, files, ..
            } = source;
            return Err(Diagnostics::new(path, text, files, vec![problem]));
        }
        inline(&mut source.root, at, target);
    }
    for (_, target) in copies {
        // No reference refers to the original any more.
        if is_component(&target, "pathItems") || is_component(&target, "mediaTypes") {
            source.root.remove(&target);
        }
    }
    files::unload(&mut source.root);
    Ok(())
}

/// Links the tree, apart from the objects to replace with copies. Returns those, and what to copy.
fn link_tree(
    root: &mut Node,
    files: Loaded,
    problems: &mut Vec<Problem>,
) -> Vec<(Pointer, Pointer)> {
    let mut linker = Linker {
        root,
        file: None,
        resolver: Resolver::new(root, files),
        texts: Vec::new(),
        uses: Vec::new(),
        inlined: Vec::new(),
        targets: IndexMap::new(),
        found: HashSet::new(),
        pending: Vec::new(),
        problems: Vec::new(),
    };
    let at = Pointer::root();
    linker.object(root, &LazyPointer::To(&at), &OPENAPI);
    while let Some((target, object)) = linker.pending.pop() {
        // The walk from the root passes by what is in no object of the specification.
        if !matches!(kind(&target), Kind::Object(_))
            && let Some(node) = root.at(&target)
        {
            linker.file = file_of(&target);
            linker.object(node, &LazyPointer::To(&target), object);
        }
    }
    problems.append(&mut linker.problems);
    let Linker {
        texts,
        uses,
        inlined,
        targets,
        ..
    } = linker;
    for (at, text) in texts {
        set_text(root, &at, text);
    }
    if uses.is_empty() {
        return inlined;
    }
    let mut names = Names::new(root);
    let targets = targets.into_iter();
    let components: IndexMap<Pointer, Pointer> = targets
        .map(|(target, object)| {
            let component = names.component(root, &target, object);
            (target, component)
        })
        .collect();
    for (at, target) in uses {
        let reference = components.get(&target).unwrap_or(&target);
        set_text(root, &at, reference_to(reference));
    }
    for problem in problems {
        if let At::Span(place, _) = &mut problem.at
            && let Some(moved) = moved(place, &components)
        {
            *place = moved;
        }
    }
    move_targets(root, components);
    inlined
}

/// Where a place is after the objects have been moved.
fn moved(place: &Pointer, components: &IndexMap<Pointer, Pointer>) -> Option<Pointer> {
    let target = place
        .prefixes()
        .find(|around| components.contains_key(*around))?;
    let rest = Pointer::of_text(&place.as_str()[target.len()..]);
    let keys: Vec<String> = rest.keys().collect();
    Some(components[target].descend(keys.iter().map(String::as_str)))
}

fn set_text(root: &mut Node, at: &Pointer, new: String) {
    if let Some(node) = root.at_mut(at)
        && let NodeKind::Scalar { text, .. } = &mut node.kind
    {
        *text = new;
    }
}

/// The text of a reference to a location in this document.
fn reference_to(pointer: &Pointer) -> String {
    format!("#{}", pointer.as_str())
}

/// Moves each target to its component. What is in another target is moved first, so that the other has a
/// reference in its place.
fn move_targets(root: &mut Node, components: IndexMap<Pointer, Pointer>) {
    let mut moves: Vec<(Pointer, Pointer)> = components.into_iter().collect();
    moves.sort_by_cached_key(|(target, _)| Reverse(target.keys().count()));
    let mut moved = Vec::new();
    for (target, component) in moves {
        let key_span = root.key_span(&target);
        let Some(node) = root.at_mut(&target) else {
            continue;
        };
        let value = match kind(&target) {
            // An example stays as it is.
            Kind::Data => node.clone(),
            _ => {
                let reference = Node::reference(reference_to(&component), &node.span);
                std::mem::replace(node, reference)
            }
        };
        let key_span = key_span.unwrap_or_else(|| value.span.clone());
        moved.push((component, key_span, value));
    }
    // Those of one section are inserted at once, in the order of the text.
    moved.sort_by(|(a, a_span, _), (b, b_span, _)| {
        (a.parent(), a_span.start).cmp(&(b.parent(), b_span.start))
    });
    let mut moved = moved.into_iter().peekable();
    while let Some((first, ..)) = moved.peek() {
        let section = first.parent();
        let name = |pointer: &Pointer| pointer.keys().last().unwrap_or_default();
        let key = section.as_ref().map(name).unwrap_or_default();
        let mut entries = Vec::new();
        while let Some((component, key_span, value)) =
            moved.next_if(|(component, ..)| component.parent() == section)
        {
            entries.push(Entry {
                key: name(&component),
                key_span,
                value,
            });
        }
        let components = root.value_or_insert("components");
        if let Some(section) = components.and_then(|it| it.value_or_insert(&key)) {
            section.extend(entries);
        }
    }
}

/// Replaces an object that is a reference with a copy of what it refers to. Its own keys have precedence.
fn inline(root: &mut Node, at: &Pointer, target: &Pointer) {
    let copy = root.at(target).map(|item| item.entries().to_vec());
    let (Some(mut entries), Some(node)) = (copy, root.at_mut(at)) else {
        return;
    };
    entries.retain(|entry| node.get(&entry.key).is_none());
    node.extend(entries);
    root.remove(&at.child("$ref"));
}

struct Linker<'a> {
    root: &'a Node,
    /// The file that is walked, unless it is the description itself.
    file: Option<String>,
    resolver: Resolver<'a>,
    /// The places of the references that do not resolve, and what they are to say.
    texts: Vec<(Pointer, String)>,
    /// The places of the references to rewrite, and what they refer to.
    uses: Vec<(Pointer, Pointer)>,
    /// The objects to replace with copies, and of what.
    inlined: Vec<(Pointer, Pointer)>,
    /// The objects that are to become components.
    targets: IndexMap<Pointer, &'static Object>,
    /// What references refer to, and what of it was not walked yet.
    found: HashSet<Pointer>,
    pending: Vec<(Pointer, &'static Object)>,
    problems: Vec<Problem>,
}

impl Linker<'_> {
    fn value(&mut self, node: &Node, at: &LazyPointer<'_>, expected: &'static FieldType) {
        match expected {
            FieldType::List(inner) => {
                for (index, item) in node.items().iter().enumerate() {
                    self.value(item, &at.item(index), inner);
                }
            }
            FieldType::Map(_) | FieldType::Content => self.entries(node, at, expected),
            FieldType::Object(object) => self.object(node, at, object),
            FieldType::OrReference(object) => self.object_or_reference(node, at, object),
            FieldType::BooleanOrSchema => self.object_or_reference(node, at, &SCHEMA),
            _ => {}
        }
    }

    fn entries(&mut self, node: &Node, at: &LazyPointer<'_>, of: &'static FieldType) {
        for entry in node.entries() {
            if let Some(inner) = of.child(&entry.key) {
                self.value(&entry.value, &at.child(&entry.key), inner);
            }
        }
    }

    fn object_or_reference(&mut self, node: &Node, at: &LazyPointer<'_>, object: &'static Object) {
        if let Some(text) = resolve::reference(node)
            && !is_inlined(object)
        {
            self.reference(text, &at.child("$ref"), object);
        }
        self.object(node, at, object);
    }

    fn object(&mut self, node: &Node, at: &LazyPointer<'_>, object: &'static Object) {
        if let Some(text) = resolve::reference(node)
            && is_inlined(object)
        {
            self.inlined_reference(text, at, object);
        }
        if object.is(&SCHEMA) {
            self.mapping(node, &at.child("discriminator"));
        }
        for entry in node.entries() {
            if let Some(inner) = object.child(&entry.key) {
                self.value(&entry.value, &at.child(&entry.key), inner);
            }
        }
    }

    /// Notes a reference to an object that is no component for openapiv3.
    fn inlined_reference(&mut self, text: &str, at: &LazyPointer<'_>, object: &'static Object) {
        let at = at.pointer();
        match self.resolver.end(text, &at, object) {
            Some(target) if self.resolver.is_object(&target) => {
                self.walk_later(&target, object);
                self.inlined.push((at, target));
            }
            _ => self.unresolved(text, at.child("$ref"), object),
        }
    }

    /// The values of the mapping of a discriminator are references, or names of schemas.
    fn mapping(&mut self, schema: &Node, at: &LazyPointer<'_>) {
        let discriminator = schema.value("discriminator");
        let entries = discriminator.map_or(&[][..], |it| it.entries_of("mapping"));
        for entry in entries {
            if let Some(text) = entry.value.string()
                && !self.resolver.is_schema_name(text)
            {
                self.reference(text, &at.child("mapping").child(&entry.key), &SCHEMA);
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
            self.targets.insert(target.clone(), object);
        }
        self.uses.push((at, target));
    }

    fn walk_later(&mut self, target: &Pointer, object: &'static Object) {
        if self.found.insert(target.clone()) {
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
        let (code, message, label) = match (failure, self.resolver.target(text, &at, 0)) {
            (Some(failure), _) => {
                let path = path.as_deref().unwrap_or_default();
                let message = format!("the file `{path}` cannot be read: {failure}");
                (
                    Code::DanglingReference,
                    message,
                    "it is read relative to the description".to_owned(),
                )
            }
            (None, None) => {
                let message = format!("`{text}` does not resolve");
                (
                    Code::DanglingReference,
                    message,
                    "nothing is there".to_owned(),
                )
            }
            (None, Some(_)) => {
                let message = format!("this reference does not refer to a {}", object.name);
                (
                    Code::WrongReference,
                    message,
                    format!("expected a {}", object.name),
                )
            }
        };
        let span = self.root.at(&at).map_or(0..0, |node| node.span.clone());
        // In the description itself, the text could refer to something else.
        let elsewhere = path.unwrap_or_else(|| ".".to_owned());
        self.texts.push((at.clone(), format!("./{elsewhere}#")));
        let at = At::Span(at, span.into());
        self.problems.push(Problem::new(code, message, at, label));
    }
}

/// Whether a reference to such an object is replaced with a copy of the object.
fn is_inlined(object: &Object) -> bool {
    object.is(&PATH_ITEM) || object.is(&MEDIA_TYPE)
}
