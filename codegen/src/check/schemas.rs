//! Schemas: that their keywords agree with each other.

use std::collections::HashSet;

use super::suggest::{meant_or, nearest};
use super::{Checker, Located};
use crate::code::Code;
use crate::openapi::format;
use crate::openapi::json_type::{self, JsonType};
use crate::problem::At;
use crate::source::Node;

impl<'a> Checker<'a> {
    pub(super) fn check_schemas(&mut self) {
        let schemas = std::mem::take(&mut self.schemas);
        // A member of an `allOf` may require a property of another member.
        let members: HashSet<*const Node> = schemas
            .iter()
            .flat_map(|schema| schema.node.items_of("allOf"))
            .map(std::ptr::from_ref)
            .collect();
        // The schema around them may have the type.
        let in_typed: HashSet<*const Node> = schemas
            .iter()
            .flat_map(|schema| {
                let schema = schema.node;
                let is_typed = schema.get("type").is_some() || schema.get("properties").is_some();
                let choices = ["anyOf", "oneOf"].map(|key| schema.items_of(key));
                let choices = choices.into_iter().flatten().filter(move |_| is_typed);
                choices
                    .chain(schema.value("not"))
                    .chain(schema.items_of("allOf"))
            })
            .map(std::ptr::from_ref)
            .collect();
        for located in &schemas {
            let schema = located.node;
            self.check_format(located);
            for key in ["allOf", "anyOf", "oneOf", "required"] {
                self.check_duplicates(schema, &located.at, key, None);
            }
            let before = self.problems.len();
            let is_malformed = self.is_malformed(schema);
            if !in_typed.contains(&std::ptr::from_ref(schema)) {
                self.check_type(located);
            }
            self.check_enum(located);
            let is_member = members.contains(&std::ptr::from_ref(schema));
            if !is_member && schema.get("allOf").is_none() {
                self.check_required(located);
            }
            // They may follow from a misspelt key.
            if is_malformed {
                self.problems.truncate(before);
            }
        }
        self.schemas = schemas;
    }

    /// Reports keywords for one type in a schema without a type.
    fn check_type(&mut self, Located { node: schema, at }: &Located<'a>) {
        let has = |key: &&str| schema.get(key).is_some();
        if ["type", "allOf", "anyOf", "oneOf"].iter().any(has) {
            return;
        }
        let says_nothing = |key: &&str| schema.get(key).is_none();
        let says_something = ["enum", "nullable", "not", "$ref", "required"];
        let is_bare = at.is_component() && says_something.iter().all(says_nothing);
        let keyword = json_type::KEYWORDS
            .iter()
            .find_map(|key| Some((schema.get(key)?, JsonType::of_keyword(key)?)));
        let mut kinds = schema.items_of("enum").iter().map(JsonType::of_value);
        let kind = kinds.next().flatten();
        let is_scalar = !matches!(kind, Some(JsonType::Array | JsonType::Object));
        let kind = kind.filter(|kind| is_scalar && kinds.all(|other| other == Some(*kind)));
        let of_enum = schema.get("enum").zip(kind);
        let is_described = schema
            .entries()
            .iter()
            .any(|entry| !entry.key.starts_with("x-"));
        if is_bare && is_described && keyword.is_none() {
            // Such as a string without its type, which would be a type of its own.
            self.report(
                Code::NoType,
                "the schema has no `type`".to_owned(),
                At::Key(at.clone()),
                "read as any JSON value",
                "add a `type`, such as `type: string`, or write `nullable: true` for any JSON value",
            );
        } else if let Some((entry, kind)) = keyword.or(of_enum) {
            let kind = kind.key();
            self.report(
                Code::NoType,
                "the schema has no `type`".to_owned(),
                At::Key(at.child(&entry.key)),
                &format!("this applies to values of type {kind}"),
                &format!("add `type: {kind}`"),
            );
        }
    }

    fn check_required(&mut self, Located { node: schema, at }: &Located<'a>) {
        let Some(properties) = schema.value("properties").filter(|node| node.is_mapping()) else {
            return;
        };
        let names = || properties.entries().iter().map(|entry| entry.key.as_str());
        let known: HashSet<&str> = names().collect();
        for (index, item) in schema.items_of("required").iter().enumerate() {
            let Some(name) = item.string().filter(|_| !self.is_malformed(item)) else {
                continue;
            };
            let place = At::Value(at.child("required").child(index));
            if !known.contains(name) {
                let otherwise = "add the property, or remove the name from `required`";
                self.report(
                    Code::RequiredNotAProperty,
                    format!("`required` contains `{name}`, which is not a property"),
                    place,
                    "no property of this name",
                    &meant_or(nearest(name, names()), otherwise),
                );
            }
        }
    }

    fn check_enum(&mut self, Located { node: schema, at }: &Located<'a>) {
        let kind = schema.value("type").and_then(Node::text);
        let kind = kind.and_then(JsonType::of_key);
        let mut seen = HashSet::new();
        for (index, item) in schema.items_of("enum").iter().enumerate() {
            let place = At::Value(at.child("enum").child(index));
            let is_of_type = |kind: &JsonType| {
                JsonType::of_value(item).is_some_and(|value| kind.includes(value))
            };
            if let Some(kind) = kind.filter(|kind| !item.is_null() && !is_of_type(kind)) {
                // Do not compare examples with this list.
                self.malformed.insert(schema.span.clone());
                self.report(
                    Code::EnumValueType,
                    format!("this enum value is not of type {}", kind.key()),
                    place.clone(),
                    "not the type of the schema",
                    match kind {
                        JsonType::String if item.scalar().is_some() => "put it in quotes",
                        _ => "correct the value, or the `type`",
                    },
                );
            }
            if let Some(text) = item.text()
                && !seen.insert(text)
            {
                self.report(
                    Code::DuplicateEnumValue,
                    format!("the enum contains `{text}` twice"),
                    place,
                    "already in the list",
                    "remove one of the two",
                );
            }
        }
    }

    fn check_format(&mut self, Located { node: schema, at }: &Located<'a>) {
        let Some(name) = schema.value("format").and_then(Node::text) else {
            return;
        };
        if format::names().any(|known| known == name) {
            return;
        }
        self.report(
            Code::UnknownFormat,
            format!("`{name}` is not a known format"),
            At::Value(at.child("format")),
            "no effect on the client",
            &meant_or(nearest(name, format::names()), ""),
        );
    }
}
