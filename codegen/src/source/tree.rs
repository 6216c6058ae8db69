//! The tree of nodes that a description is read into.

use std::ops::{Deref, Range};

use super::pointer::Pointer;
use super::scalar::Scalar;

/// A value of the description.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The bytes of the text that the value was read from.
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Scalar { text: String, value: Scalar },
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Node,
}

/// The entries of an object, in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mapping {
    entries: Vec<Entry>,
    /// The indexes of the entries, sorted by key; empty if there are only a few entries.
    sorted: Vec<u32>,
}

/// Up to this number of entries, a key is found faster by comparing it with each.
const FEW: usize = 8;

impl Mapping {
    pub(crate) fn new(entries: Vec<Entry>) -> Self {
        let mut sorted = Vec::new();
        // The size of a description is limited, so that every index fits.
        if let (true, Ok(count)) = (entries.len() > FEW, u32::try_from(entries.len())) {
            sorted.extend(0..count);
            sorted.sort_by_key(|index| entries[*index as usize].key.as_str());
        }
        Mapping { entries, sorted }
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.index(key)?)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        let index = self.index(key)?;
        self.entries.get_mut(index)
    }

    fn index(&self, key: &str) -> Option<usize> {
        if self.sorted.is_empty() {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        let key_at = |index: &u32| self.entries[*index as usize].key.as_str();
        let at = self.sorted.binary_search_by_key(&key, key_at).ok()?;
        Some(self.sorted[at] as usize)
    }

    /// Returns the entries, to change what they span.
    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Returns each key with its value, to change the value.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let entries = self.entries.iter_mut();
        entries.map(|entry| (entry.key.as_str(), &mut entry.value))
    }

    /// Each entry whose key an earlier entry has too, with that entry.
    pub(super) fn duplicates(&self) -> Vec<(&Entry, &Entry)> {
        let mut duplicates = Vec::new();
        if self.sorted.is_empty() {
            for (index, entry) in self.entries.iter().enumerate() {
                let mut earlier = self.entries[..index].iter();
                duplicates.extend(
                    earlier
                        .find(|earlier| earlier.key == entry.key)
                        .map(|earlier| (earlier, entry)),
                );
            }
        }
        // The sort is stable: equal keys are in the order of the text.
        for pair in self.sorted.windows(2) {
            let [earlier, entry] = [pair[0], pair[1]].map(|index| &self.entries[index as usize]);
            if earlier.key == entry.key {
                duplicates.push((earlier, entry));
            }
        }
        duplicates
    }
}

impl Deref for Mapping {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

impl<'m> IntoIterator for &'m Mapping {
    type Item = &'m Entry;
    type IntoIter = std::slice::Iter<'m, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl Node {
    /// Returns the node that a pointer refers to, starting from this one.
    pub(crate) fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer.steps().try_fold(self, |node, key| node.child(&key))
    }

    /// The bytes of the key that a pointer ends with, or of the value.
    pub(super) fn span_of(&self, pointer: &Pointer) -> Range<usize> {
        let span = || self.at(pointer).unwrap_or(self).span.clone();
        self.key_span(pointer).unwrap_or_else(span)
    }

    /// The bytes of the key that a pointer ends with, if the pointer refers to an entry of an object.
    pub(crate) fn key_span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let key = pointer.keys().last()?;
        let entry = self.at(&pointer.parent()?)?.get(&key)?;
        Some(entry.key_span.clone())
    }

    /// Number of values in this one, itself included, and how deep they are nested.
    pub(crate) fn size(&self) -> (usize, usize) {
        let entries = self.entries().iter().map(|entry| &entry.value);
        let children = entries.chain(self.items());
        children.fold((1, 1), |(count, depth), child| {
            let (own, deep) = child.size();
            (count + own, depth.max(deep + 1))
        })
    }

    /// Whether another value is the same, wherever it is written.
    pub(crate) fn is_same(&self, other: &Node) -> bool {
        match (&self.kind, &other.kind) {
            (NodeKind::Mapping(own), NodeKind::Mapping(others)) => {
                let mut pairs = own.iter().zip(others);
                own.len() == others.len()
                    && pairs.all(|(a, b)| a.key == b.key && a.value.is_same(&b.value))
            }
            (NodeKind::Sequence(own), NodeKind::Sequence(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(a, b)| a.is_same(b))
            }
            _ => self.scalar().is_some() && self.scalar() == other.scalar(),
        }
    }

    /// The value under a key, or the item with that index.
    pub(crate) fn child(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Mapping(entries) => Some(&entries.get(key)?.value),
            NodeKind::Sequence(items) => items.get(key.parse::<usize>().ok()?),
            NodeKind::Scalar { .. } => None,
        }
    }

    /// The entries, if this is a mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Mapping(entries) => entries,
            NodeKind::Scalar { .. } | NodeKind::Sequence(_) => &[],
        }
    }

    /// The items, if this is a sequence.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            NodeKind::Scalar { .. } | NodeKind::Mapping(_) => &[],
        }
    }

    /// The text and the type of a scalar.
    pub(crate) fn scalar(&self) -> Option<(&str, Scalar)> {
        match &self.kind {
            NodeKind::Scalar { text, value } => Some((text, *value)),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        Some(self.scalar()?.0)
    }

    /// The text of a string.
    pub(crate) fn string(&self) -> Option<&str> {
        match self.scalar()? {
            (text, Scalar::String) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.scalar()? {
            (_, Scalar::Boolean(value)) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.scalar(), Some((_, Scalar::Null)))
    }

    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.kind, NodeKind::Mapping(_))
    }

    /// The value under a key.
    pub(crate) fn value(&self, key: &str) -> Option<&Node> {
        self.get(key).map(|entry| &entry.value)
    }

    /// The entries of the mapping under a key, if there is one.
    pub(crate) fn entries_of(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[], |entry| entry.value.entries())
    }

    /// The items of the sequence under a key, if there is one.
    pub(crate) fn items_of(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], |entry| entry.value.items())
    }

    /// The value under a key, if this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Mapping(entries) => entries.get(key),
            NodeKind::Scalar { .. } | NodeKind::Sequence(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Mapping, Node, NodeKind};

    fn mapping(keys: impl IntoIterator<Item = String>) -> Mapping {
        let entries = keys.into_iter().enumerate();
        let entries = entries.map(|(index, key)| Entry {
            key,
            key_span: index..index,
            value: Node {
                span: 0..0,
                kind: NodeKind::Sequence(Vec::new()),
            },
        });
        Mapping::new(entries.collect())
    }

    #[test]
    fn keys_are_found_in_few_entries_and_in_many() {
        for count in [0, 1, 8, 9, 100] {
            let mapping = mapping((0..count).map(|index| format!("key {index}")));
            for index in 0..count {
                let found = mapping.get(&format!("key {index}"));
                assert_eq!(found.map(|entry| entry.key_span.start), Some(index));
            }
            assert!(mapping.get("key").is_none());
            assert!(mapping.duplicates().is_empty(), "{count}");
        }
    }

    #[test]
    fn duplicates_are_found_in_few_entries_and_in_many() {
        for more in [0, 100] {
            let few = ["a", "b", "a", "b", "a"].map(str::to_owned);
            let many = (0..more).map(|index| index.to_string());
            let mapping = mapping(few.into_iter().chain(many));
            let mut found: Vec<usize> = mapping
                .duplicates()
                .iter()
                .map(|(_, entry)| entry.key_span.start)
                .collect();
            found.sort_unstable();
            assert_eq!(found, [2, 3, 4], "{more}");
        }
    }
}
