//! How a value is read that is not of the type that OpenAPI defines for it.

use crate::openapi::json_type::LIMITS;
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

/// Other keys of objects without which the client works: a wrong value is ignored, as one of a limit is.
const DOCUMENTING: [&str; 11] = [
    "allowEmptyValue",
    "bearerFormat",
    "deprecated",
    "description",
    "info",
    "openIdConnectUrl",
    "operationId",
    "summary",
    "tags",
    "termsOfService",
    "title",
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

/// How a value is read, and a text that says so, if its meaning is clear.
type Clear<'a> = Option<(Reading<'a>, String)>;

fn read(reading: Reading<'_>, label: impl Into<String>) -> Clear<'_> {
    Some((reading, label.into()))
}

/// How a value of the wrong type is read.
pub(super) fn clear<'a>(node: &'a Node, expected: &FieldType, slot: Slot) -> Clear<'a> {
    let key = slot.key();
    let clear = match &node.kind {
        NodeKind::Scalar { text, value } => scalar(text, *value, expected, slot),
        NodeKind::Sequence(items) => list(items, expected, key),
        NodeKind::Mapping(_) => object(node, expected),
    };
    let mut ignored = UNUSED.iter().chain(&DOCUMENTING).chain(&LIMITS);
    match clear {
        None if ignored.any(|other| *other == key) => read(Reading::Absent, "ignored"),
        clear => clear,
    }
}

fn scalar<'a>(text: &str, value: Scalar, expected: &FieldType, slot: Slot) -> Clear<'a> {
    let string = || Reading::Text(text.to_owned());
    let is = |object: &Object| expected.object().is_some_and(|it| it.is(object));
    match (value, expected) {
        (Scalar::Null, _) => match slot {
            Slot::Field(_) => read(Reading::Absent, "read as if it were absent"),
            Slot::Member if may_be_empty(expected) => read(default_of(expected), "read as empty"),
            Slot::Member => None,
        },
        (_, FieldType::String) if slot.key() != "$ref" => {
            read(string(), format!("read as the string `{text}`"))
        }
        (_, FieldType::Boolean | FieldType::BooleanOr(_)) => {
            let value = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => true,
                "false" | "no" | "off" => false,
                _ => return None,
            };
            read(Reading::Boolean(value), format!("read as `{value}`"))
        }
        (_, FieldType::OneOf(values) | FieldType::OneOrMoreOf(values)) => {
            let mut values = values.iter();
            let value = values.find(|value| value.eq_ignore_ascii_case(text))?;
            read(
                Reading::Text((*value).to_owned()),
                format!("read as `{value}`"),
            )
        }
        (Scalar::Boolean(_), FieldType::List(_)) if slot.key() == "required" => {
            read(Reading::Absent, "ignored")
        }
        (_, FieldType::Enumeration) => read(Reading::ListOfOne, "read as a list of one"),
        (_, FieldType::List(FieldType::String)) => {
            read(Reading::List(vec![string()]), "read as a list of one")
        }
        (Scalar::Boolean(true), _) if is(&SCHEMA) => {
            read(default_of(expected), "read as any value")
        }
        (Scalar::String, _) if is(&DISCRIMINATOR) => {
            let reading = Reading::Object(vec![("propertyName", string())]);
            read(reading, format!("read as `propertyName: {text}`"))
        }
        _ => None,
    }
}

fn list<'a>(items: &'a [Node], expected: &FieldType, key: &str) -> Clear<'a> {
    match (items, expected) {
        ([], FieldType::Enumeration) => read(Reading::Absent, "ignored"),
        ([], _) if may_be_empty(expected) => read(default_of(expected), "read as an empty object"),
        ([only], FieldType::OrReference(_)) if key == "items" && only.is_mapping() => {
            read(Reading::Node(only), "read as the schema in the list")
        }
        _ => None,
    }
}

fn object<'a>(node: &Node, expected: &FieldType) -> Clear<'a> {
    let FieldType::List(inner) = expected else {
        return None;
    };
    let has = |field: &Field| node.get(field.key).is_some();
    let is_item = match inner {
        FieldType::Map(_) => true,
        FieldType::Object(object) | FieldType::OrReference(object) => {
            node.get("$ref").is_some() || object.required().all(has)
        }
        _ => false,
    };
    match node.entries() {
        [] => read(Reading::List(Vec::new()), "read as an empty list"),
        _ if is_item => read(Reading::ListOfOne, "read as a list of one"),
        _ => None,
    }
}

/// Whether an empty object or list is a value of this type.
fn may_be_empty(expected: &FieldType) -> bool {
    match expected {
        FieldType::Object(object) | FieldType::OrReference(object) => {
            object.is(&RESPONSE) || object.required().next().is_none()
        }
        FieldType::List(_)
        | FieldType::Map(_)
        | FieldType::Content(_)
        | FieldType::BooleanOr(_) => true,
        _ => false,
    }
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
        FieldType::Any | FieldType::BooleanOr(_) | FieldType::Map(_) | FieldType::Content(_) => {
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
