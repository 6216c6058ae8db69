//! The walk over the objects of a document.

use super::object_model::{FieldType, Object};
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind};

/// Calls `visit` with an object and its location and, if that returns true, with each object in it.
pub(crate) fn walk<'n>(
    node: &'n Node,
    at: &LazyPointer<'_>,
    object: &'static Object,
    visit: &mut impl FnMut(&'n Node, &LazyPointer<'_>, &'static Object) -> bool,
) {
    if node.is_mapping() && visit(node, at, object) {
        for entry in node.entries() {
            if let Some(inner) = object.child(&entry.key) {
                walk_value(&entry.value, &at.child(&entry.key), inner, visit);
            }
        }
    }
}

fn walk_value<'n>(
    node: &'n Node,
    at: &LazyPointer<'_>,
    expected: &'static FieldType,
    visit: &mut impl FnMut(&'n Node, &LazyPointer<'_>, &'static Object) -> bool,
) {
    if let Some(object) = expected.object() {
        return walk(node, at, object, visit);
    }
    match (expected, &node.kind) {
        (FieldType::List(inner), NodeKind::Sequence(items)) => {
            for (index, item) in items.iter().enumerate() {
                walk_value(item, &at.item(index), inner, visit);
            }
        }
        (FieldType::Map(inner) | FieldType::Content(inner), NodeKind::Mapping(entries)) => {
            for entry in entries {
                walk_value(&entry.value, &at.child(&entry.key), inner, visit);
            }
        }
        _ => {}
    }
}
