//! The types of the IR in Rust: their paths, how callers pass them, and how they are written.

use std::collections::HashMap;

use super::type_facts::{Argument, Text};
use crate::definition_graph::by_name;
use crate::ir::{Api, BodyKind, Decoded, EnumKind, Scalar, Shape, Type, TypeDefinition};
use crate::openapi::json_type::JsonType;

/// The definitions of an API by name, and what their types are in Rust.
pub(crate) struct Types<'a>(HashMap<&'a str, &'a TypeDefinition>);

impl<'a> Types<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        Types(by_name(&api.types))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a TypeDefinition> {
        self.0.get(name).copied()
    }

    pub(crate) fn shape(&self, name: &str) -> Option<&'a Shape> {
        self.get(name).map(|definition| &definition.shape)
    }

    /// Returns the target of an alias, and any other type itself.
    pub(crate) fn resolve<'t>(&self, value: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        match value {
            Type::Named(name) => match self.shape(name) {
                Some(Shape::Alias(target)) => self.resolve(target),
                _ => value,
            },
            other => other,
        }
    }

    /// Returns the type with what its aliases stand for, at any depth.
    pub(crate) fn without_aliases(&self, value: &Type) -> Type {
        let target = self.resolve(value);
        target.map(|inner| self.without_aliases(inner))
    }

    /// Returns the shape of the definition that a type names, behind aliases.
    pub(crate) fn shape_of(&self, value: &Type) -> Option<&'a Shape> {
        match self.resolve(value) {
            Type::Named(name) => self.shape(name),
            _ => None,
        }
    }

    /// Returns how a value becomes one text, if it does.
    pub(crate) fn text(&self, value: &Type) -> Option<Text> {
        match self.resolve(value) {
            Type::Scalar(scalar) => Some(scalar.facts().text),
            Type::Error => Some(Text::Display),
            Type::Named(name) => match self.shape(name)? {
                Shape::Enum(EnumKind::Strings, _) | Shape::StringNewtype => Some(Text::StringType),
                Shape::Enum(EnumKind::Integers | EnumKind::Json, _) => Some(Text::Display),
                Shape::Struct(_)
                | Shape::Union { .. }
                | Shape::Alias(_)
                | Shape::ResponseEnum { .. }
                | Shape::Wrapper(_) => None,
            },
            Type::FormPart
            | Type::Any
            | Type::FreeForm
            | Type::Array(_)
            | Type::Map(_)
            | Type::Tuple(_)
            | Type::JsonText(_)
            | Type::Nullable(_)
            | Type::Boxed(_) => None,
        }
    }

    /// Whether values are strings, with a type of their own or not, which any string converts to.
    pub(crate) fn is_string(&self, value: &Type) -> bool {
        matches!(self.text(value), Some(Text::Str | Text::StringType))
    }

    /// Returns how functions take a value.
    pub(crate) fn argument(&self, value: &Type) -> Argument {
        match value {
            Type::Scalar(scalar) => scalar.facts().argument,
            Type::Any | Type::Boxed(_) | Type::FormPart | Type::JsonText(_) => Argument::Into,
            Type::Array(inner) if self.is_string(inner) || **inner == Type::FormPart => {
                Argument::EachInto
            }
            value if self.is_string(value) => Argument::Into,
            _ => Argument::Value,
        }
    }

    /// Returns the JSON type of all values of a type, if there is one.
    pub(crate) fn json_type(&self, value: &Type) -> Option<JsonType> {
        match self.resolve(unboxed(value)) {
            Type::Scalar(scalar) => Some(scalar.json_type()),
            Type::Array(_) | Type::Tuple(_) => Some(JsonType::Array),
            Type::JsonText(_) => Some(JsonType::String),
            Type::FreeForm | Type::Map(_) => Some(JsonType::Object),
            Type::Any | Type::Nullable(_) | Type::Boxed(_) | Type::FormPart | Type::Error => None,
            Type::Named(name) => match self.shape(name)? {
                Shape::Struct(_) => Some(JsonType::Object),
                Shape::Enum(EnumKind::Strings, _) | Shape::StringNewtype => Some(JsonType::String),
                Shape::Enum(EnumKind::Integers, _) => Some(JsonType::Number),
                Shape::Wrapper(value) => self.json_type(value),
                Shape::Enum(EnumKind::Json, _)
                | Shape::Union { .. }
                | Shape::Alias(_)
                | Shape::ResponseEnum { .. } => None,
            },
        }
    }

    /// Whether values contain date-times outside of other definitions, so that `Serialize` alone
    /// does not write them.
    pub(crate) fn has_rfc3339(&self, value: &Type) -> bool {
        match self.resolve(value) {
            Type::Scalar(scalar) => scalar.facts().text == Text::Rfc3339,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                self.has_rfc3339(inner)
            }
            _ => false,
        }
    }
}

/// Returns the type in a box, and any other type itself.
pub(crate) fn unboxed(value: &Type) -> &Type {
    match value {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

/// Returns the type in Rust. Paths are complete, so that no name of the description can hide them.
pub(crate) fn rust_type(value: &Type) -> String {
    match value {
        Type::Scalar(scalar) => scalar.facts().path.to_owned(),
        Type::FormPart => "crate::FormPart".to_owned(),
        Type::Any | Type::Error => "serde_json::Value".to_owned(),
        Type::FreeForm => "serde_json::Map<String, serde_json::Value>".to_owned(),
        Type::Array(inner) => format!("Vec<{}>", rust_type(inner)),
        Type::Map(inner) => format!("std::collections::BTreeMap<String, {}>", rust_type(inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(rust_type).collect();
            format!("({})", items.join(", "))
        }
        Type::JsonText(inner) => format!("crate::JsonText<{}>", rust_type(inner)),
        Type::Nullable(inner) => format!("Option<{}>", rust_type(inner)),
        Type::Boxed(inner) => format!("Box<{}>", rust_type(inner)),
        Type::Named(name) => name.clone(),
    }
}

/// Returns the type of a reference, to a slice where there is one.
pub(crate) fn borrowed_type(value: &Type) -> String {
    match value {
        Type::Scalar(Scalar::String) => "&str".to_owned(),
        Type::Array(inner) => format!("&[{}]", rust_type(inner)),
        other => format!("&{}", rust_type(other)),
    }
}

/// Returns the Rust type that a body is decoded as.
pub(crate) fn decoded_type(body: &Decoded) -> String {
    match body.kind {
        BodyKind::Json => rust_type(&body.value),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Bytes | BodyKind::Form | BodyKind::Multipart => "bytes::Bytes".to_owned(),
        BodyKind::Stream => "crate::ByteStream".to_owned(),
        BodyKind::Items(_) => format!("crate::ItemStream<{}>", rust_type(&body.value)),
    }
}

impl Types<'_> {
    /// Returns the Rust type of an argument for a value.
    pub(crate) fn argument_type(&self, value: &Type) -> String {
        match (self.argument(value), value) {
            (Argument::Value, _) => rust_type(value),
            (Argument::EachInto, Type::Array(item)) => {
                let item = rust_type(item);
                format!("impl IntoIterator<Item = impl Into<{item}>>")
            }
            (Argument::Into | Argument::EachInto, _) => format!("impl Into<{}>", rust_type(value)),
        }
    }
}
