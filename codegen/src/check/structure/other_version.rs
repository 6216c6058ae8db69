//! Constructs of another version of OpenAPI than the document states. They are read as that version
//! defines them.

use super::Structure;
use crate::code::Code;
use crate::openapi::object_model::Field;
use crate::openapi::version::Version;
use crate::problem::At;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node};

impl Structure<'_> {
    /// Reports a key, or a form of its value, that another version has and the document's has not.
    pub(super) fn note_other_version(
        &mut self,
        entry: &Entry,
        at: &LazyPointer<'_>,
        object: &Node,
        field: &Field,
    ) {
        let key = entry.key.as_str();
        let is_binary = key == "format" && entry.value.string() == Some("binary");
        let (what, place, version) = if !field.is_of(self.version) {
            let what = match value_text(&entry.value) {
                Some(value) if SHOWN.contains(&key) => format!("`{key}: {value}`"),
                _ => format!("`{key}`"),
            };
            (what, At::Key(at.pointer()), field.version())
        } else if is_binary && self.version > Version::V3_0 {
            let what = "`format: binary`".to_owned();
            (what, At::Value(at.pointer()), Version::V3_0)
        } else {
            return;
        };
        let help = match self.version {
            Version::V3_0 => help_for_3_0(key, &entry.value, object),
            Version::V3_1 | Version::V3_2 if entry.value.boolean() == Some(false) => None,
            Version::V3_1 | Version::V3_2 => help_for_3_1(key, object),
        };
        self.report_other_version(&what, place, version, help);
    }

    /// Checks a schema that is only true or false.
    pub(super) fn note_boolean_schema(&mut self, value: bool, at: &LazyPointer<'_>) {
        if self.version == Version::V3_0 {
            let help = match value {
                true => "write `{}`",
                false => "write `not: {}`",
            };
            let what = format!("`{value}` as a schema");
            let place = At::Value(at.pointer());
            self.report_other_version(&what, place, Version::V3_1, Some(help.to_owned()));
        }
    }

    /// Reports null in a list of types, which is meant as the type.
    pub(super) fn note_unquoted_null(&mut self, at: &LazyPointer<'_>) {
        self.report(
            Code::ClearValue,
            "expected the type `\"null\"`, found the value null".to_owned(),
            At::Value(at.pointer()),
            "read as the type",
            "put it in quotes",
        );
    }

    fn report_other_version(
        &mut self,
        what: &str,
        place: At,
        version: Version,
        help: Option<String>,
    ) {
        let help = help.unwrap_or_else(|| match version {
            Version::V3_0 => "remove it".to_owned(),
            later => format!("begin the document with `openapi: {later}.0`, or remove it"),
        });
        self.report(
            Code::OtherVersion,
            format!(
                "{what} is OpenAPI {version}, and this document is {}",
                self.version
            ),
            place,
            &format!("read as OpenAPI {version} defines it"),
            &help,
        );
    }
}

/// The keys whose value decides which version has them.
const SHOWN: [&str; 5] = [
    "type",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "nullable",
    "style",
];

/// A scalar or a list of scalars, as YAML writes it.
fn value_text(value: &Node) -> Option<String> {
    let item = |item: &Node| match item.text() {
        Some("null") => Some("\"null\"".to_owned()),
        text => text.map(str::to_owned),
    };
    match value.scalar() {
        Some(_) => item(value),
        None => {
            let items: Option<Vec<String>> = value.items().iter().map(item).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
    }
}

/// What to write in OpenAPI 3.0.
fn help_for_3_0(key: &str, value: &Node, object: &Node) -> Option<String> {
    let text = value_text(value);
    Some(match key {
        "type" => {
            let names = value.items().iter().filter_map(Node::text);
            let types: Vec<&str> = names.filter(|name| *name != "null").collect();
            let is_nullable = types.len() < value.items().len() || value.text() == Some("null");
            match (types.as_slice(), is_nullable) {
                ([only], true) => format!("write `type: {only}` and `nullable: true`"),
                ([only], false) => format!("write `type: {only}`"),
                ([], _) => "write the type of the other values, and `nullable: true`".to_owned(),
                (_, true) => {
                    "write an `anyOf` with a schema for each type, and `nullable: true`".to_owned()
                }
                (_, false) => "write an `anyOf` with a schema for each type".to_owned(),
            }
        }
        "const" => format!("write `enum: [{}]`", text?),
        "examples" => "write one of them as `example`".to_owned(),
        "exclusiveMinimum" => format!("write `minimum: {}` and `exclusiveMinimum: true`", text?),
        "exclusiveMaximum" => format!("write `maximum: {}` and `exclusiveMaximum: true`", text?),
        "contentEncoding" if value.text() == Some("base64") => "write `format: byte`".to_owned(),
        "contentMediaType" if object.get("contentEncoding").is_none() => {
            "write `format: binary`".to_owned()
        }
        "patternProperties" => "write the schema as `additionalProperties`".to_owned(),
        "prefixItems" => "write a schema that all items match as `items`".to_owned(),
        "$defs" => "move the schemas to `components/schemas`".to_owned(),
        _ => return None,
    })
}

/// What to write since OpenAPI 3.1.
fn help_for_3_1(key: &str, object: &Node) -> Option<String> {
    let limit = |key: &str| object.value(key).and_then(Node::text);
    let kind = object.value("type").and_then(Node::text);
    Some(match (key, kind) {
        ("nullable", Some(kind)) => format!("write `type: [{kind}, \"null\"]`"),
        ("nullable", None) => "write an `anyOf` with this schema and `type: \"null\"`".to_owned(),
        ("exclusiveMinimum", _) => format!(
            "write `exclusiveMinimum: {}` and no `minimum`",
            limit("minimum")?
        ),
        ("exclusiveMaximum", _) => format!(
            "write `exclusiveMaximum: {}` and no `maximum`",
            limit("maximum")?
        ),
        ("format", _) => "write `contentMediaType: application/octet-stream`".to_owned(),
        _ => return None,
    })
}
