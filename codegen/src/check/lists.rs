//! Lists that say the same twice, and tags that are declared or used alone.

use std::collections::HashSet;

use super::Checker;
use super::shape::scalar;
use super::suggest::nearest;
use crate::code::Code;
use crate::problem::At;
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

impl<'a> Checker<'a> {
    /// Says which items of a list are there already; they are compared as a whole, or by a key.
    pub(super) fn listed_twice(
        &mut self,
        holder: &'a Node,
        at: &Pointer,
        key: &'static str,
        by: Option<&str>,
    ) {
        let part = |item: &'a Node| match by {
            Some(key) => item.get(key).map(|entry| &entry.value),
            None => Some(item),
        };
        let items = holder.items_of(key).iter().enumerate();
        let items: Vec<(usize, &Node)> = items
            .filter_map(|(index, item)| Some((index, part(item)?)))
            .collect();
        for (count, (index, item)) in items.iter().enumerate() {
            if items[..count].iter().any(|(_, other)| same(other, item)) {
                let message = match scalar(item) {
                    Some((text, _)) => format!("`{key}` has `{text}` twice"),
                    None => format!("`{key}` has this twice"),
                };
                let item = at.child(key).child(index);
                let place = match by {
                    Some(by) => At::Value(item.child(by)),
                    None => At::Key(item),
                };
                let label = "it is already in the list";
                let help = "keep one of the two";
                self.report(Code::ListedTwice, message, place, label, help);
            }
        }
    }

    /// Where tags are declared at all, those that operations have and those that are declared are
    /// the same.
    pub(super) fn check_tags(&mut self, operations: &[(Pointer, &'a Entry)]) {
        let name = |tag: &'a Node| match scalar(tag) {
            Some((name, Scalar::String)) => Some(name),
            _ => None,
        };
        let tags = Pointer::root().child("tags");
        let declared = self.root.items_of("tags").iter().enumerate();
        let declared: Vec<(&str, At)> = declared
            .filter_map(|(index, tag)| {
                let at = At::Value(tags.child(index).child("name"));
                Some((name(&tag.get("name")?.value)?, at))
            })
            .collect();
        if declared.is_empty() {
            return;
        }
        let mut used = HashSet::new();
        let own = operations.iter().flat_map(|(at, operation)| {
            let tags = operation.value.items_of("tags").iter().enumerate();
            tags.map(move |(index, tag)| (tag, At::Value(at.child("tags").child(index))))
        });
        for (tag, place) in own.filter_map(|(tag, at)| Some((name(tag)?, at))) {
            if declared.iter().any(|(name, _)| *name == tag) {
                used.insert(tag);
                continue;
            }
            let help = match nearest(tag, declared.iter().map(|(name, _)| *name)) {
                Some(meant) => {
                    used.insert(meant);
                    format!("did you mean `{meant}`?")
                }
                None => "declare it there".to_owned(),
            };
            let message = format!("the tag `{tag}` is not declared");
            let label = "there is no such entry under `tags` at the top";
            self.report(Code::UnmatchedTag, message, place, label, &help);
        }
        for (tag, place) in declared {
            if used.insert(tag) {
                let message = format!("the tag `{tag}` is not used");
                let label = "no operation has it";
                let help = "take it out, or give it to an operation";
                self.report(Code::UnmatchedTag, message, place, label, help);
            }
        }
    }
}

/// Whether two values are the same JSON.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Mapping(entries), NodeKind::Mapping(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|entry| {
                    let other = other.get(&entry.key);
                    other.is_some_and(|other| same(&entry.value, &other.value))
                })
        }
        (NodeKind::Sequence(items), NodeKind::Sequence(others)) => {
            let mut pairs = items.iter().zip(others);
            items.len() == others.len() && pairs.all(|(item, other)| same(item, other))
        }
        _ => scalar(one).is_some() && scalar(one) == scalar(other),
    }
}
