//! The shape of every object: its keys, and the JSON types of what they hold.

use std::ops::Range;

use super::model::{MEDIA_TYPE, Object, PARAMETER, SCHEMA, STYLES, Shape};
use super::suggest::{has_like, nearest};
use super::{Checker, Reference};
use crate::code::Code;
use crate::code::Severity;
use crate::problem::{At, Problem};
use crate::source::{Entry, Kind, Node, Scalar};

impl<'a> Checker<'a> {
    pub(super) fn report(
        &mut self,
        code: Code,
        message: String,
        place: Range<usize>,
        label: &str,
        help: &str,
    ) {
        let problem = Problem::new(code, message, At::Span(place), label);
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }

    /// `place` is the key under which the value stands.
    fn shape(&mut self, node: &'a Node, place: Range<usize>, shape: &'static Shape) {
        match shape {
            Shape::Any => {}
            Shape::String => {
                if !matches!(scalar(node), Some((_, Scalar::String))) {
                    self.wrong_type(node, place, "a string");
                }
            }
            Shape::Boolean => {
                if !matches!(scalar(node), Some((_, Scalar::Boolean(_)))) {
                    self.wrong_type(node, place, "true or false");
                }
            }
            Shape::Count => match scalar(node) {
                Some((text, Scalar::Integer)) if !text.starts_with('-') => {}
                _ => self.wrong_type(node, place, "a whole number that is not negative"),
            },
            Shape::Number => {
                if !matches!(scalar(node), Some((_, Scalar::Integer | Scalar::Number))) {
                    self.wrong_type(node, place, "a number");
                }
            }
            Shape::OneOf(values) => self.one_of(node, place, values),
            Shape::Enumeration => match &node.kind {
                Kind::Sequence(items) if !items.is_empty() => {}
                _ => self.wrong_type(node, place, "a list of at least one value"),
            },
            Shape::List(inner) => match &node.kind {
                Kind::Sequence(items) => {
                    for item in items {
                        self.shape(item, first_line(item), inner);
                    }
                }
                _ => self.wrong_type(node, place, "a list"),
            },
            Shape::Map(inner) => match &node.kind {
                Kind::Mapping(entries) => {
                    for entry in entries {
                        self.shape(&entry.value, entry.key_span.clone(), inner);
                    }
                }
                _ => self.wrong_type(node, place, "an object"),
            },
            Shape::Content => match &node.kind {
                Kind::Mapping(entries) => {
                    for entry in entries {
                        self.media_type(entry);
                        self.object(&entry.value, entry.key_span.clone(), &MEDIA_TYPE);
                    }
                }
                _ => self.wrong_type(node, place, "an object"),
            },
            Shape::Object(object) => self.object(node, place, object),
            Shape::OrReference(object) => self.or_reference(node, place, object),
            Shape::BooleanOrSchema => {
                if !matches!(scalar(node), Some((_, Scalar::Boolean(_)))) {
                    self.or_reference(node, place, &SCHEMA);
                }
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, place: Range<usize>, expected: &str) {
        let found = match &node.kind {
            Kind::Mapping(_) => "an object",
            Kind::Sequence(_) => "a list",
            Kind::Scalar { value, .. } => match value {
                Scalar::Null => "null",
                Scalar::Boolean(_) => "a boolean",
                Scalar::Integer | Scalar::Number => "a number",
                Scalar::String => "a string",
            },
        };
        // An empty value has no text to mark.
        let is_visible = matches!(node.kind, Kind::Scalar { .. }) && !node.span.is_empty();
        let place = if is_visible { first_line(node) } else { place };
        let is_unquoted = matches!(scalar(node), Some((text, value))
            if expected == "a string" && value != Scalar::String && !text.is_empty());
        self.report(
            Code::WrongType,
            format!("this is {found}, and has to be {expected}"),
            place,
            &format!("expected {expected}"),
            if is_unquoted { "put it in quotes" } else { "" },
        );
    }

    fn one_of(&mut self, node: &Node, place: Range<usize>, values: &[&str]) {
        let Some((text, Scalar::String)) = scalar(node) else {
            return self.wrong_type(node, place, "a string");
        };
        if values.contains(&text) {
            return;
        }
        let help = match nearest(text, values.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("it is one of: {}", values.join(", ")),
        };
        self.report(
            Code::UnknownValue,
            format!("`{text}` is not a value that OpenAPI knows here"),
            first_line(node),
            "unknown value",
            &help,
        );
    }

    pub(super) fn or_reference(
        &mut self,
        node: &'a Node,
        place: Range<usize>,
        object: &'static Object,
    ) {
        let Some(reference) = node.get("$ref") else {
            if let Some(entry) = misspelt_reference(node, object) {
                self.misshapen.insert(std::ptr::from_ref(node));
                return self.report(
                    Code::UnknownKey,
                    format!("`{}` is not a key of the {}", entry.key, object.name),
                    entry.key_span.clone(),
                    "unknown key",
                    "did you mean `$ref`?",
                );
            }
            return self.object(node, place, object);
        };
        let Some((target, Scalar::String)) = scalar(&reference.value) else {
            return self.wrong_type(&reference.value, reference.key_span.clone(), "a string");
        };
        self.references.push(Reference {
            target,
            place: first_line(&reference.value),
            section: object.section.unwrap_or_default(),
            object: object.name,
        });
        let Kind::Mapping(entries) = &node.kind else {
            return;
        };
        for entry in entries.iter().filter(|entry| entry.key != "$ref") {
            self.report(
                Code::KeyBesideReference,
                format!("`{}` beside `$ref` has no effect", entry.key),
                entry.key_span.clone(),
                "a Reference Object has `$ref` alone",
                "put the reference in an `allOf` of one, and the key beside that",
            );
        }
    }

    pub(super) fn object(&mut self, node: &'a Node, place: Range<usize>, object: &'static Object) {
        let Kind::Mapping(entries) = &node.kind else {
            return self.wrong_type(node, place, "an object");
        };
        if std::ptr::eq(object, &SCHEMA) {
            self.schemas.push(node);
            self.add_mapping(node);
        }
        if matches!(
            object.name,
            "Media Type Object" | "Parameter Object" | "Header Object"
        ) {
            self.carriers.push(node);
        }
        let before = self.problems.len();
        for entry in entries {
            if is_extension(&entry.key) {
                self.extension(entry, node, object);
                continue;
            }
            let field = object.fields.iter().find(|field| field.key == entry.key);
            match (field, &object.pattern) {
                (Some(field), _) => self.shape(&entry.value, entry.key_span.clone(), &field.shape),
                (None, Some(pattern)) => self.patterned(entry, pattern),
                (None, None) => self.unknown_key(entry, object),
            }
        }
        let is_own = |problem: &Problem| {
            let At::Span(place) = &problem.at else {
                return false;
            };
            let is_of = |entry: &Entry| entry.key_span == *place || entry.value.span == *place;
            let is_of_shape =
                problem.code.severity() == Severity::Error && problem.code != Code::BadExtension;
            is_of_shape && entries.iter().any(is_of)
        };
        if self.problems[before..].iter().any(is_own) {
            self.misshapen.insert(std::ptr::from_ref(node));
        }
        for field in object.fields.iter().filter(|field| field.required) {
            // A misspelt key is told already; that it is missing would be told twice.
            if !has_like(node, field.key) {
                self.report(
                    Code::MissingKey,
                    format!("the key `{}` is missing", field.key),
                    place.clone(),
                    &format!("this {} must have it", object.name),
                    "",
                );
            }
        }
        self.dependent_keys(node, place, object);
        if std::ptr::eq(object, &PARAMETER) {
            self.style(node);
        }
    }

    /// The place of a parameter says which styles it may have.
    fn style(&mut self, parameter: &'a Node) {
        let entry = |key| Some(scalar(&parameter.get(key)?.value)?.0);
        let (Some(location), Some(style)) = (entry("in"), entry("style")) else {
            return;
        };
        let styles = match location {
            "path" => &["simple", "label", "matrix"][..],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" => &["form"],
            _ => return,
        };
        // One that there is in no place is told already.
        if STYLES.contains(&style) && !styles.contains(&style) {
            self.misshapen.insert(std::ptr::from_ref(parameter));
            let place = parameter.get("style").map(|entry| first_line(&entry.value));
            self.report(
                Code::UnknownValue,
                format!("`{style}` is not a style of parameters in `{location}`"),
                place.unwrap_or_default(),
                "not in this place",
                &format!("it is one of: {}", styles.join(", ")),
            );
        }
    }

    /// Keys that must be there because of what others hold.
    fn dependent_keys(&mut self, node: &'a Node, place: Range<usize>, object: &'static Object) {
        let text = |key: &str| match scalar(&node.get(key)?.value)? {
            (text, Scalar::String) => Some(text),
            _ => None,
        };
        let needed: &[&str] = match (object.name, text("type")) {
            ("Security Scheme Object", Some("apiKey")) => &["name", "in"],
            ("Security Scheme Object", Some("http")) => &["scheme"],
            ("Security Scheme Object", Some("oauth2")) => &["flows"],
            ("Security Scheme Object", Some("openIdConnect")) => &["openIdConnectUrl"],
            ("Schema Object", Some("array")) => &["items"],
            ("Parameter Object", _) if node.get("content").is_none() => &["schema"],
            _ => &[],
        };
        for key in needed {
            if !has_like(node, key) {
                let label = format!("this {} must have it", object.name);
                let message = format!("the key `{key}` is missing");
                self.report(Code::MissingKey, message, place.clone(), &label, "");
            }
        }
    }
}

/// The one key of an object, if it is misspelt for that of a Reference Object.
fn misspelt_reference<'n>(node: &'n Node, object: &Object) -> Option<&'n Entry> {
    let Kind::Mapping(entries) = &node.kind else {
        return None;
    };
    let [entry] = entries.as_slice() else {
        return None;
    };
    let is_own = object.fields.iter().any(|field| field.key == entry.key);
    let is_meant = !is_own && nearest(&entry.key, ["$ref"]).is_some();
    is_meant.then_some(entry)
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The text and the type of a scalar.
pub(super) fn scalar(node: &Node) -> Option<(&str, Scalar)> {
    match &node.kind {
        Kind::Scalar { text, value } => Some((text, *value)),
        Kind::Sequence(_) | Kind::Mapping(_) => None,
    }
}

/// What to mark of a node that has no key: all of a scalar, and the start of anything longer.
pub(super) fn first_line(node: &Node) -> Range<usize> {
    match &node.kind {
        Kind::Mapping(entries) => match entries.first() {
            Some(entry) => entry.key_span.clone(),
            None => node.span.clone(),
        },
        Kind::Sequence(_) | Kind::Scalar { .. } => node.span.clone(),
    }
}
