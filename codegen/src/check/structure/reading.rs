//! How a value is read that is not of the type that OpenAPI defines for it.

use crate::openapi::object_model::{Field, FieldType, Object, Required};
use crate::openapi::objects::{DISCRIMINATOR, OPERATION, PARAMETER, RESPONSE, SCHEMA, TAG};
use crate::openapi::version::Version;
use crate::readings::Reading;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Keys of objects that the client does not use. Everything in their values is without effect.
pub(crate) const UNUSED: [&str; 9] = [
    "callbacks",
    "contact",
    "examples",
    "externalDocs",
    "flows",
    "headers",
    "license",
    "links",
    "xml",
];

/// Other keys of objects without which the client works: a wrong value is ignored.
const DOCUMENTING: [&str; 24] = [
    "allowEmptyValue",
    "bearerFormat",
    "deprecated",
    "description",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "info",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "openIdConnectUrl",
    "operationId",
    "pattern",
    "summary",
    "tags",
    "termsOfService",
    "title",
    "uniqueItems",
];

/// Where a value is.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    Field(&'static Field),
    /// An entry of a map or an item of a list.
    Member,
}

impl Slot {
    fn key(self) -> &'static str {
        match self {
            Slot::Field(field) => field.key,
            Slot::Member => "",
        }
    }
}

/// How a value of the wrong type is read, and a text that says so, if its meaning is clear.
pub(super) fn clear<'a>(
    node: &'a Node,
    expected: &FieldType,
    slot: Slot,
) -> Option<(Reading<'a>, String)> {
    let key = slot.key();
    let may_be_empty = || match expected {
        FieldType::Object(object) | FieldType::OrReference(object) => {
            object.is(&RESPONSE) || object.required().next().is_none()
        }
        _ => true,
    };
    let is_object = |object: &Object| matches!(expected, FieldType::Object(it) | FieldType::OrReference(it) if it.is(object));
    match (&node.kind, expected) {
        (
            NodeKind::Scalar {
                value: Scalar::Null,
                ..
            },
            _,
        ) => match slot {
            Slot::Field(_) => {
                return Some((Reading::Absent, "read as if it were absent".to_owned()));
            }
            Slot::Member => {
                let is_empty = match expected {
                    FieldType::List(_) | FieldType::Map(_) | FieldType::Content => true,
                    FieldType::Object(_) | FieldType::OrReference(_) => may_be_empty(),
                    _ => false,
                };
                let empty = default_of(expected);
                return is_empty.then_some((empty, "read as empty".to_owned()));
            }
        },
        (NodeKind::Scalar { text, .. }, FieldType::String) if key != "$ref" => {
            let label = format!("read as the string `{text}`");
            return Some((Reading::Text(text.clone()), label));
        }
        (NodeKind::Scalar { text, .. }, FieldType::Boolean | FieldType::BooleanOrSchema) => {
            let value = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            };
            if let Some(value) = value {
                return Some((Reading::Boolean(value), format!("read as `{value}`")));
            }
        }
        (
            NodeKind::Scalar { text, .. },
            FieldType::OneOf(values) | FieldType::OneOrMoreOf(values),
        ) => {
            if let Some(value) = values.iter().find(|value| value.eq_ignore_ascii_case(text)) {
                let reading = Reading::Text((*value).to_owned());
                return Some((reading, format!("read as `{value}`")));
            }
        }
        (
            NodeKind::Scalar {
                value: Scalar::Boolean(_),
                ..
            },
            FieldType::List(_),
        ) if key == "required" => {
            return Some((Reading::Absent, "ignored".to_owned()));
        }
        (NodeKind::Scalar { .. }, FieldType::Enumeration) => {
            return Some((Reading::ListOfOne, "read as a list of one".to_owned()));
        }
        (NodeKind::Scalar { text, .. }, FieldType::List(FieldType::String)) => {
            let item = Reading::Text(text.clone());
            return Some((
                Reading::List(vec![item]),
                "read as a list of one".to_owned(),
            ));
        }
        (
            NodeKind::Scalar {
                value: Scalar::Boolean(true),
                ..
            },
            _,
        ) if is_object(&SCHEMA) => {
            return Some((default_of(expected), "read as any value".to_owned()));
        }
        (
            NodeKind::Scalar {
                text,
                value: Scalar::String,
            },
            _,
        ) if is_object(&DISCRIMINATOR) => {
            let reading = ("propertyName", Reading::Text(text.clone()));
            let label = format!("read as `propertyName: {text}`");
            return Some((Reading::Object(vec![reading]), label));
        }
        (NodeKind::Mapping(entries), FieldType::List(inner)) => {
            if entries.is_empty() {
                let empty = Reading::List(Vec::new());
                return Some((empty, "read as an empty list".to_owned()));
            }
            let is_item = match inner {
                FieldType::Map(_) => true,
                FieldType::Object(object) | FieldType::OrReference(object) => {
                    node.get("$ref").is_some()
                        || object.required().all(|field| node.get(field.key).is_some())
                }
                _ => false,
            };
            if is_item {
                return Some((Reading::ListOfOne, "read as a list of one".to_owned()));
            }
        }
        (NodeKind::Sequence(items), FieldType::Enumeration) if items.is_empty() => {
            return Some((Reading::Absent, "ignored".to_owned()));
        }
        (NodeKind::Sequence(items), FieldType::OrReference(_))
            if key == "items" && items.len() == 1 && items[0].is_mapping() =>
        {
            return Some((
                Reading::Node(&items[0]),
                "read as the schema in the list".to_owned(),
            ));
        }
        (
            NodeKind::Sequence(items),
            FieldType::Map(_)
            | FieldType::Content
            | FieldType::Object(_)
            | FieldType::OrReference(_)
            | FieldType::BooleanOrSchema,
        ) if items.is_empty() && may_be_empty() => {
            let empty = default_of(expected);
            return Some((empty, "read as an empty object".to_owned()));
        }
        _ => {}
    }
    let is_ignored = UNUSED.contains(&key) || DOCUMENTING.contains(&key);
    is_ignored.then(|| (Reading::Absent, "ignored".to_owned()))
}

/// What is read in place of a value whose meaning is unclear.
pub(super) fn unclear<'a>(expected: &FieldType, slot: Slot) -> Reading<'a> {
    match (expected, slot) {
        // The operation exists, although it is not known what it is.
        (FieldType::Object(object), _) if object.is(&OPERATION) => default_of(expected),
        // A type in a list of types.
        (FieldType::OneOrMoreOf(_), _) | (_, Slot::Field(_)) => Reading::Absent,
        (_, Slot::Member) => default_of(expected),
    }
}

/// A value of this type, as empty as can be.
pub(super) fn default_of<'a>(expected: &FieldType) -> Reading<'a> {
    match expected {
        FieldType::Any | FieldType::BooleanOrSchema | FieldType::Map(_) | FieldType::Content => {
            Reading::Object(Vec::new())
        }
        FieldType::String => Reading::Text(String::new()),
        FieldType::Boolean => Reading::Boolean(false),
        FieldType::Count | FieldType::Number => Reading::Absent,
        FieldType::OneOf(values) | FieldType::OneOrMoreOf(values) => {
            Reading::Text(values[0].to_owned())
        }
        FieldType::List(_) | FieldType::Enumeration => Reading::List(Vec::new()),
        FieldType::Object(object) | FieldType::OrReference(object) => {
            Reading::Object(default_entries(object))
        }
    }
}

/// The entries that OpenAPI 3.0 requires of an object, as empty as can be.
pub(super) fn default_entries<'a>(object: &Object) -> Vec<(&'static str, Reading<'a>)> {
    let mut entries: Vec<(&str, Reading<'a>)> = Vec::new();
    for field in object.fields_of(Version::V3_0) {
        let has = |key: &str, value: &str| {
            let mut entries = entries.iter();
            entries.any(|it| it.0 == key && matches!(&it.1, Reading::Text(text) if text == value))
        };
        let is_required = match field.required {
            Required::Never => false,
            Required::Always | Required::Unless(_) => true,
            Required::If(key, value) => has(key, value),
        };
        if is_required {
            entries.push((field.key, default_of(&field.value)));
        }
    }
    entries
}

/// How an object is read without one of the keys that it requires, and a text that says so, if that is
/// clear.
pub(super) fn clear_default<'a>(
    object: &Object,
    field: &Field,
    node: &'a Node,
) -> Option<(Reading<'a>, &'static str)> {
    let is = |other: &[&Object]| other.iter().any(|other| object.is(other));
    let default = || default_of(&field.value);
    match field.key {
        "schema" if is(&[&PARAMETER]) => Some(parameter_schema(node)),
        "items" => Some((default(), "read as a list of any values")),
        "description" | "title" | "version" | "info" | "openIdConnectUrl" | "flows" => {
            Some((default(), "the client does not need it"))
        }
        "paths" | "responses" => Some((default(), "read as if it were empty")),
        "name" if is(&[&TAG]) => Some((default(), "the client does not need it")),
        _ => None,
    }
}

/// Whether a value is null that cannot be read as if it were absent, because its key is required and
/// no default is clear.
pub(super) fn needs_value(object: &Object, field: &Field, entry: &Entry, node: &Node) -> bool {
    entry.value.is_null()
        && matches!(field.required, Required::Always)
        && clear_default(object, field, node).is_none()
}

/// The keywords that Swagger 2.0 has beside the name of a parameter, as a schema.
fn parameter_schema(parameter: &Node) -> (Reading<'_>, &'static str) {
    let entries = parameter.entries().iter();
    let entries = entries.filter(|entry| SCHEMA.has(&entry.key) && !PARAMETER.has(&entry.key));
    let entries = entries.map(|entry| (entry.key.as_str(), Reading::Node(&entry.value)));
    let entries: Vec<(&str, Reading<'_>)> = entries.collect();
    match entries.is_empty() {
        true => {
            let string = ("type", Reading::Text("string".to_owned()));
            (Reading::Object(vec![string]), "read as a string")
        }
        false => (Reading::Object(entries), "read from the keys beside it"),
    }
}
