//! Rewrites the constructs of OpenAPI 3.1 and 3.2 to their 3.0 form, in the tree. Each node keeps the span
//! of what it is made from, so that later stages report the text as written.
//!
//! Keywords that only check values, such as `propertyNames` or `if`, are removed, as they change no type.

mod bounds;
mod choices;
mod constants;
mod content;
mod documents;
mod draft;
pub(crate) mod identifiers;
mod media_types;
mod methods;
mod patterns;
mod references;
mod security;
mod tuples;
mod types;

use crate::openapi::object_model::{FieldType, Object};
use crate::openapi::objects::{COMPONENTS, OPENAPI, PATHS, SCHEMA};
use crate::openapi::version::Version;
use crate::problem::{At, Problem};
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node, NodeKind};
use draft::{Draft, entry};

/// Rewrites a document of this version. Returns what the client leaves out.
pub(crate) fn normalize(root: &mut Node, version: Version) -> Vec<Problem> {
    let mut normalizer = Normalizer {
        version,
        mutual_tls: security::mutual_tls(root),
        problems: documents::left_out(root).collect(),
    };
    normalizer.object(root, &LazyPointer::To(&Pointer::root()), &OPENAPI);
    normalizer.problems
}

struct Normalizer {
    version: Version,
    /// The names of the security schemes of mutual TLS.
    mutual_tls: Vec<String>,
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
            (FieldType::Map(inner) | FieldType::Content(inner), NodeKind::Mapping(entries)) => {
                for (key, value) in entries.values_mut() {
                    let at = at.child(key);
                    if matches!(expected, FieldType::Content(_)) {
                        self.problems.extend(media_types::rewrite(value, key, &at));
                    }
                    self.value(value, &at, inner);
                }
            }
            (FieldType::Object(object) | FieldType::OrReference(object), _) => {
                self.object(node, at, object);
            }
            (FieldType::BooleanOr(object), NodeKind::Mapping(_)) => self.object(node, at, object),
            _ => {}
        }
    }

    /// Rewrites an object, and then what it contains.
    fn object(&mut self, node: &mut Node, at: &LazyPointer<'_>, object: &'static Object) {
        if object.is(&SCHEMA) {
            self.schema(node, at);
        } else if object.is(&PATHS) {
            methods::rewrite(node);
        } else if object.is(&COMPONENTS) && !self.mutual_tls.is_empty() {
            let removed = security::remove_schemes(&self.mutual_tls, node, at);
            self.problems.extend(removed);
        }
        let NodeKind::Mapping(entries) = &mut node.kind else {
            return;
        };
        for (key, value) in entries.values_mut() {
            let at = at.child(key);
            if key == "security" && !self.mutual_tls.is_empty() {
                security::remove_requirements(&self.mutual_tls, value);
            }
            if let Some(inner) = object.child(key) {
                self.value(value, &at, inner);
            }
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
        if !node.entries().iter().any(may_be_rewritten) {
            return;
        }
        let mut problems = Vec::new();
        node.rewrite(|schema| {
            if self.version > Version::V3_0 {
                references::rewrite(schema);
            }
            schema.take_all(|key| VALUE_CHECKS.contains(&key));
            problems.extend(dynamic_reference(schema, at));
            choices::rewrite(schema);
            constants::rewrite(schema);
            bounds::rewrite(schema);
            content::rewrite(schema);
            patterns::rewrite(schema);
            problems.extend(tuples::rewrite(schema, at));
            types::rewrite(schema);
        });
        self.problems.append(&mut problems);
    }
}

/// Keywords with schemas that only check values.
const VALUE_CHECKS: [&str; 6] = [
    "propertyNames",
    "contains",
    "dependentSchemas",
    "if",
    "then",
    "else",
];

/// A `$dynamicRef` refers to another schema for each schema that it is reached from.
fn dynamic_reference(schema: &mut Draft, at: &LazyPointer<'_>) -> Option<Problem> {
    let reference = schema.take("$dynamicRef")?;
    let at = At::Span(at.pointer(), reference.key_span.into());
    Some(Problem::unsupported("`$dynamicRef`", at))
}

/// Whether a keyword of a schema, or one of its subschemas, may have to be rewritten.
fn may_be_rewritten(keyword: &Entry) -> bool {
    match keyword.key.as_str() {
        key if VALUE_CHECKS.contains(&key) => true,
        "type" => keyword.value.string().is_none_or(|text| text == "null"),
        "exclusiveMinimum" | "exclusiveMaximum" => keyword.value.boolean().is_none(),
        "$ref"
        | "$dynamicRef"
        | "allOf"
        | "anyOf"
        | "oneOf"
        | "items"
        | "additionalProperties"
        | "not"
        | "const"
        | "examples"
        | "contentEncoding"
        | "contentMediaType"
        | "contentSchema"
        | "patternProperties"
        | "unevaluatedProperties"
        | "prefixItems"
        | "unevaluatedItems" => true,
        _ => false,
    }
}
