//! The JSON types of values.

use super::Structure;
use super::reading::{self, Slot};
use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::object_model::FieldType;
use crate::openapi::objects::SCHEMA;
use crate::problem::At;
use crate::readings::Reading;
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind, Scalar};

impl<'a> Structure<'a> {
    /// Checks a value and what is in it.
    pub(super) fn value(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        expected: &'static FieldType,
        slot: Slot,
    ) {
        match (expected, &node.kind) {
            (FieldType::List(inner), NodeKind::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &at.item(index), inner, Slot::Member);
                }
            }
            (FieldType::Map(inner) | FieldType::Content(inner), NodeKind::Mapping(entries)) => {
                for entry in entries {
                    let at = at.child(&entry.key);
                    if matches!(expected, FieldType::Content(_)) {
                        self.media_type(entry, &at);
                    }
                    self.value(&entry.value, &at, inner, Slot::Member);
                }
            }
            (FieldType::Object(object), NodeKind::Mapping(_)) => self.object(node, at, object),
            (
                FieldType::OrReference(object) | FieldType::BooleanOr(object),
                NodeKind::Mapping(_),
            ) => self.object_or_reference(node, at, object),
            (FieldType::OrReference(object), _)
                if object.is(&SCHEMA) && node.boolean().is_some() =>
            {
                self.note_boolean_schema(node.boolean() == Some(true), at);
            }
            (FieldType::OneOrMoreOf(values), NodeKind::Sequence(items)) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    let at = at.item(index);
                    if item.is_null() {
                        self.note_unquoted_null(&at);
                    } else if !item.string().is_some_and(|text| values.contains(&text)) {
                        self.wrong_value(item, &at, expected, Slot::Member);
                    }
                }
            }
            _ if expected.accepts(node) => {}
            _ => self.wrong_value(node, at, expected, slot),
        }
    }

    /// Reports an invalid value, and notes how it is read.
    fn wrong_value(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        expected: &'static FieldType,
        slot: Slot,
    ) {
        let (code, message, label, help) = match (expected, node.string()) {
            (FieldType::OneOf(values) | FieldType::OneOrMoreOf(values), Some(text)) => {
                let meant = nearest(text, values.iter().copied());
                (
                    Code::UnknownValue,
                    format!("`{text}` is not a value that OpenAPI defines here"),
                    "invalid value".to_owned(),
                    meant_or(meant, &format!("use one of: {}", values.join(", "))),
                )
            }
            _ => {
                let what = what(expected);
                let is_unquoted = matches!(node.scalar(), Some((text, value))
                    if what == "a string" && value != Scalar::String && !text.is_empty());
                let help = if is_unquoted { "put it in quotes" } else { "" };
                (
                    Code::WrongType,
                    format!("expected {what}, found {}", kind(node)),
                    format!("expected {what}"),
                    help.to_owned(),
                )
            }
        };
        if !node.is_mapping() {
            self.malformed.insert(node.span.clone());
        }
        let (code, label) = match reading::clear(node, expected, slot) {
            Some((reading, label)) => {
                self.readings.read(node, reading);
                (Code::ClearValue, label)
            }
            None => {
                self.malformed.insert(node.span.clone());
                self.readings.read(node, reading::unclear(expected, slot));
                match self.is_unused {
                    true => (Code::ClearValue, "ignored".to_owned()),
                    false => (code, label),
                }
            }
        };
        self.report(code, message, At::Value(at.pointer()), &label, &help);
        match (self.readings.of(node), expected, node.items()) {
            (Some(Reading::ListOfOne), FieldType::List(inner), _) => {
                self.value(node, at, inner, Slot::Member);
            }
            (Some(Reading::Node(_)), _, [item]) => {
                self.value(item, &at.item(0), expected, Slot::Member);
            }
            _ => {}
        }
    }
}

/// What a value has to be, in words.
fn what(expected: &FieldType) -> &'static str {
    match expected {
        FieldType::String | FieldType::OneOf(_) | FieldType::OneOrMoreOf(_) => "a string",
        FieldType::Boolean => "true or false",
        FieldType::Count => "a non-negative integer",
        FieldType::Number => "a number",
        FieldType::Enumeration => "a non-empty list",
        FieldType::List(_) => "a list",
        _ => "an object",
    }
}

/// The JSON type of a value, in words.
fn kind(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Mapping(_) => "an object",
        NodeKind::Sequence(_) => "a list",
        NodeKind::Scalar { value, .. } => match value {
            Scalar::Null => "null",
            Scalar::Boolean(_) => "a boolean",
            Scalar::Integer | Scalar::Number => "a number",
            Scalar::String => "a string",
        },
    }
}
