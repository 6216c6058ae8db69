//! One view of all the shapes in which openapiv3 hands out a schema.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keys of a schema that decide its type.
#[derive(Default)]
pub(super) struct View<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) enumeration: Vec<Value>,
    pub(super) properties: Option<&'a Properties>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) not: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(kind) => View::of_type(kind),
            SchemaKind::OneOf { one_of } => View {
                one_of,
                ..View::default()
            },
            SchemaKind::AllOf { all_of } => View {
                all_of,
                ..View::default()
            },
            SchemaKind::AnyOf { any_of } => View {
                any_of,
                ..View::default()
            },
            SchemaKind::Not { .. } => View {
                not: true,
                ..View::default()
            },
            SchemaKind::Any(any) => View::of_any(any),
        }
    }

    fn of_type(kind: &'a Type) -> Self {
        match kind {
            Type::String(string) => View {
                kind: Some("string"),
                format: format(&string.format),
                enumeration: values(&string.enumeration),
                ..View::default()
            },
            Type::Number(number) => View {
                kind: Some("number"),
                format: format(&number.format),
                enumeration: values(&number.enumeration),
                ..View::default()
            },
            Type::Integer(integer) => View {
                kind: Some("integer"),
                format: format(&integer.format),
                enumeration: values(&integer.enumeration),
                ..View::default()
            },
            Type::Boolean(boolean) => View {
                kind: Some("boolean"),
                enumeration: values(&boolean.enumeration),
                ..View::default()
            },
            Type::Object(object) => View {
                kind: Some("object"),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..View::default()
            },
            Type::Array(array) => View {
                kind: Some("array"),
                items: array.items.as_ref(),
                ..View::default()
            },
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        View {
            kind: any.typ.as_deref(),
            format: any.format.clone(),
            enumeration: any.enumeration.clone(),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            all_of: &any.all_of,
            any_of: &any.any_of,
            one_of: &any.one_of,
            not: any.not.is_some(),
        }
    }

    /// Whether no key says what a value is.
    pub(super) fn is_anything(&self) -> bool {
        self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty() && self.is_bare()
    }

    /// Whether no key but those that combine schemas says what a value is.
    pub(super) fn is_bare(&self) -> bool {
        self.kind.is_none() && self.is_bare_but_for_kind()
    }

    /// Whether it says at most of which kind a value is.
    pub(super) fn is_bare_but_for_kind(&self) -> bool {
        self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_none_or(IndexMap::is_empty)
            && self.additional.is_none()
            && self.items.is_none()
    }
}

/// The format's text, which openapiv3 has as an enum where it knows it.
fn format<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match serde_json::to_value(format) {
        Ok(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn values<T: Serialize>(values: &[Option<T>]) -> Vec<Value> {
    values
        .iter()
        .filter_map(|value| serde_json::to_value(value).ok())
        .collect()
}
