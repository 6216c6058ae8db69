//! From the node tree to openapiv3's types.

use std::slice::Iter;

use openapiv3::OpenAPI;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_yaml::{Error, Number};

use crate::code::Code;
use crate::openapi::object_model::{Field, FieldType, Object, Required};
use crate::openapi::objects::{CALLBACK, LINK, OAUTH_FLOWS, OPENAPI, SCHEMA, XML};
use crate::openapi::version::Version;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Converts the tree of an OpenAPI 3.0 document into openapiv3's types.
///
/// openapiv3 is shown a tree that it accepts, so that a mistake in one place does not hide the rest: values
/// of the wrong JSON type and what the client does not use are left out, and required keys that are missing
/// get an empty value. The check reports these mistakes.
pub(crate) fn parse(root: &Node) -> Result<OpenAPI, Problem> {
    static DOCUMENT: FieldType = FieldType::Object(&OPENAPI);
    let view = View {
        node: Some(root),
        expected: Some(&DOCUMENT),
    };
    OpenAPI::deserialize(view).map_err(|error| {
        Problem::new(
            Code::Internal,
            format!("the description cannot be read: {error}"),
            At::Key(Pointer::root()),
            "found while reading the description",
        )
        .help("this is a bug of the generator: no check reports what is wrong")
    })
}

/// A value as openapiv3 is shown it.
#[derive(Clone, Copy)]
struct View<'de> {
    /// The value; an empty one if there is none.
    node: Option<&'de Node>,
    /// What the specification expects. In extensions, examples and the like that is nothing.
    expected: Option<&'static FieldType>,
}

/// Whether the client does not use an object, whatever is in it.
fn is_unused(object: &Object) -> bool {
    let unused = [&CALLBACK, &LINK, &OAUTH_FLOWS, &XML];
    unused.iter().any(|unused| object.is(unused))
}

/// The object that is expected.
fn object(expected: &FieldType) -> Option<&'static Object> {
    match expected {
        FieldType::Object(object) | FieldType::OrReference(object) => Some(object),
        FieldType::BooleanOrSchema => Some(&SCHEMA),
        _ => None,
    }
}

/// Whether a value has the JSON type that is expected.
fn fits(node: &Node, expected: &FieldType) -> bool {
    let scalar = node.scalar();
    match expected {
        FieldType::Any => true,
        FieldType::String => scalar.is_some_and(|(_, value)| value != Scalar::Null),
        FieldType::Boolean => node.boolean().is_some(),
        FieldType::Count => scalar.is_some_and(|(text, _)| text.parse::<usize>().is_ok()),
        FieldType::Number => matches!(scalar, Some((_, Scalar::Integer | Scalar::Number))),
        FieldType::OneOf(values) | FieldType::OneOrMoreOf(values) => {
            node.string().is_some_and(|text| values.contains(&text))
        }
        FieldType::Enumeration | FieldType::List(_) => matches!(node.kind, NodeKind::Sequence(_)),
        FieldType::BooleanOrSchema => node.is_mapping() || node.boolean().is_some(),
        FieldType::Object(object) | FieldType::OrReference(object) => {
            node.is_mapping() && !is_unused(object)
        }
        FieldType::Map(inner) => node.is_mapping() && !object(inner).is_some_and(is_unused),
        FieldType::Content => node.is_mapping(),
    }
}

impl<'de> View<'de> {
    /// The view of a value that may have the wrong type.
    fn of(node: &'de Node, expected: Option<&'static FieldType>) -> Self {
        let is_right = expected.is_none_or(|expected| fits(node, expected));
        View {
            node: is_right.then_some(node),
            expected,
        }
    }

    /// The view of an entry, with its key, unless openapiv3 is not shown it.
    fn entry(&self, entry: &'de Entry) -> Option<(&'de str, View<'de>)> {
        let key = entry.key.as_str();
        let child = match self.expected {
            None | Some(FieldType::Any) => return Some((key, View::of(&entry.value, None))),
            Some(_) if key.starts_with("x-") && !self.is_map() => {
                return Some((key, View::of(&entry.value, None)));
            }
            Some(expected) => expected.child(key)?,
        };
        let view = View::of(&entry.value, Some(child));
        // An item of a map is shown even if it is wrong: its key counts.
        (view.node.is_some() || self.is_map()).then_some((key, view))
    }

    fn is_map(&self) -> bool {
        matches!(self.expected, Some(FieldType::Map(_) | FieldType::Content))
    }

    /// What a value that is an object consists of.
    fn entries(&self) -> Entries<'de> {
        let object = self.expected.and_then(object);
        let reference = self.node.and_then(|node| node.get("$ref"));
        let is_reference =
            object.is_some() && reference.is_some_and(|it| it.value.string().is_some());
        let entries = match (is_reference, self.node) {
            (true, _) => reference.map_or(&[][..], std::slice::from_ref),
            (false, node) => node.map_or(&[][..], Node::entries),
        };
        let of = match is_reference {
            true => View {
                expected: None,
                ..*self
            },
            false => *self,
        };
        Entries {
            of,
            entries: entries.iter(),
            missing: object
                .filter(|_| !is_reference)
                .map_or(Vec::new(), |it| self.missing(it)),
            value: None,
        }
    }

    /// The required fields that the object does not have in the form that is expected.
    fn missing(&self, object: &'static Object) -> Vec<&'static Field> {
        let shown = |field: &Field| {
            let value = self.node?.value(field.key)?;
            fits(value, &field.value).then_some(value)
        };
        let has_value = |key: &str, wanted: &str| {
            let mut fields = object.fields.iter();
            let field = fields.find(|field| field.key == key);
            field.is_some_and(|field| match (shown(field), &field.value) {
                (Some(value), _) => value.string() == Some(wanted),
                (None, FieldType::OneOf(values)) => values[0] == wanted,
                (None, _) => false,
            })
        };
        let fields = object.fields_of(Version::V3_0);
        let missing = fields.filter(|field| {
            let is_required = match field.required {
                Required::Never => false,
                Required::Always => true,
                Required::If(key, wanted) => has_value(key, wanted),
                Required::Unless(key) => self.node.is_none_or(|node| node.get(key).is_none()),
            };
            is_required && shown(field).is_none()
        });
        missing.collect()
    }

    fn scalar<V: Visitor<'de>>(
        text: &'de str,
        value: Scalar,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match value {
            Scalar::Null => visitor.visit_unit(),
            Scalar::Boolean(value) => visitor.visit_bool(value),
            Scalar::String => visitor.visit_borrowed_str(text),
            Scalar::Integer | Scalar::Number => match text.parse::<Number>() {
                Ok(number) => number.deserialize_any(visitor),
                Err(_) => visitor.visit_f64(text.parse().unwrap_or_default()),
            },
        }
    }

    /// An empty value of the type that is expected.
    fn empty<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.expected {
            None | Some(FieldType::Any) => visitor.visit_unit(),
            Some(FieldType::String) => visitor.visit_borrowed_str(""),
            Some(FieldType::OneOf(values) | FieldType::OneOrMoreOf(values)) => {
                visitor.visit_borrowed_str(values[0])
            }
            Some(FieldType::Boolean) => visitor.visit_bool(false),
            Some(FieldType::Count | FieldType::Number) => visitor.visit_u64(0),
            Some(FieldType::List(_) | FieldType::Enumeration) => visitor.visit_seq(Items {
                items: [].iter(),
                expected: None,
            }),
            Some(_) => visitor.visit_map(self.entries()),
        }
    }
}

impl<'de> Deserializer<'de> for View<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(node) = self.node else {
            return self.empty(visitor);
        };
        match (&node.kind, self.expected) {
            (NodeKind::Mapping(_), _) => visitor.visit_map(self.entries()),
            (NodeKind::Sequence(items), expected) => visitor.visit_seq(Items {
                items: items.iter(),
                expected: expected.and_then(|it| it.child("0")),
            }),
            // A number or a boolean in place of a text.
            (NodeKind::Scalar { text, .. }, Some(FieldType::String)) => {
                visitor.visit_borrowed_str(text)
            }
            (NodeKind::Scalar { text, value }, _) => View::scalar(text, *value, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.is_some_and(Node::is_null) {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.node.and_then(Node::text).unwrap_or_default();
        visitor.visit_enum(text.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The entries of an object, and empty values for the required fields that it lacks.
struct Entries<'de> {
    of: View<'de>,
    entries: Iter<'de, Entry>,
    missing: Vec<&'static Field>,
    value: Option<View<'de>>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let shown = self.entries.find_map(|entry| self.of.entry(entry));
        let next = shown.or_else(|| {
            let field = self.missing.pop()?;
            let view = View {
                node: None,
                expected: Some(&field.value),
            };
            Some((field.key, view))
        });
        let Some((key, value)) = next else {
            return Ok(None);
        };
        self.value = Some(value);
        let key = BorrowedStrDeserializer::new(key);
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let nothing = View {
            node: None,
            expected: None,
        };
        seed.deserialize(self.value.take().unwrap_or(nothing))
    }
}

struct Items<'de> {
    items: Iter<'de, Node>,
    expected: Option<&'static FieldType>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let item = self.items.next();
        item.map(|item| seed.deserialize(View::of(item, self.expected)))
            .transpose()
    }
}
