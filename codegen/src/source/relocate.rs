//! Where the places of problems are after the tree has been rewritten.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Node;
use super::pointer::{LazyPointer, Pointer};
use crate::problem::{At, Problem};

/// The nodes with each of these spans.
type Places = HashMap<Range<usize>, Vec<Pointer>>;

/// Moves problems, whose spans are known, to their places in a tree that was made from theirs. There, each
/// node has the span of what it was made from. A problem of a node that is gone moves to the node around it.
pub(crate) fn relocate(problems: Vec<Problem>, from: &Node, to: &Node) -> Vec<Problem> {
    let mut places = Places::new();
    for problem in &problems {
        places.extend(spans(from, problem.at.pointer()).map(|span| (span, Vec::new())));
    }
    find(to, &LazyPointer::To(&Pointer::root()), &mut places);
    // Copies of a node have the same places.
    let mut seen = HashSet::new();
    let mut relocated = Vec::new();
    for problem in problems {
        let At::Span(at, span) = &problem.at else {
            continue;
        };
        let found = spans(from, at).find_map(|around| {
            let places = places.get(&around)?;
            (!places.is_empty()).then_some(places)
        });
        if seen.insert((span.clone(), problem.code, problem.message.clone())) {
            let places = found.into_iter().flatten();
            relocated.extend(places.map(|place| {
                let at = At::Span(place.clone(), span.clone());
                problem.clone().at(at)
            }));
        }
    }
    relocated
}

/// The spans of a node and of those around it, from the inside out.
fn spans(root: &Node, pointer: &Pointer) -> impl Iterator<Item = Range<usize>> {
    let mut spans = vec![root.span.clone()];
    let mut node = root;
    for key in pointer.keys() {
        let Some(child) = node.child(&key) else { break };
        spans.push(child.span.clone());
        node = child;
    }
    spans.into_iter().rev()
}

fn find(node: &Node, at: &LazyPointer<'_>, places: &mut Places) {
    if let Some(found) = places.get_mut(&node.span) {
        found.push(at.pointer());
    }
    for entry in node.entries() {
        find(&entry.value, &at.child(&entry.key), places);
    }
    for (index, item) in node.items().iter().enumerate() {
        find(item, &at.item(index), places);
    }
}
