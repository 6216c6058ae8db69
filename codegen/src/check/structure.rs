//! The structure of every object: its keys, and the JSON types of their values.

use super::suggest::{has_like, nearest};
use super::{Checker, Located, Reference};
use crate::code::{Code, Severity};
use crate::openapi::object_model::{FieldType, Object, Required};
use crate::openapi::objects::{HEADER, MEDIA_TYPE, PARAMETER, PATH_ITEM, SCHEMA};
use crate::openapi::style::{Location, Style};
use crate::openapi::version::Version;
use crate::problem::At;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Keys of objects that do not change the client, apart from its documentation.
const UNUSED: [&str; 8] = [
    "callbacks",
    "contact",
    "examples",
    "externalDocs",
    "headers",
    "license",
    "links",
    "xml",
];

/// The keys next to `$ref` in a Reference Object since OpenAPI 3.1.
const DESCRIBING: [&str; 2] = ["summary", "description"];

impl<'a> Checker<'a> {
    fn value(&mut self, node: &'a Node, at: &LazyPointer<'_>, expected: &'static FieldType) {
        match expected {
            FieldType::Any => {}
            FieldType::String => {
                if node.string().is_none() {
                    self.wrong_type(node, at, "a string");
                }
            }
            FieldType::Boolean => {
                if node.boolean().is_none() {
                    self.wrong_type(node, at, "true or false");
                }
            }
            FieldType::Count => match node.scalar() {
                Some((text, Scalar::Integer | Scalar::Number))
                    if text
                        .parse()
                        .is_ok_and(|count: f64| count >= 0.0 && count.fract() == 0.0) => {}
                _ => self.wrong_type(node, at, "a non-negative integer"),
            },
            FieldType::Number => {
                if !matches!(node.scalar(), Some((_, Scalar::Integer | Scalar::Number))) {
                    self.wrong_type(node, at, "a number");
                }
            }
            FieldType::OneOf(values) => self.one_of(node, at, values),
            FieldType::OneOrMoreOf(values) => match &node.kind {
                NodeKind::Sequence(items) => {
                    for (index, item) in items.iter().enumerate() {
                        match item.is_null() {
                            true => self.note_unquoted_null(&at.item(index)),
                            false => self.one_of(item, &at.item(index), values),
                        }
                    }
                }
                _ => self.one_of(node, at, values),
            },
            FieldType::Enumeration => match &node.kind {
                NodeKind::Sequence(items) if !items.is_empty() => {}
                _ => self.wrong_type(node, at, "a non-empty list"),
            },
            FieldType::List(inner) => match &node.kind {
                NodeKind::Sequence(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(item, &at.item(index), inner);
                    }
                }
                _ => self.wrong_type(node, at, "a list"),
            },
            FieldType::Map(inner) => match &node.kind {
                NodeKind::Mapping(entries) => {
                    for entry in entries {
                        self.value(&entry.value, &at.child(&entry.key), inner);
                    }
                }
                _ => self.wrong_type(node, at, "an object"),
            },
            FieldType::Content => match &node.kind {
                NodeKind::Mapping(entries) => {
                    for entry in entries {
                        let at = at.child(&entry.key);
                        self.media_type(entry, &at);
                        self.object_or_reference(&entry.value, &at, &MEDIA_TYPE);
                    }
                }
                _ => self.wrong_type(node, at, "an object"),
            },
            FieldType::Object(object) => self.object(node, at, object),
            FieldType::OrReference(object) => self.object_or_reference(node, at, object),
            FieldType::BooleanOrSchema => {
                if node.boolean().is_none() {
                    self.object_or_reference(node, at, &SCHEMA);
                }
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, at: &LazyPointer<'_>, expected: &str) {
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
            if expected == "a string" && value != Scalar::String && !text.is_empty());
        self.report(
            Code::WrongType,
            format!("expected {expected}, found {found}"),
            At::Value(at.pointer()),
            &format!("expected {expected}"),
            if is_unquoted { "put it in quotes" } else { "" },
        );
    }

    fn one_of(&mut self, node: &Node, at: &LazyPointer<'_>, values: &[&str]) {
        let Some(text) = node.string() else {
            return self.wrong_type(node, at, "a string");
        };
        if values.contains(&text) {
            return;
        }
        let help = match nearest(text, values.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("use one of: {}", values.join(", ")),
        };
        self.report(
            Code::UnknownValue,
            format!("`{text}` is not a value that OpenAPI defines here"),
            At::Value(at.pointer()),
            "invalid value",
            &help,
        );
    }

    pub(super) fn object_or_reference(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        let is_schema = object.is(&SCHEMA);
        if is_schema && let Some(value) = node.boolean() {
            return self.note_boolean_schema(value, at);
        }
        let Some(reference) = node.get("$ref") else {
            if let Some(entry) = misspelt_reference(node, object) {
                self.malformed.insert(std::ptr::from_ref(node));
                return self.report(
                    Code::UnknownKey,
                    format!("`{}` is not a key of the {}", entry.key, object.name),
                    At::Key(at.child(&entry.key).pointer()),
                    "unknown key",
                    "did you mean `$ref`?",
                );
            }
            return self.object(node, at, object);
        };
        let place = at.child("$ref");
        let Some(target) = reference.value.string() else {
            return self.no_reference(&reference.value, &place);
        };
        self.references.push(Reference {
            target,
            at: place.pointer(),
            section: object.section.unwrap_or_default(),
            object: object.name,
        });
        if is_schema && self.version > Version::V3_0 {
            return self.object(node, at, object);
        }
        let may_describe = self.version > Version::V3_0;
        let siblings = node.entries().iter().filter(|entry| {
            entry.key != "$ref" && !(may_describe && DESCRIBING.contains(&entry.key.as_str()))
        });
        for entry in siblings {
            self.report(
                Code::KeyBesideReference,
                format!("`{}` next to `$ref` has no effect", entry.key),
                At::Key(at.child(&entry.key).pointer()),
                "a Reference Object has only `$ref`",
                "put the reference in an `allOf` with one entry, and this key next to the `allOf`",
            );
        }
    }

    fn no_reference(&mut self, node: &Node, at: &LazyPointer<'_>) {
        match node.text() {
            Some(comment) if comment.starts_with('#') => self.report(
                Code::WrongType,
                "`$ref` has no value: `#` starts a comment".to_owned(),
                At::Value(at.pointer()),
                "this is a comment",
                &format!("put the reference in quotes: `$ref: \"{comment}\"`"),
            ),
            _ => self.wrong_type(node, at, "a string"),
        }
    }

    pub(super) fn object(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        let NodeKind::Mapping(entries) = &node.kind else {
            return self.wrong_type(node, at, "an object");
        };
        if object.is(&SCHEMA) {
            let at = at.pointer();
            self.add_mapping(node, &at);
            self.schemas.push(Located { node, at });
        }
        if [&MEDIA_TYPE, &PARAMETER, &HEADER]
            .iter()
            .any(|it| object.is(it))
        {
            let at = at.pointer();
            self.example_holders.push(Located { node, at });
        }
        let is_schema_reference = object.is(&SCHEMA) && node.get("$ref").is_some();
        if object.is(&PATH_ITEM)
            && let Some(target) = node.value("$ref").and_then(Node::string)
        {
            self.references.push(Reference {
                target,
                at: at.child("$ref").pointer(),
                section: object.section.unwrap_or_default(),
                object: object.name,
            });
        }
        let before = self.problems.len();
        for entry in entries {
            let key = entry.key.as_str();
            let at = at.child(key);
            if key.starts_with("x-") {
                self.extension(entry, &at, node, object);
                continue;
            }
            if is_schema_reference && (key == "$ref" || DESCRIBING.contains(&key)) {
                continue;
            }
            let field = object.field(key, &entry.value, self.version);
            if field.is_some() && UNUSED.contains(&key) {
                self.unused.insert(at.pointer());
            }
            match (field, &object.pattern) {
                (Some(field), _) => {
                    self.note_other_version(entry, &at, node, field);
                    self.value(&entry.value, &at, &field.value);
                }
                (None, Some(pattern)) => self.patterned_key(entry, &at, pattern),
                (None, None) => self.unknown_key(entry, &at, object),
            }
        }
        if self.has_own_error(before, at) {
            self.malformed.insert(std::ptr::from_ref(node));
        }
        self.required_keys(node, at, object);
        if object.is(&PARAMETER) {
            self.style(node, at);
        }
    }

    /// Whether any of the problems from `before` on is an error of a key of the object at `at`.
    fn has_own_error(&self, before: usize, at: &LazyPointer<'_>) -> bool {
        let mut errors = self.problems[before..].iter().filter(|problem| {
            problem.code.severity() == Severity::Error && problem.code != Code::BadExtension
        });
        if self.problems.len() == before {
            return false;
        }
        let at = at.pointer();
        errors.any(|problem| problem.at.pointer().parent().as_ref() == Some(&at))
    }

    fn required_keys(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        for field in object.fields_of(self.version) {
            let is_required = match field.required {
                Required::Never => false,
                Required::Always => true,
                Required::If(key, value) => node.value(key).and_then(Node::string) == Some(value),
                Required::Unless(key) => node.get(key).is_none(),
            };
            // A misspelt key is already reported: do not report it as missing too.
            if is_required && !has_like(node, field.key) {
                self.report(
                    Code::MissingKey,
                    format!("missing key `{}`", field.key),
                    At::Key(at.pointer()),
                    &format!("this {} requires it", object.name),
                    "",
                );
            }
        }
    }

    /// The location of a parameter decides which styles it may have.
    fn style(&mut self, parameter: &'a Node, at: &LazyPointer<'_>) {
        let text = |key| parameter.value(key).and_then(Node::text);
        let location = text("in").and_then(Location::of_key);
        let style = text("style").and_then(Style::of_key);
        let (Some(location), Some(style)) = (location, style) else {
            return;
        };
        if !location.styles().contains(&style) {
            self.malformed.insert(std::ptr::from_ref(parameter));
            let styles: Vec<&str> = location.styles().iter().map(|style| style.key()).collect();
            self.report(
                Code::UnknownValue,
                format!(
                    "`{}` is not a style of parameters in `{}`",
                    style.key(),
                    location.key()
                ),
                At::Value(at.child("style").pointer()),
                "not allowed in this location",
                &format!("use one of: {}", styles.join(", ")),
            );
        }
    }
}

/// The only key of an object, if it is a misspelt `$ref`.
fn misspelt_reference<'n>(node: &'n Node, object: &Object) -> Option<&'n Entry> {
    let [entry] = node.entries() else {
        return None;
    };
    let is_misspelt = !object.has(&entry.key) && nearest(&entry.key, ["$ref"]).is_some();
    is_misspelt.then_some(entry)
}
