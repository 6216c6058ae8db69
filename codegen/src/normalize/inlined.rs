//! `components/pathItems` and `components/mediaTypes`: copied to where they are referred to.

use crate::openapi::reference::component_name;
use crate::source::{Entry, Node, NodeKind};

/// A chain of references that is longer than this is not followed.
const MAX_CHAIN: usize = 16;

/// A section of `components` that OpenAPI 3.0 does not have.
pub(super) struct Section {
    key: &'static str,
    entries: Vec<Entry>,
}

impl Section {
    /// Takes the section out of the document.
    pub(super) fn take(root: &mut Node, key: &'static str) -> Self {
        let mut section = Section {
            key,
            entries: Vec::new(),
        };
        if let NodeKind::Mapping(entries) = &mut root.kind
            && let Some((_, components)) =
                entries.values_mut().find(|(key, _)| *key == "components")
            && components.value(key).is_some()
        {
            components.rewrite(|components| {
                let taken = components.take(key);
                if let Some(NodeKind::Mapping(entries)) = taken.map(|entry| entry.value.kind) {
                    section.entries = entries.into_entries();
                }
            });
        }
        section
    }

    /// Replaces a reference by the entry that it refers to. The keys next to it stay.
    pub(super) fn inline(&self, node: &mut Node) {
        for _ in 0..MAX_CHAIN {
            let reference = node.value("$ref").and_then(Node::string);
            let name = reference.and_then(|reference| component_name(reference, self.key));
            let Some(target) = name.and_then(|name| self.entries.iter().find(|it| it.key == name))
            else {
                return;
            };
            node.rewrite(|draft| {
                draft.take("$ref");
                for entry in target.value.entries() {
                    if !draft.has(&entry.key) {
                        draft.push(entry.clone());
                    }
                }
            });
        }
    }
}
