//! The shape of every object: its keys, and the JSON types of what they hold.

use super::model::{MEDIA_TYPE, Object, PARAMETER, SCHEMA, STYLES, Shape};
use super::suggest::{has_like, nearest};
use super::{Checker, Located, Reference};
use crate::code::Code;
use crate::code::Severity;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

impl<'a> Checker<'a> {
    pub(super) fn report(&mut self, code: Code, message: String, at: At, label: &str, help: &str) {
        let problem = Problem::new(code, message, at, label);
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }

    fn shape(&mut self, node: &'a Node, at: &LazyPointer<'_>, shape: &'static Shape) {
        match shape {
            Shape::Any => {}
            Shape::String => {
                if !matches!(scalar(node), Some((_, Scalar::String))) {
                    self.wrong_type(node, at, "a string");
                }
            }
            Shape::Boolean => {
                if !matches!(scalar(node), Some((_, Scalar::Boolean(_)))) {
                    self.wrong_type(node, at, "true or false");
                }
            }
            Shape::Count => match scalar(node) {
                Some((text, Scalar::Integer)) if !text.starts_with('-') => {}
                _ => self.wrong_type(node, at, "a whole number that is not negative"),
            },
            Shape::Number => {
                if !matches!(scalar(node), Some((_, Scalar::Integer | Scalar::Number))) {
                    self.wrong_type(node, at, "a number");
                }
            }
            Shape::OneOf(values) => self.one_of(node, at, values),
            Shape::Enumeration => match &node.kind {
                NodeKind::Sequence(items) if !items.is_empty() => {}
                _ => self.wrong_type(node, at, "a list of at least one value"),
            },
            Shape::List(inner) => match &node.kind {
                NodeKind::Sequence(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.shape(item, &at.item(index), inner);
                    }
                }
                _ => self.wrong_type(node, at, "a list"),
            },
            Shape::Map(inner) => match &node.kind {
                NodeKind::Mapping(entries) => {
                    for entry in entries {
                        self.shape(&entry.value, &at.child(&entry.key), inner);
                    }
                }
                _ => self.wrong_type(node, at, "an object"),
            },
            Shape::Content => match &node.kind {
                NodeKind::Mapping(entries) => {
                    for entry in entries {
                        let at = at.child(&entry.key);
                        self.media_type(entry, &at);
                        self.object(&entry.value, &at, &MEDIA_TYPE);
                    }
                }
                _ => self.wrong_type(node, at, "an object"),
            },
            Shape::Object(object) => self.object(node, at, object),
            Shape::OrReference(object) => self.or_reference(node, at, object),
            Shape::BooleanOrSchema => {
                if !matches!(scalar(node), Some((_, Scalar::Boolean(_)))) {
                    self.or_reference(node, at, &SCHEMA);
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
        let is_unquoted = matches!(scalar(node), Some((text, value))
            if expected == "a string" && value != Scalar::String && !text.is_empty());
        self.report(
            Code::WrongType,
            format!("this is {found}, and has to be {expected}"),
            At::Value(at.pointer()),
            &format!("expected {expected}"),
            if is_unquoted { "put it in quotes" } else { "" },
        );
    }

    fn one_of(&mut self, node: &Node, at: &LazyPointer<'_>, values: &[&str]) {
        let Some((text, Scalar::String)) = scalar(node) else {
            return self.wrong_type(node, at, "a string");
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
            At::Value(at.pointer()),
            "unknown value",
            &help,
        );
    }

    pub(super) fn or_reference(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        let Some(reference) = node.get("$ref") else {
            if let Some(entry) = misspelt_reference(node, object) {
                self.misshapen.insert(std::ptr::from_ref(node));
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
        let Some((target, Scalar::String)) = scalar(&reference.value) else {
            return self.wrong_type(&reference.value, &at.child("$ref"), "a string");
        };
        self.references.push(Reference {
            target,
            at: at.child("$ref").pointer(),
            section: object.section.unwrap_or_default(),
            object: object.name,
        });
        let NodeKind::Mapping(entries) = &node.kind else {
            return;
        };
        for entry in entries.iter().filter(|entry| entry.key != "$ref") {
            self.report(
                Code::KeyBesideReference,
                format!("`{}` beside `$ref` has no effect", entry.key),
                At::Key(at.child(&entry.key).pointer()),
                "a Reference Object has `$ref` alone",
                "put the reference in an `allOf` of one, and the key beside that",
            );
        }
    }

    pub(super) fn object(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        let NodeKind::Mapping(entries) = &node.kind else {
            return self.wrong_type(node, at, "an object");
        };
        if std::ptr::eq(object, &SCHEMA) {
            let at = at.pointer();
            self.add_mapping(node, &at);
            self.schemas.push(Located { node, at });
        }
        if matches!(
            object.name,
            "Media Type Object" | "Parameter Object" | "Header Object"
        ) {
            let at = at.pointer();
            self.carriers.push(Located { node, at });
        }
        let before = self.problems.len();
        for entry in entries {
            let at = at.child(&entry.key);
            if is_extension(&entry.key) {
                self.extension(entry, &at, node, object);
                continue;
            }
            let field = object.fields.iter().find(|field| field.key == entry.key);
            match (field, &object.pattern) {
                (Some(field), _) => self.shape(&entry.value, &at, &field.shape),
                (None, Some(pattern)) => self.patterned(entry, &at, pattern),
                (None, None) => self.unknown_key(entry, &at, object),
            }
        }
        let own = self.problems[before..].iter().filter(|problem| {
            problem.code.severity() == Severity::Error && problem.code != Code::BadExtension
        });
        let mut holders = own.map(|problem| problem.at.pointer().parent());
        if holders.any(|holder| holder == Some(at.pointer())) {
            self.misshapen.insert(std::ptr::from_ref(node));
        }
        for field in object.fields.iter().filter(|field| field.required) {
            // A misspelt key is told already; that it is missing would be told twice.
            if !has_like(node, field.key) {
                self.report(
                    Code::MissingKey,
                    format!("the key `{}` is missing", field.key),
                    At::Key(at.pointer()),
                    &format!("this {} must have it", object.name),
                    "",
                );
            }
        }
        self.dependent_keys(node, at, object);
        if std::ptr::eq(object, &PARAMETER) {
            self.style(node, at);
        }
    }

    /// The place of a parameter says which styles it may have.
    fn style(&mut self, parameter: &'a Node, at: &LazyPointer<'_>) {
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
            self.report(
                Code::UnknownValue,
                format!("`{style}` is not a style of parameters in `{location}`"),
                At::Value(at.child("style").pointer()),
                "not in this place",
                &format!("it is one of: {}", styles.join(", ")),
            );
        }
    }

    /// Keys that must be there because of what others hold.
    fn dependent_keys(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
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
                self.report(Code::MissingKey, message, At::Key(at.pointer()), &label, "");
            }
        }
    }
}

/// The one key of an object, if it is misspelt for that of a Reference Object.
fn misspelt_reference<'n>(node: &'n Node, object: &Object) -> Option<&'n Entry> {
    let NodeKind::Mapping(entries) = &node.kind else {
        return None;
    };
    let [entry] = &entries[..] else {
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
        NodeKind::Scalar { text, value } => Some((text, *value)),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    }
}
