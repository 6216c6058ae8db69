//! Makes a component of everything that a reference refers to.
//!
//! A reference may refer to any object of the document. The later stages know references to components
//! only, as openapiv3 does: this stage moves each other object that is referred to into the components
//! under a name of its own, once, leaves a reference in its place, and rewrites the references. The nodes
//! keep their spans. References that do not resolve stay as they are; the check reports them.

mod files;
mod names;
mod resolve;
mod walk;

use std::cmp::Reverse;

use indexmap::IndexMap;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::options::Files;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{MAX_COPIES, Node, NodeKind, Source, entry};
use files::Loaded;
use names::Names;
use resolve::{Kind, is_component, kind};
use walk::Found;

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
            return Err(source.diagnostics(vec![problem]));
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
    let Found {
        texts,
        uses,
        inlined,
        targets,
    } = walk::walk(root, files, problems);
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
    Some(components[target].join(&rest))
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
    format!("#{}", pointer.as_str().replace('%', "%25"))
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
                let text = node.with_text(&reference_to(&component));
                let reference = node.with_entries(vec![entry("$ref", &node.span, text)]);
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
            entries.push(entry(name(&component), &key_span, value));
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
