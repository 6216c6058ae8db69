//! An object while it is rewritten, and the nodes that replace others.

use std::ops::Range;

pub(super) use crate::source::entry;
use crate::source::{Entry, Mapping, Node, NodeKind, Scalar};

/// The entries of an object while it is rewritten.
pub(super) struct Draft {
    entries: Vec<Entry>,
}

impl Draft {
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(&entry.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        Some(&mut entry.value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Adds an entry with another key than those that are there.
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Removes an entry.
    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }

    /// Removes the entries that `is_taken` selects.
    pub(super) fn take_all(&mut self, is_taken: impl Fn(&str) -> bool) -> Vec<Entry> {
        let entries = std::mem::take(&mut self.entries).into_iter();
        let (taken, kept) = entries.partition(|entry| is_taken(&entry.key));
        self.entries = kept;
        taken
    }

    /// Sets a key that is made from the entry of another one, whose place it gets.
    pub(super) fn put(&mut self, key: &str, from: &Range<usize>, value: Node) {
        self.take(key);
        self.entries.push(entry(key, from, value));
    }
}

impl Node {
    /// Rewrites the entries, if this is an object.
    pub(super) fn rewrite(&mut self, rewrite: impl FnOnce(&mut Draft)) {
        if let NodeKind::Mapping(entries) = &mut self.kind {
            let mut draft = Draft {
                entries: std::mem::take(entries).into_entries(),
            };
            rewrite(&mut draft);
            *entries = Mapping::new(draft.entries);
        }
    }

    pub(super) fn with_true(&self) -> Node {
        self.with_scalar("true", Scalar::Boolean(true))
    }

    /// A schema whose values match one of these, none of them twice.
    pub(super) fn with_any_of(&self, alternatives: Vec<Node>) -> Node {
        let mut distinct: Vec<Node> = Vec::new();
        for alternative in alternatives {
            if !distinct.iter().any(|other| other.is_same(&alternative)) {
                distinct.push(alternative);
            }
        }
        match distinct.len() {
            1 => distinct.remove(0),
            _ => {
                let list = self.with_items(distinct);
                self.with_entries(vec![entry("anyOf", &self.span, list)])
            }
        }
    }
}
