//! Keys that OpenAPI 3.0 requires and a later version does not.

use super::draft::entry;
use crate::openapi::object_model::Object;
use crate::openapi::objects::{OPENAPI, OPERATION, RESPONSE};
use crate::source::Node;

pub(super) fn add(node: &mut Node, object: &Object) {
    let place = node.with_text("");
    let (key, value) = if object.is(&OPENAPI) {
        ("paths", place.with_entries(Vec::new()))
    } else if object.is(&OPERATION) {
        let description = entry("description", &place.span, place.with_text("Any response"));
        let response = place.with_entries(vec![description]);
        let responses = vec![entry("default", &place.span, response)];
        ("responses", place.with_entries(responses))
    } else if object.is(&RESPONSE) && node.get("$ref").is_none() {
        let summary = node.value("summary").cloned();
        ("description", summary.unwrap_or_else(|| place.clone()))
    } else {
        return;
    };
    if node.get(key).is_none() {
        node.rewrite(|draft| draft.put(key, &place.span, value));
    }
}
