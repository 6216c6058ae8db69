//! Schemas: that what they say of themselves agrees.

use std::collections::HashSet;

use super::shape::scalar;
use super::suggest::nearest;
use super::values::agrees;
use super::{Checker, Located};
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Formats that have a meaning: OpenAPI's own, JSON Schema's, and common ones.
const FORMATS: [&str; 28] = [
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "byte",
    "binary",
    "date",
    "date-time",
    "time",
    "duration",
    "password",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "regex",
];

/// Keys that say something of values of one type, and nothing of others.
const OF_ONE_TYPE: [(&str, &str); 9] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("items", "array"),
    ("uniqueItems", "array"),
    ("pattern", "string"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("minimum", "number"),
    ("maximum", "number"),
];

impl<'a> Checker<'a> {
    pub(super) fn check_schemas(&mut self) {
        let schemas = std::mem::take(&mut self.schemas);
        // A part of an `allOf` may require what another part defines.
        let parts: HashSet<*const Node> = schemas
            .iter()
            .flat_map(|schema| schema.node.items_of("allOf"))
            .map(std::ptr::from_ref)
            .collect();
        // Their type may be that of the schema around them.
        let in_typed: HashSet<*const Node> = schemas
            .iter()
            .flat_map(|schema| {
                let schema = schema.node;
                let is_typed = schema.get("type").is_some() || schema.get("properties").is_some();
                let choices = ["anyOf", "oneOf"].map(|key| schema.items_of(key));
                let choices = choices.into_iter().flatten().filter(move |_| is_typed);
                let negated = schema.get("not").map(|entry| &entry.value);
                choices.chain(negated).chain(schema.items_of("allOf"))
            })
            .map(std::ptr::from_ref)
            .collect();
        for located in &schemas {
            let schema = located.node;
            self.check_format(located);
            for key in ["allOf", "anyOf", "oneOf"] {
                self.listed_twice(schema, &located.at, key, None);
            }
            let is_part = parts.contains(&std::ptr::from_ref(schema));
            let is_sound = !self.is_misshapen(schema);
            if is_sound {
                if !in_typed.contains(&std::ptr::from_ref(schema)) {
                    self.check_type(located);
                }
                self.check_enum(located);
            }
            if is_sound && !is_part && schema.get("allOf").is_none() {
                self.check_required(located);
            }
        }
        self.schemas = schemas;
    }

    /// Keys that concern one type, in a schema that names none and is not made of others.
    fn check_type(&mut self, Located { node: schema, at }: &Located<'a>) {
        let has = |key: &&str| schema.get(key).is_some();
        if ["type", "allOf", "anyOf", "oneOf"].iter().any(has) {
            return;
        }
        let governed = OF_ONE_TYPE
            .iter()
            .find_map(|(key, kind)| Some((schema.get(key)?, *kind)));
        let first = schema.items_of("enum").first();
        let listed = schema.get("enum").zip(first.and_then(type_of));
        if let Some((entry, kind)) = governed.or(listed) {
            self.report(
                Code::NoType,
                "the schema has no `type`".to_owned(),
                At::Key(at.child(&entry.key)),
                &format!("this is of values of type {kind}"),
                &format!("add `type: {kind}`"),
            );
        }
    }

    fn check_required(&mut self, Located { node: schema, at }: &Located<'a>) {
        let Some(Entry {
            value:
                Node {
                    kind: NodeKind::Mapping(properties),
                    ..
                },
            ..
        }) = schema.get("properties")
        else {
            return;
        };
        let mut seen = HashSet::new();
        for (index, item) in schema.items_of("required").iter().enumerate() {
            let place = || At::Value(at.child("required").child(index));
            let Some((name, Scalar::String)) = scalar(item) else {
                continue;
            };
            if !properties.iter().any(|property| property.key == name) {
                let problem = Problem::new(
                    Code::RequiredNotAProperty,
                    format!("`required` names `{name}`, which is not a property"),
                    place(),
                    "there is no property of this name",
                );
                let names = properties.iter().map(|property| property.key.as_str());
                self.problems.push(match nearest(name, names) {
                    Some(meant) => problem.help(format!("did you mean `{meant}`?")),
                    None => problem.help("add the property, or take the name out"),
                });
            } else if !seen.insert(name) {
                self.problems.push(Problem::new(
                    Code::DuplicateKey,
                    format!("`required` names `{name}` twice"),
                    place(),
                    "it is already in the list",
                ));
            }
        }
    }

    fn check_enum(&mut self, Located { node: schema, at }: &Located<'a>) {
        let kind = schema
            .get("type")
            .and_then(|kind| Some(scalar(&kind.value)?.0));
        let mut seen = HashSet::new();
        for (index, item) in schema.items_of("enum").iter().enumerate() {
            let place = || At::Value(at.child("enum").child(index));
            let value = scalar(item);
            let is_null = matches!(value, Some((_, Scalar::Null)));
            if let (Some(kind), false) = (kind, is_null)
                && !agrees(kind, item)
            {
                // Examples are not held against such a list.
                self.misshapen.insert(std::ptr::from_ref(*schema));
                let quote = kind == "string" && value.is_some();
                let problem = Problem::new(
                    Code::EnumValueType,
                    format!("this value of the enum is not of type {kind}"),
                    place(),
                    "another type than the schema's",
                );
                self.problems.push(match quote {
                    true => problem.help("put it in quotes"),
                    false => problem,
                });
            }
            if let Some((text, _)) = value
                && !seen.insert(text)
            {
                self.problems.push(
                    Problem::new(
                        Code::DuplicateEnumValue,
                        format!("the enum has `{text}` twice"),
                        place(),
                        "it is already in the list",
                    )
                    .help("keep one of the two"),
                );
            }
        }
    }

    fn check_format(&mut self, Located { node: schema, at }: &Located<'a>) {
        let Some(format) = schema.get("format") else {
            return;
        };
        let Some((text, _)) = scalar(&format.value) else {
            return;
        };
        if FORMATS.contains(&text) {
            return;
        }
        let problem = Problem::new(
            Code::UnknownFormat,
            format!("`{text}` is not a known format"),
            At::Value(at.child("format")),
            "it has no effect on the client",
        );
        self.problems.push(match nearest(text, FORMATS) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem,
        });
    }
}

/// The type of a value of an enum.
fn type_of(value: &Node) -> Option<&'static str> {
    match scalar(value)?.1 {
        Scalar::String => Some("string"),
        Scalar::Integer => Some("integer"),
        Scalar::Number => Some("number"),
        Scalar::Boolean(_) => Some("boolean"),
        Scalar::Null => None,
    }
}
