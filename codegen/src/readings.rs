//! How the parts of a description are read that OpenAPI does not allow. The check notes a reading
//! beside each problem that needs one. With all readings applied, each object of the tree has the form that
//! OpenAPI defines. Each node keeps the span of what it is read from.

use std::collections::HashMap;

use crate::source::{Entry, Mapping, Node, NodeKind, Scalar, entry};

/// What is read in place of a node.
pub(crate) enum Reading<'a> {
    /// Nothing, as if its key or the item were absent.
    Absent,
    Text(String),
    Boolean(bool),
    /// Another node, as that is read.
    Node(&'a Node),
    /// A list with the node as its only item.
    ListOfOne,
    List(Vec<Reading<'a>>),
    Object(Vec<(&'a str, Reading<'a>)>),
}

/// The readings of a description.
#[derive(Default)]
pub(crate) struct Readings<'a> {
    nodes: HashMap<*const Node, Reading<'a>>,
    /// The keys that entries are read with, by their values.
    keys: HashMap<*const Node, String>,
    /// Entries that objects get, apart from those they have.
    added: HashMap<*const Node, Vec<(&'a str, Reading<'a>)>>,
}

impl<'a> Readings<'a> {
    /// Notes what is read in place of a node.
    pub(crate) fn read(&mut self, node: &Node, reading: Reading<'a>) {
        self.nodes.insert(node, reading);
    }

    /// Notes the key that is read in place of the key of a value.
    pub(crate) fn rename(&mut self, value: &Node, key: String) {
        self.keys.insert(value, key);
    }

    /// Adds an entry to an object. It replaces an entry with the same key.
    pub(crate) fn add(&mut self, object: &Node, key: &'a str, reading: Reading<'a>) {
        self.added.entry(object).or_default().push((key, reading));
    }

    pub(crate) fn is_absent(&self, node: &Node) -> bool {
        matches!(self.of(node), Some(Reading::Absent))
    }

    /// What is added to an object under a key.
    pub(crate) fn added(&self, object: &Node, key: &str) -> Option<&Reading<'a>> {
        let mut added = self.added.get(&std::ptr::from_ref(object))?.iter();
        Some(&added.find(|(other, _)| *other == key)?.1)
    }

    /// The text under a key of an object, as it is read.
    pub(crate) fn text<'t>(&'t self, object: &'t Node, key: &str) -> Option<&'t str> {
        let value = object.value(key);
        let reading = self.added(object, key).or_else(|| self.of(value?));
        match reading {
            Some(Reading::Text(text)) => Some(text),
            Some(_) => None,
            None => value?.string(),
        }
    }

    /// How a node is read, if that is another way than it is written.
    pub(crate) fn of(&self, node: &Node) -> Option<&Reading<'a>> {
        self.nodes.get(&std::ptr::from_ref(node))
    }

    /// The tree as it is read, if that differs from how it is written.
    pub(crate) fn apply(&self, root: &Node) -> Option<Node> {
        let is_changed = !self.nodes.is_empty() || !self.keys.is_empty() || !self.added.is_empty();
        is_changed.then(|| self.written(root))
    }

    fn key<'k>(&'k self, entry: &'k Entry) -> &'k String {
        let renamed = self.keys.get(&std::ptr::from_ref(&entry.value));
        renamed.unwrap_or(&entry.key)
    }

    fn node(&self, node: &Node) -> Node {
        match self.of(node) {
            Some(reading) => self.reading(reading, node),
            None => self.written(node),
        }
    }

    /// A reading with the span of a node.
    fn reading(&self, reading: &Reading<'_>, at: &Node) -> Node {
        match reading {
            Reading::Absent => at.with_scalar("", Scalar::Null),
            Reading::Text(text) => at.with_scalar(text, Scalar::String),
            Reading::Boolean(value) => at.with_scalar(&value.to_string(), Scalar::Boolean(*value)),
            Reading::Node(node) => self.node(node),
            Reading::ListOfOne => at.with_items(vec![self.written(at)]),
            Reading::List(items) => {
                at.with_items(items.iter().map(|item| self.reading(item, at)).collect())
            }
            Reading::Object(entries) => {
                let is_read = |reading: &Reading<'_>| match reading {
                    Reading::Node(node) => !self.is_absent(node),
                    _ => true,
                };
                let entries = entries.iter().filter(|(_, reading)| is_read(reading));
                let entries =
                    entries.map(|(key, reading)| entry(*key, &at.span, self.reading(reading, at)));
                at.with_entries(entries.collect())
            }
        }
    }

    /// A node with the readings of what is in it.
    fn written(&self, node: &Node) -> Node {
        let added = self.added.get(&std::ptr::from_ref(node));
        let added = added.map_or(&[][..], Vec::as_slice);
        node.with(match &node.kind {
            NodeKind::Mapping(entries) => {
                let is_replaced = |key: &str| added.iter().any(|(added, _)| *added == key);
                let kept = entries
                    .iter()
                    .filter(|entry| !self.is_absent(&entry.value) && !is_replaced(&entry.key));
                let kept = kept.map(|it| entry(self.key(it), &it.key_span, self.node(&it.value)));
                let added = added.iter();
                let added = added.map(|(key, it)| entry(*key, &node.span, self.reading(it, node)));
                NodeKind::Mapping(Mapping::new(kept.chain(added).collect()))
            }
            NodeKind::Sequence(items) => {
                let kept = items.iter().filter(|item| !self.is_absent(item));
                NodeKind::Sequence(kept.map(|item| self.node(item)).collect())
            }
            scalar @ NodeKind::Scalar { .. } => scalar.clone(),
        })
    }
}
