//! How the parts of a description are read that OpenAPI does not allow. The check notes a reading
//! beside each problem that needs one. They are applied to a copy of the tree, so that the places of
//! later problems are those of the text.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::{Entry, Mapping, Node, NodeKind, Scalar};

/// What is read in place of a node.
pub(crate) enum Reading<'a> {
    /// Nothing, as if its key or the item were absent.
    Absent,
    Text(String),
    Boolean(bool),
    /// Another node, as it is written.
    Node(&'a Node),
    List(Vec<Reading<'a>>),
    Object(Vec<(String, Reading<'a>)>),
}

/// The readings of a description.
#[derive(Default)]
pub(crate) struct Readings<'a> {
    nodes: HashMap<*const Node, Reading<'a>>,
    /// Entries that objects get, and items that lists get, apart from those they have.
    added: HashMap<*const Node, Vec<(String, Reading<'a>)>>,
}

impl<'a> Readings<'a> {
    /// Notes what is read in place of a node.
    pub(crate) fn read(&mut self, node: &Node, reading: Reading<'a>) {
        self.nodes.insert(node, reading);
    }

    /// Adds an entry to an object. It replaces an entry with the same key.
    pub(crate) fn add(&mut self, object: &Node, key: &str, reading: Reading<'a>) {
        let entries = self.added.entry(object).or_default();
        entries.push((key.to_owned(), reading));
    }

    /// Adds an item at the end of a list.
    pub(crate) fn append(&mut self, list: &Node, reading: Reading<'a>) {
        self.add(list, "", reading);
    }

    pub(crate) fn is_absent(&self, node: &Node) -> bool {
        matches!(self.of(node), Some(Reading::Absent))
    }

    fn of(&self, node: &Node) -> Option<&Reading<'a>> {
        self.nodes.get(&std::ptr::from_ref(node))
    }

    /// The tree as it is read, which is a copy only if that differs from how it is written.
    pub(crate) fn apply<'n>(&self, root: &'n Node) -> Cow<'n, Node> {
        match self.nodes.is_empty() && self.added.is_empty() {
            true => Cow::Borrowed(root),
            false => Cow::Owned(self.written(root)),
        }
    }

    fn node(&self, node: &Node) -> Node {
        match self.of(node) {
            Some(reading) => self.reading(reading, node),
            None => self.written(node),
        }
    }

    /// A reading with the span of a node.
    fn reading(&self, reading: &Reading<'_>, at: &Node) -> Node {
        let scalar = |text: &str, value| {
            let text = text.to_owned();
            at.with(NodeKind::Scalar { text, value })
        };
        match reading {
            Reading::Absent => scalar("", Scalar::Null),
            Reading::Text(text) => scalar(text, Scalar::String),
            Reading::Boolean(value) => scalar(&value.to_string(), Scalar::Boolean(*value)),
            Reading::Node(node) => self.written(node),
            Reading::List(items) => {
                at.with_items(items.iter().map(|item| self.reading(item, at)).collect())
            }
            Reading::Object(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, reading)| self.entry(key, reading, at));
                at.with_entries(entries.collect())
            }
        }
    }

    fn entry(&self, key: &str, reading: &Reading<'_>, at: &Node) -> Entry {
        Entry {
            key: key.to_owned(),
            key_span: at.span.clone(),
            value: self.reading(reading, at),
        }
    }

    /// A node with the readings of what is in it.
    fn written(&self, node: &Node) -> Node {
        let added = self.added.get(&std::ptr::from_ref(node));
        let added = added.map_or(&[][..], Vec::as_slice);
        node.with(match &node.kind {
            NodeKind::Mapping(entries) => {
                let is_replaced = |key: &str| added.iter().any(|(added, _)| added == key);
                let kept = entries
                    .iter()
                    .filter(|entry| !self.is_absent(&entry.value) && !is_replaced(&entry.key));
                let kept = kept.map(|entry| Entry {
                    key: entry.key.clone(),
                    key_span: entry.key_span.clone(),
                    value: self.node(&entry.value),
                });
                let added = added.iter().map(|(key, it)| self.entry(key, it, node));
                NodeKind::Mapping(Mapping::new(kept.chain(added).collect()))
            }
            NodeKind::Sequence(items) => {
                let kept = items.iter().filter(|item| !self.is_absent(item));
                let kept = kept.map(|item| self.node(item));
                let added = added.iter().map(|(_, it)| self.reading(it, node));
                NodeKind::Sequence(kept.chain(added).collect())
            }
            scalar @ NodeKind::Scalar { .. } => scalar.clone(),
        })
    }
}
