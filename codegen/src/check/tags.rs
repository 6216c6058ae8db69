//! Tags: if any are declared, operations use exactly the declared ones.

use std::collections::{HashMap, HashSet};

use super::Checker;
use super::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::problem::At;
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node};

impl<'a> Checker<'a> {
    pub(super) fn check_tags(&mut self, operations: &[(Pointer, &'a Entry)]) {
        let tags = Pointer::root().child("tags");
        let declared: Vec<(&str, At)> = self
            .root
            .items_of("tags")
            .iter()
            .enumerate()
            .filter_map(|(index, tag)| {
                let at = At::Value(tags.child(index).child("name"));
                Some((tag.value("name")?.string()?, at))
            })
            .collect();
        if declared.is_empty() {
            return;
        }
        let names: HashSet<&str> = declared.iter().map(|(name, _)| *name).collect();
        let mut used = HashSet::new();
        // Help for an undeclared tag, which operations often share.
        let mut intended: HashMap<&str, Option<&str>> = HashMap::new();
        for (at, operation) in operations {
            for (index, tag) in operation.value.items_of("tags").iter().enumerate() {
                let Some(tag) = Node::string(tag) else {
                    continue;
                };
                if names.contains(tag) {
                    used.insert(tag);
                    continue;
                }
                let candidates = || declared.iter().map(|(name, _)| *name);
                let meant = *intended
                    .entry(tag)
                    .or_insert_with(|| nearest(tag, candidates()));
                used.extend(meant);
                let help = meant_or(meant, "declare it in the top-level `tags`");
                let message = format!("the tag `{tag}` is not declared");
                let place = At::Value(at.child("tags").child(index));
                let label = "no such entry in the `tags` at the top level";
                self.report(Code::UnmatchedTag, message, place, label, &help);
            }
        }
        for (tag, place) in declared {
            if used.insert(tag) {
                let message = format!("the tag `{tag}` is not used");
                let label = "no operation has this tag";
                let help = "remove it, or add it to an operation";
                self.report(Code::UnmatchedTag, message, place, label, help);
            }
        }
    }
}
