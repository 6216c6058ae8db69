//! Lists that contain the same item twice.

use std::collections::HashSet;
use std::fmt::Write;

use super::Checker;
use crate::code::Code;
use crate::problem::At;
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind};

impl<'a> Checker<'a> {
    /// Reports the items of a list that occur before. Items are compared as a whole, or by a key.
    pub(super) fn check_duplicates(
        &mut self,
        holder: &'a Node,
        at: &Pointer,
        key: &'static str,
        by: Option<&str>,
    ) {
        let items = holder.items_of(key);
        if items.len() < 2 {
            return;
        }
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let Some(compared) = by.map_or(Some(item), |key| item.value(key)) else {
                continue;
            };
            if seen.insert(canonical(compared)) {
                continue;
            }
            let message = match compared.text() {
                Some(text) => format!("`{key}` contains `{text}` twice"),
                None => format!("`{key}` contains this item twice"),
            };
            let item = at.child(key).child(index);
            let place = match by {
                Some(by) => At::Value(item.child(by)),
                None => At::Key(item),
            };
            let label = "already in the list";
            self.report(
                Code::ListedTwice,
                message,
                place,
                label,
                "remove one of the two",
            );
        }
    }
}

/// A text that is equal for equal JSON values, whatever the order of keys.
pub(super) fn canonical(node: &Node) -> String {
    let mut text = String::new();
    write_canonical(node, &mut text);
    text
}

fn write_canonical(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Scalar { text, value } => {
            let _ = write!(out, "{value:?}{text:?}");
        }
        NodeKind::Sequence(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        NodeKind::Mapping(entries) => {
            let mut entries: Vec<&Entry> = entries.iter().collect();
            entries.sort_by_key(|entry| &entry.key);
            out.push('{');
            for entry in entries {
                let _ = write!(out, "{:?}:", entry.key);
                write_canonical(&entry.value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}
