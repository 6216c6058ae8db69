//! From the node tree to openapiv3's types.

use openapiv3::OpenAPI;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
// The error of `serde_json`, which openapiv3 uses itself: with another one, all of its types would be
// compiled twice.
use serde_json::Error;
use serde_yaml::Number;

use crate::code::Code;
use crate::openapi::object_model::FieldType;
use crate::openapi::objects::{CALLBACK, DOCUMENT, LINK};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Converts the tree of an OpenAPI 3.0 document, whose structure is right, into openapiv3's types. openapiv3
/// is not shown keys that no object has, what the client does not use, and counts beyond its type.
pub(crate) fn parse(root: &Node) -> Result<OpenAPI, Problem> {
    let view = View {
        node: root,
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
    node: &'de Node,
    /// What the specification expects. In extensions, examples and the like that is nothing.
    expected: Option<&'static FieldType>,
}

/// Whether the client does not use the objects under a key, whatever is in them.
fn is_unused(expected: &FieldType) -> bool {
    match expected {
        FieldType::Map(inner) => is_unused(inner),
        expected => expected
            .object()
            .is_some_and(|it| it.is(&CALLBACK) || it.is(&LINK)),
    }
}

impl<'de> View<'de> {
    /// The view of an entry, with its key, unless openapiv3 is not shown it.
    fn entry(&self, entry: &'de Entry) -> Option<(BorrowedStrDeserializer<'de, Error>, Self)> {
        let key = entry.key.as_str();
        let is_free = |expected: &FieldType| {
            expected.object().is_some() && (key == "$ref" || key.starts_with("x-"))
        };
        let expected = match self.expected {
            None | Some(FieldType::Any) => None,
            Some(expected) if is_free(expected) => None,
            Some(expected) => Some(expected.child(key).filter(|it| !is_unused(it))?),
        };
        let node = &entry.value;
        let is_shown = match expected {
            Some(FieldType::Count) => node.text()?.parse::<usize>().is_ok(),
            _ => true,
        };
        let key = BorrowedStrDeserializer::new(key);
        is_shown.then_some((key, View { node, expected }))
    }
}

impl<'de> IntoDeserializer<'de, Error> for View<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for View<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.kind {
            NodeKind::Mapping(entries) => {
                let entries = entries.iter().filter_map(|entry| self.entry(entry));
                visitor.visit_map(MapDeserializer::new(entries))
            }
            NodeKind::Sequence(items) => {
                let expected = self.expected.and_then(|it| it.child("0"));
                let items = items.iter().map(|node| View { node, expected });
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            NodeKind::Scalar { text, value } => match value {
                Scalar::Null => visitor.visit_unit(),
                Scalar::Boolean(value) => visitor.visit_bool(*value),
                Scalar::String => visitor.visit_borrowed_str(text),
                Scalar::Integer | Scalar::Number => {
                    let number = text.parse::<Number>().ok();
                    match number.as_ref().map(|it| (it.as_u64(), it.as_i64())) {
                        Some((Some(number), _)) => visitor.visit_u64(number),
                        Some((None, Some(number))) => visitor.visit_i64(number),
                        _ => {
                            let float = number.and_then(|it| it.as_f64());
                            let float = float.or_else(|| text.parse().ok());
                            visitor.visit_f64(float.unwrap_or_default())
                        }
                    }
                }
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.is_null() {
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
        let text = self.node.text().unwrap_or_default();
        visitor.visit_enum(text.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
