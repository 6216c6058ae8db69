//! The keywords of a schema, in one struct for all variants of openapiv3's `SchemaKind`.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keywords of a schema that decide its type.
#[derive(Default)]
pub(super) struct Keywords<'a> {
    pub(super) json_type: Option<&'a str>,
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

impl<'a> Keywords<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(kind) => Keywords::of_type(kind),
            SchemaKind::OneOf { one_of } => Keywords {
                one_of,
                ..Keywords::default()
            },
            SchemaKind::AllOf { all_of } => Keywords {
                all_of,
                ..Keywords::default()
            },
            SchemaKind::AnyOf { any_of } => Keywords {
                any_of,
                ..Keywords::default()
            },
            SchemaKind::Not { .. } => Keywords {
                not: true,
                ..Keywords::default()
            },
            SchemaKind::Any(any) => Keywords::of_any(any),
        }
    }

    fn of_type(kind: &'a Type) -> Self {
        match kind {
            Type::String(string) => Keywords {
                json_type: Some("string"),
                format: format(&string.format),
                enumeration: values(&string.enumeration),
                ..Keywords::default()
            },
            Type::Number(number) => Keywords {
                json_type: Some("number"),
                format: format(&number.format),
                enumeration: values(&number.enumeration),
                ..Keywords::default()
            },
            Type::Integer(integer) => Keywords {
                json_type: Some("integer"),
                format: format(&integer.format),
                enumeration: values(&integer.enumeration),
                ..Keywords::default()
            },
            Type::Boolean(boolean) => Keywords {
                json_type: Some("boolean"),
                enumeration: values(&boolean.enumeration),
                ..Keywords::default()
            },
            Type::Object(object) => Keywords {
                json_type: Some("object"),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..Keywords::default()
            },
            Type::Array(array) => Keywords {
                json_type: Some("array"),
                items: array.items.as_ref(),
                ..Keywords::default()
            },
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        Keywords {
            json_type: any.typ.as_deref(),
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

    /// Whether no keyword says what a value is.
    pub(super) fn is_anything(&self) -> bool {
        self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty() && self.is_bare()
    }

    /// Whether nothing but `type` and `enum` says what a value is.
    pub(super) fn is_only_values(&self) -> bool {
        let keywords = Keywords {
            json_type: None,
            format: self.format.clone(),
            enumeration: Vec::new(),
            ..*self
        };
        keywords.is_anything() && !self.not
    }

    /// Whether only the keywords that combine schemas may say what a value is.
    pub(super) fn is_bare(&self) -> bool {
        self.json_type.is_none() && self.is_bare_but_for_type()
    }

    /// Whether no keyword but `type`, and those that combine schemas, says what a value is.
    pub(super) fn is_bare_but_for_type(&self) -> bool {
        self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_none_or(IndexMap::is_empty)
            && self.additional.is_none()
            && self.items.is_none()
    }
}

/// The name of a format, which openapiv3 keeps as an enum if it knows it.
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
