//! Rewrites the constructs of OpenAPI 3.1 and 3.2 to their 3.0 form, in the tree. Each node keeps the span
//! of what it is made from, so that later stages report the text as written.
//!
//! What only checks values, such as `propertyNames` or `if`, stays in the tree: no later stage reads it.

mod bounds;
mod constants;
mod content;
mod documents;
mod draft;
mod patterns;
mod references;
mod tuples;
mod types;

use crate::openapi::object_model::{FieldType, KeyPattern, Object};
use crate::openapi::objects::{MEDIA_TYPE, OPENAPI, OPERATION, PATH_ITEM, RESPONSE, SCHEMA};
use crate::openapi::version::Version;
use crate::problem::Problem;
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node, NodeKind};
use draft::{Draft, entry};

/// Rewrites a document of this version. Returns what the client leaves out.
pub(crate) fn normalize(root: &mut Node, version: Version) -> Vec<Problem> {
    let mut normalizer = Normalizer {
        version,
        problems: Vec::new(),
    };
    normalizer.object(root, &LazyPointer::To(&Pointer::root()), &OPENAPI);
    normalizer.problems
}

struct Normalizer {
    version: Version,
    problems: Vec<Problem>,
}

impl Normalizer {
    fn value(&mut self, node: &mut Node, at: &LazyPointer<'_>, expected: &'static FieldType) {
        match (expected, &mut node.kind) {
            (FieldType::List(inner), NodeKind::Sequence(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.value(item, &at.item(index), inner);
                }
            }
            (FieldType::Map(inner), NodeKind::Mapping(entries)) => {
                for (key, value) in entries.values_mut() {
                    self.value(value, &at.child(key), inner);
                }
            }
            (FieldType::Content, NodeKind::Mapping(entries)) => {
                for (key, value) in entries.values_mut() {
                    self.object(value, &at.child(key), &MEDIA_TYPE);
                }
            }
            (FieldType::Object(object) | FieldType::OrReference(object), _) => {
                self.object(node, at, object);
            }
            (FieldType::BooleanOrSchema, NodeKind::Mapping(_)) => self.object(node, at, &SCHEMA),
            _ => {}
        }
    }

    /// Rewrites an object, and then what it contains.
    fn object(&mut self, node: &mut Node, at: &LazyPointer<'_>, object: &'static Object) {
        if object.is(&SCHEMA) {
            self.schema(node, at);
        } else if object.is(&OPENAPI) {
            self.document(node);
        } else if object.is(&OPERATION) {
            add_responses(node);
        }
        let NodeKind::Mapping(entries) = &mut node.kind else {
            return;
        };
        for (key, value) in entries.values_mut() {
            let at = at.child(key);
            let mut fields = object.fields.iter();
            match (fields.find(|field| field.key == key), &object.pattern) {
                (Some(field), _) => self.value(value, &at, &field.value),
                (None, Some(KeyPattern::Path | KeyPattern::Expression)) => {
                    self.object(value, &at, &PATH_ITEM);
                }
                (None, Some(KeyPattern::Status)) => self.object(value, &at, &RESPONSE),
                (None, None) => {}
            }
        }
    }

    fn document(&mut self, node: &mut Node) {
        let place = node.with_text("");
        if let NodeKind::Mapping(entries) = &mut node.kind {
            let mut document = Draft::new(std::mem::take(entries));
            let problems = documents::rewrite(&mut document, &place);
            self.problems.extend(problems);
            *entries = document.into_mapping();
        }
    }

    fn schema(&mut self, node: &mut Node, at: &LazyPointer<'_>) {
        if let Some(value) = node.boolean() {
            let nothing = node.with_entries(Vec::new());
            *node = match value {
                true => nothing,
                false => node.with_entries(vec![entry("not", &node.span, nothing)]),
            };
            return;
        }
        let NodeKind::Mapping(entries) = &mut node.kind else {
            return;
        };
        if !entries.iter().any(may_be_rewritten) {
            return;
        }
        let mut schema = Draft::new(std::mem::take(entries));
        if self.version > Version::V3_0 {
            references::rewrite(&mut schema);
        }
        constants::rewrite(&mut schema);
        bounds::rewrite(&mut schema);
        content::rewrite(&mut schema);
        patterns::rewrite(&mut schema);
        self.problems.extend(tuples::rewrite(&mut schema, at));
        types::rewrite(&mut schema);
        *entries = schema.into_mapping();
    }
}

/// Adds the responses that an operation may be without.
fn add_responses(operation: &mut Node) {
    let nothing = operation.with_entries(Vec::new());
    if let NodeKind::Mapping(entries) = &mut operation.kind
        && entries.get("responses").is_none()
    {
        let mut draft = Draft::new(std::mem::take(entries));
        draft.put("responses", &nothing.span.clone(), nothing);
        *entries = draft.into_mapping();
    }
}

/// Whether a keyword of a schema, or one of its subschemas, may have to be rewritten.
fn may_be_rewritten(keyword: &Entry) -> bool {
    match keyword.key.as_str() {
        "type" => keyword.value.string().is_none_or(|text| text == "null"),
        "exclusiveMinimum" | "exclusiveMaximum" => keyword.value.boolean().is_none(),
        "$ref" | "allOf" | "anyOf" | "oneOf" | "items" | "additionalProperties" | "not" => true,
        "const"
        | "examples"
        | "contentEncoding"
        | "contentMediaType"
        | "patternProperties"
        | "unevaluatedProperties"
        | "prefixItems"
        | "unevaluatedItems" => true,
        _ => false,
    }
}
