//! The JSON types of values.

use super::Structure;
use super::reading::{self, Slot};
use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::object_model::FieldType;
use crate::openapi::objects::{MEDIA_TYPE, SCHEMA};
use crate::problem::At;
use crate::readings::Reading;
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind, Scalar};

static MEDIA_TYPES: FieldType = FieldType::OrReference(&MEDIA_TYPE);

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
            (FieldType::Map(inner), NodeKind::Mapping(entries)) => {
                for entry in entries {
                    self.value(&entry.value, &at.child(&entry.key), inner, Slot::Member);
                }
            }
            (FieldType::Content, NodeKind::Mapping(entries)) => {
                for entry in entries {
                    let at = at.child(&entry.key);
                    self.media_type(entry, &at);
                    self.value(&entry.value, &at, &MEDIA_TYPES, Slot::Member);
                }
            }
            (FieldType::Object(object), NodeKind::Mapping(_)) => self.object(node, at, object),
            (FieldType::OrReference(object), NodeKind::Mapping(_)) => {
                self.object_or_reference(node, at, object);
            }
            (FieldType::BooleanOrSchema, NodeKind::Mapping(_)) => {
                self.object_or_reference(node, at, &SCHEMA);
            }
            (FieldType::OrReference(object), _)
                if object.is(&SCHEMA) && node.boolean().is_some() =>
            {
                self.note_boolean_schema(node.boolean() == Some(true), at);
            }
            (FieldType::OneOrMoreOf(values), NodeKind::Sequence(items)) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    let at = at.item(index);
                    match item.scalar() {
                        Some((_, Scalar::Null)) => self.note_unquoted_null(&at),
                        Some((_, Scalar::String)) => {
                            self.one_of(item, &at, values, Slot::Member, expected);
                        }
                        _ => self.wrong_type(item, &at, expected, Slot::Member),
                    }
                }
            }
            (FieldType::OneOf(values) | FieldType::OneOrMoreOf(values), _)
                if node.string().is_some() =>
            {
                self.one_of(node, at, values, slot, expected);
            }
            _ if expected.accepts(node) => {}
            _ => self.wrong_type(node, at, expected, slot),
        }
    }

    fn wrong_type(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        expected: &'static FieldType,
        slot: Slot,
    ) {
        let what = match expected {
            FieldType::String | FieldType::OneOf(_) | FieldType::OneOrMoreOf(_) => "a string",
            FieldType::Boolean => "true or false",
            FieldType::Count => "a non-negative integer",
            FieldType::Number => "a number",
            FieldType::Enumeration => "a non-empty list",
            FieldType::List(_) => "a list",
            _ => "an object",
        };
        let found = match &node.kind {
            NodeKind::Mapping(_) => "an object",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Scalar { value, .. } => match value {
                Scalar::Null => "null",
                Scalar::Boolean(_) => "a boolean",
                Scalar::Integer | Scalar::Number => "a number",
                Scalar::String => "a string",
            },
        };
        let is_unquoted = matches!(node.scalar(), Some((text, value))
            if what == "a string" && value != Scalar::String && !text.is_empty());
        let (code, label) = self.read(node, expected, slot, Code::WrongType);
        self.report(
            code,
            format!("expected {what}, found {found}"),
            At::Value(at.pointer()),
            label.as_deref().unwrap_or(&format!("expected {what}")),
            if is_unquoted { "put it in quotes" } else { "" },
        );
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

    /// Notes how an invalid value is read. If that is clear, returns a text that says so. Otherwise the
    /// code stays the same.
    fn read(
        &mut self,
        node: &'a Node,
        expected: &'static FieldType,
        slot: Slot,
        code: Code,
    ) -> (Code, Option<String>) {
        let clear = reading::clear(node, expected, slot);
        let unclear = reading::unclear(expected, slot);
        match clear {
            Some((reading, label)) => {
                self.readings.read(node, reading);
                (Code::ClearValue, Some(label))
            }
            None => {
                self.malformed.insert(node.span.clone());
                self.readings.read(node, unclear);
                match self.is_unused {
                    true => (Code::ClearValue, Some("ignored".to_owned())),
                    false => (code, None),
                }
            }
        }
    }

    fn one_of(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        values: &[&str],
        slot: Slot,
        expected: &'static FieldType,
    ) {
        let text = node.string().unwrap_or_default();
        if values.contains(&text) {
            return;
        }
        let meant = nearest(text, values.iter().copied());
        let help = meant_or(meant, &format!("use one of: {}", values.join(", ")));
        let (code, label) = self.read(node, expected, slot, Code::UnknownValue);
        self.report(
            code,
            format!("`{text}` is not a value that OpenAPI defines here"),
            At::Value(at.pointer()),
            label.as_deref().unwrap_or("invalid value"),
            &help,
        );
    }
}
