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
    let start = Pointer::root();
    let start = LazyPointer::To(&start);
    let mut identifiers = Identifiers::default();
    let resources = &mut identifiers.resources;
    resources.insert(document.uri.clone(), Pointer::root());
    walk(root, &start, &document, &mut |node, at, resource| {
        identifiers.collect(node, at, resource);
    });
    let has_resources = identifiers.resources.len() > 1 || !document.uri.is_empty();
    if !has_resources && identifiers.anchors.is_empty() {
        return;
    }
    let mut found = Vec::new();
    walk(root, &start, &document, &mut |node, at, resource| {
        let reference = text(node, "$ref");
        let target = reference.and_then(|it| identifiers.target(it, resource, root));
        found.extend(target.map(|target| (at.child("$ref").pointer(), target)));
    });
    for (at, target) in found {
        if let Some(reference) = root.at_mut(&at) {
            let text = format!("#{}", target.as_str().replace('%', "%25"));
            *reference = reference.with_text(&text);
        }
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.value(key)?.string()
}

/// Calls `visit` with each node, its place and the resource that it is in.
fn walk(
    node: &Node,
    at: &LazyPointer<'_>,
    around: &Resource,
    visit: &mut impl FnMut(&Node, &LazyPointer<'_>, &Resource),
) {
    let own = text(node, "$id").map(|id| Resource {
        uri: joined(&around.uri, id.trim_end_matches('#')),
        at: at.pointer(),
    });
    let resource = own.as_ref().unwrap_or(around);
    visit(node, at, resource);
    for entry in node.entries() {
        walk(&entry.value, &at.child(&entry.key), resource, visit);
    }
    for (index, item) in node.items().iter().enumerate() {
        walk(item, &at.item(index), resource, visit);
    }
}

impl Identifiers {
    fn collect(&mut self, node: &Node, at: &LazyPointer<'_>, resource: &Resource) {
        if text(node, "$id").is_some() {
            self.resources
                .insert(resource.uri.clone(), resource.at.clone());
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = text(node, key) {
                let key = (resource.at.clone(), anchor.to_owned());
                self.anchors.insert(key, at.pointer());
            }
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
