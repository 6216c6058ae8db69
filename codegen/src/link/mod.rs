//! Makes a component of everything that a reference refers to.
//!
//! A reference may refer to any object of the document. The later stages know references to components
//! only, as openapiv3 does: this stage moves each other object that is referred to into the components
//! under a name of its own, once, leaves a reference in its place, and rewrites the references. The nodes
//! keep their spans. References that do not resolve stay as they are; the check reports them.

mod names;
mod resolve;

use std::cmp::Reverse;

use indexmap::IndexMap;

use crate::openapi::object_model::{FieldType, Object};
use crate::openapi::objects::{MEDIA_TYPE, OPENAPI, PATH_ITEM, SCHEMA};
use crate::openapi::reference::component_name;
use crate::problem::{At, Problem};
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node, NodeKind};
use names::Names;
use resolve::{Kind, Resolver, is_component, kind};

/// Moves every object that a reference refers to into the components, and the problems, which have their spans
/// already, with them.
pub(crate) fn link(root: &mut Node, problems: &mut [Problem]) {
    let mut linker = Linker {
        resolver: Resolver::new(root),
        uses: Vec::new(),
        inlined: Vec::new(),
        targets: IndexMap::new(),
    };
    let at = Pointer::root();
    linker.object(root, &LazyPointer::To(&at), &OPENAPI);
    let mut next = 0;
    while let Some((target, object)) = linker.targets.get_index(next) {
        let (target, object) = (target.clone(), *object);
        next += 1;
        // The walk from the root passes by what is in no object of the specification.
        if !matches!(kind(&target), Kind::Object(_))
            && let Some(node) = root.at(&target)
        {
            linker.object(node, &LazyPointer::To(&target), object);
        }
    }
    let Linker {
        uses,
        inlined,
        targets,
        ..
    } = linker;
    if uses.is_empty() && inlined.is_empty() {
        return;
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
        if let Some(node) = root.at_mut(&at)
            && let NodeKind::Scalar { text, .. } = &mut node.kind
        {
            *text = reference_to(reference);
        }
    }
    for problem in problems {
        if let At::Span(place, _) = &mut problem.at
            && let Some(moved) = moved(place, &components)
        {
            *place = moved;
        }
    }
    move_targets(root, components);
    for (at, target) in &inlined {
        inline(root, at, target);
    }
    for (_, target) in inlined {
        // No reference refers to the original any more.
        if is_component(&target, "pathItems") || is_component(&target, "mediaTypes") {
            root.remove(&target);
        }
    }
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
    resolver: Resolver<'a>,
    /// The places of the references to rewrite, and what they refer to.
    uses: Vec<(Pointer, Pointer)>,
    /// The objects to replace with copies, and of what.
    inlined: Vec<(Pointer, Pointer)>,
    /// The objects that are to become components.
    targets: IndexMap<Pointer, &'static Object>,
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
        if let Some(text) = reference(node)
            && !is_inlined(object)
        {
            self.reference(text, &at.child("$ref"), object);
        }
        self.object(node, at, object);
    }

    fn object(&mut self, node: &Node, at: &LazyPointer<'_>, object: &'static Object) {
        if let Some(text) = reference(node)
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
        if let Some(target) = self.resolver.end(text, &at, object)
            && self.resolver.is_object(&target)
        {
            self.inlined.push((at, target));
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
        if component_name(text, section).is_some() {
            return;
        }
        let at = at.pointer();
        let Some(target) = self.resolver.end(text, &at, object) else {
            return;
        };
        if !is_component(&target, section) {
            self.targets.insert(target.clone(), object);
        }
        self.uses.push((at, target));
    }
}

/// Whether a reference to such an object is replaced with a copy of the object.
fn is_inlined(object: &Object) -> bool {
    object.is(&PATH_ITEM) || object.is(&MEDIA_TYPE)
}

/// The text of a Reference Object.
fn reference(node: &Node) -> Option<&str> {
    node.value("$ref")?.string()
}
