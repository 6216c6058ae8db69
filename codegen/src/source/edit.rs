//! Changes of the tree.

use std::ops::Range;

use super::pointer::Pointer;
use super::scalar::Scalar;
use super::tree::{Entry, Mapping, Node, NodeKind};

pub(crate) fn entry(key: impl Into<String>, key_span: &Range<usize>, value: Node) -> Entry {
    Entry {
        key: key.into(),
        key_span: key_span.clone(),
        value,
    }
}

impl Node {
    /// Moves all spans by a number of bytes.
    pub(super) fn shift(&mut self, bytes: usize) {
        let shift = |span: &mut Range<usize>| *span = span.start + bytes..span.end + bytes;
        shift(&mut self.span);
        match &mut self.kind {
            NodeKind::Mapping(mapping) => {
                for entry in mapping.entries_mut() {
                    shift(&mut entry.key_span);
                    entry.value.shift(bytes);
                }
            }
            NodeKind::Sequence(items) => items.iter_mut().for_each(|item| item.shift(bytes)),
            NodeKind::Scalar { .. } => {}
        }
    }

    /// As [`Self::at`], to change the node.
    pub(crate) fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        pointer
            .keys()
            .try_fold(self, |node, key| match &mut node.kind {
                NodeKind::Mapping(mapping) => Some(&mut mapping.get_mut(&key)?.value),
                NodeKind::Sequence(items) => items.get_mut(key.parse::<usize>().ok()?),
                NodeKind::Scalar { .. } => None,
            })
    }

    /// A node at the place of this one.
    pub(crate) fn with(&self, kind: NodeKind) -> Node {
        Node {
            span: self.span.clone(),
            kind,
        }
    }

    pub(crate) fn with_scalar(&self, text: &str, value: Scalar) -> Node {
        let text = text.to_owned();
        self.with(NodeKind::Scalar { text, value })
    }

    pub(crate) fn with_text(&self, text: &str) -> Node {
        self.with_scalar(text, Scalar::String)
    }

    pub(crate) fn with_entries(&self, entries: Vec<Entry>) -> Node {
        self.with(NodeKind::Mapping(Mapping::new(entries)))
    }

    pub(crate) fn with_items(&self, items: Vec<Node>) -> Node {
        self.with(NodeKind::Sequence(items))
    }

    /// The value under a key, if this is a mapping: an empty object if there is none.
    pub(crate) fn value_or_insert(&mut self, key: &str) -> Option<&mut Node> {
        if self.get(key).is_none() {
            let span = self.span.start..self.span.start;
            let kind = NodeKind::Mapping(Mapping::default());
            let value = Node {
                span: span.clone(),
                kind,
            };
            self.extend(vec![entry(key, &span, value)]);
        }
        match &mut self.kind {
            NodeKind::Mapping(mapping) => Some(&mut mapping.get_mut(key)?.value),
            NodeKind::Scalar { .. } | NodeKind::Sequence(_) => None,
        }
    }

    /// Adds entries, if this is a mapping.
    pub(crate) fn extend(&mut self, entries: Vec<Entry>) {
        if let NodeKind::Mapping(mapping) = &mut self.kind {
            let mut all = std::mem::take(mapping).into_entries();
            all.extend(entries);
            *mapping = Mapping::new(all);
        }
    }

    /// Removes the entry of an object that a pointer refers to.
    pub(crate) fn remove(&mut self, pointer: &Pointer) {
        let parent = pointer.parent().and_then(|parent| self.at_mut(&parent));
        if let (Some(parent), Some(key)) = (parent, pointer.keys().last()) {
            parent.retain(|other| other != key);
        }
    }

    /// Keeps the entries with these keys, if this is a mapping.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        if let NodeKind::Mapping(mapping) = &mut self.kind {
            let mut entries = std::mem::take(mapping).into_entries();
            entries.retain(|entry| is_kept(&entry.key));
            *mapping = Mapping::new(entries);
        }
    }
}
