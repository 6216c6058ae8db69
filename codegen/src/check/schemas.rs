//! Schemas: that what they say of themselves agrees.

use std::collections::HashSet;

use super::Checker;
use super::shape::{first_line, scalar};
use super::suggest::nearest;
use super::values::agrees;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::{Entry, Kind, Node, Scalar};

/// Formats that have a meaning: OpenAPI's own, JSON Schema's, and common ones.
const FORMATS: [&str; 26] = [
    "int32",
    "int64",
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

impl<'a> Checker<'a> {
    pub(super) fn check_schemas(&mut self) {
        let schemas = std::mem::take(&mut self.schemas);
        // A part of an `allOf` may require what another part defines.
        let parts: HashSet<*const Node> = schemas
            .iter()
            .flat_map(|schema| schema.items_of("allOf"))
            .map(std::ptr::from_ref)
            .collect();
        for schema in &schemas {
            self.check_format(schema);
            let is_part = parts.contains(&std::ptr::from_ref::<Node>(schema));
            let is_sound = !self.is_misshapen(schema);
            if is_sound {
                self.check_enum(schema);
            }
            if is_sound && !is_part && schema.get("allOf").is_none() {
                self.check_required(schema);
            }
        }
        self.schemas = schemas;
    }

    fn check_required(&mut self, schema: &'a Node) {
        let Some(Entry {
            value:
                Node {
                    kind: Kind::Mapping(properties),
                    ..
                },
            ..
        }) = schema.get("properties")
        else {
            return;
        };
        let mut seen = HashSet::new();
        for item in schema.items_of("required") {
            let Some((name, Scalar::String)) = scalar(item) else {
                continue;
            };
            if !properties.iter().any(|property| property.key == name) {
                let problem = Problem::new(
                    Code::RequiredNotAProperty,
                    format!("`required` names `{name}`, which is not a property"),
                    At::Span(first_line(item)),
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
                    At::Span(first_line(item)),
                    "it is already in the list",
                ));
            }
        }
    }

    fn check_enum(&mut self, schema: &'a Node) {
        let kind = schema
            .get("type")
            .and_then(|kind| Some(scalar(&kind.value)?.0));
        let mut seen = HashSet::new();
        for item in schema.items_of("enum") {
            let value = scalar(item);
            let is_null = matches!(value, Some((_, Scalar::Null)));
            if let (Some(kind), false) = (kind, is_null)
                && !agrees(kind, item)
            {
                // Examples are not held against such a list.
                self.misshapen.insert(std::ptr::from_ref(schema));
                let quote = kind == "string" && value.is_some();
                let problem = Problem::new(
                    Code::EnumValueType,
                    format!("this value of the enum is not of type {kind}"),
                    At::Span(first_line(item)),
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
                        At::Span(first_line(item)),
                        "it is already in the list",
                    )
                    .help("keep one of the two"),
                );
            }
        }
    }

    fn check_format(&mut self, schema: &'a Node) {
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
            At::Span(first_line(&format.value)),
            "it has no effect on the client",
        );
        self.problems.push(match nearest(text, FORMATS) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem,
        });
    }
}
