//! `$id`, `$anchor` and `$self`: references by them become references by JSON pointer.

use std::collections::HashMap;

use crate::source::Node;
use crate::source::pointer::{LazyPointer, Pointer};

/// What schemas are called, other than by their place.
#[derive(Default)]
struct Identifiers {
    /// The places of schemas with an `$id`, by their URI without a fragment; and the document, by `$self`.
    resources: HashMap<String, Pointer>,
    /// The places of schemas with an `$anchor`, by the place of the resource that they are in.
    anchors: HashMap<(Pointer, String), Pointer>,
}

/// The schema with an `$id` that a node is in, or the document.
struct Resource {
    uri: String,
    at: Pointer,
}

/// Rewrites the references of a document, before they are resolved.
pub(crate) fn rewrite(root: &mut Node) {
    let document = Resource {
        uri: text(root, "$self").unwrap_or_default().to_owned(),
        at: Pointer::root(),
    };
    let mut identifiers = Identifiers::default();
    identifiers
        .resources
        .insert(document.uri.clone(), Pointer::root());
    identifiers.collect(root, &LazyPointer::To(&Pointer::root()), &document);
    if identifiers.resources.len() > 1
        || !identifiers.anchors.is_empty()
        || !document.uri.is_empty()
    {
        let mut found = Vec::new();
        identifiers.resolve(
            root,
            &LazyPointer::To(&Pointer::root()),
            &document,
            root,
            &mut found,
        );
        for (at, target) in found {
            if let Some(reference) = root.at_mut(&at) {
                let text = format!("#{}", target.as_str().replace('%', "%25"));
                *reference = reference.with_text(&text);
            }
        }
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.value(key)?.string()
}

/// The resource that a node is in: a new one, if it has an `$id`.
fn resource_of(node: &Node, at: &LazyPointer<'_>, around: &Resource) -> Option<Resource> {
    let id = text(node, "$id")?;
    Some(Resource {
        uri: joined(&around.uri, id.trim_end_matches('#')),
        at: at.pointer(),
    })
}

impl Identifiers {
    fn collect(&mut self, node: &Node, at: &LazyPointer<'_>, around: &Resource) {
        let own = resource_of(node, at, around);
        if let Some(own) = &own {
            self.resources.insert(own.uri.clone(), own.at.clone());
        }
        let resource = own.as_ref().unwrap_or(around);
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = text(node, key) {
                let key = (resource.at.clone(), anchor.to_owned());
                self.anchors.insert(key, at.pointer());
            }
        }
        for entry in node.entries() {
            self.collect(&entry.value, &at.child(&entry.key), resource);
        }
        for (index, item) in node.items().iter().enumerate() {
            self.collect(item, &at.item(index), resource);
        }
    }

    /// Finds the references to rewrite: where each is, and what it refers to.
    fn resolve(
        &self,
        node: &Node,
        at: &LazyPointer<'_>,
        around: &Resource,
        root: &Node,
        found: &mut Vec<(Pointer, Pointer)>,
    ) {
        let own = resource_of(node, at, around);
        let resource = own.as_ref().unwrap_or(around);
        if let Some(reference) = text(node, "$ref")
            && let Some(target) = self.target(reference, resource, root)
        {
            found.push((at.child("$ref").pointer(), target));
        }
        for entry in node.entries() {
            self.resolve(&entry.value, &at.child(&entry.key), resource, root, found);
        }
        for (index, item) in node.items().iter().enumerate() {
            self.resolve(item, &at.item(index), resource, root, found);
        }
    }

    fn target(&self, reference: &str, resource: &Resource, root: &Node) -> Option<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let start = match uri {
            "" => &resource.at,
            uri => self.resources.get(&joined(&resource.uri, uri))?,
        };
        if fragment.is_empty() {
            return Some(start.clone());
        }
        if !fragment.starts_with('/') {
            return self
                .anchors
                .get(&(start.clone(), fragment.to_owned()))
                .cloned();
        }
        let inner = Pointer::of_text(fragment);
        let target = start.join(&inner);
        root.at(&target).is_some().then_some(target)
    }
}

/// A URI reference, relative to a URI. Without dot segments, which identifiers do not have.
fn joined(base: &str, reference: &str) -> String {
    let has_scheme = |text: &str| text.contains(':');
    let origin_end = base.find("://").map_or(0, |start| {
        let host = start + 3;
        base[host..]
            .find('/')
            .map_or(base.len(), |slash| host + slash)
    });
    let end = match reference {
        _ if has_scheme(reference) => 0,
        _ if reference.starts_with('/') => origin_end,
        _ => base.rfind('/').map_or(0, |slash| slash + 1),
    };
    format!("{}{reference}", &base[..end])
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn references_are_relative_to_the_uri_of_their_resource() {
        assert_eq!(
            joined("https://a.example/b/c", "d"),
            "https://a.example/b/d"
        );
        assert_eq!(joined("https://a.example/b/c", "/d"), "https://a.example/d");
        assert_eq!(joined("https://a.example", "/d"), "https://a.example/d");
        assert_eq!(joined("https://a.example/b", "urn:d"), "urn:d");
        assert_eq!(joined("", "task"), "task");
    }
}
