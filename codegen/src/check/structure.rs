//! The structure of every object: its keys, and the JSON types of their values.

use super::reading::{self, Slot, UNUSED};
use super::suggest::{has_like, nearest};
use super::{Checker, Located, Reference};
use crate::code::Code;
use crate::openapi::object_model::{Field, FieldType, Object, Required};
use crate::openapi::objects::{EXAMPLE, HEADER, LINK, MEDIA_TYPE, PARAMETER, PATH_ITEM, SCHEMA};
use crate::openapi::style::{Location, Style};
use crate::openapi::version::Version;
use crate::problem::At;
use crate::readings::Reading;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

static MEDIA_TYPES: FieldType = FieldType::OrReference(&MEDIA_TYPE);

/// Keys of an object that exclude each other.
static EXCLUSIVE: [(&Object, [&str; 2]); 6] = [
    (&EXAMPLE, ["value", "externalValue"]),
    (&HEADER, ["example", "examples"]),
    (&LINK, ["operationId", "operationRef"]),
    (&MEDIA_TYPE, ["example", "examples"]),
    (&PARAMETER, ["example", "examples"]),
    (&PARAMETER, ["schema", "content"]),
];

/// The keys next to `$ref` in a Reference Object since OpenAPI 3.1.
const DESCRIBING: [&str; 2] = ["summary", "description"];

impl<'a> Checker<'a> {
    pub(super) fn value(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        expected: &'static FieldType,
        slot: Slot,
    ) {
        let what = match (expected, &node.kind) {
            (FieldType::Any, _) => return,
            (FieldType::String, _) if node.string().is_some() => return,
            (FieldType::Boolean, _) if node.boolean().is_some() => return,
            (FieldType::BooleanOrSchema, _) if node.boolean().is_some() => return,
            (
                FieldType::Count,
                NodeKind::Scalar {
                    text,
                    value: Scalar::Integer | Scalar::Number,
                },
            ) if text
                .parse()
                .is_ok_and(|count: f64| count >= 0.0 && count.fract() == 0.0) =>
            {
                return;
            }
            (
                FieldType::Number,
                NodeKind::Scalar {
                    value: Scalar::Integer | Scalar::Number,
                    ..
                },
            ) => {
                return;
            }
            (FieldType::OneOf(values), _) if node.string().is_some() => {
                return self.one_of(node, at, values, slot, expected);
            }
            (FieldType::OneOrMoreOf(values), NodeKind::Sequence(items)) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    let at = at.item(index);
                    match item.scalar() {
                        Some((_, Scalar::Null)) => self.note_unquoted_null(&at),
                        Some((_, Scalar::String)) => {
                            self.one_of(item, &at, values, Slot::Member, expected);
                        }
                        _ => self.wrong_type(item, &at, expected, Slot::Member, "a string"),
                    }
                }
                return;
            }
            (FieldType::OneOrMoreOf(values), _) if node.string().is_some() => {
                return self.one_of(node, at, values, slot, expected);
            }
            (FieldType::Enumeration, NodeKind::Sequence(items)) if !items.is_empty() => return,
            (FieldType::List(inner), NodeKind::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &at.item(index), inner, Slot::Member);
                }
                return;
            }
            (FieldType::Map(inner), NodeKind::Mapping(entries)) => {
                for entry in entries {
                    self.value(&entry.value, &at.child(&entry.key), inner, Slot::Member);
                }
                return;
            }
            (FieldType::Content, NodeKind::Mapping(entries)) => {
                for entry in entries {
                    let at = at.child(&entry.key);
                    self.media_type(entry, &at);
                    self.value(&entry.value, &at, &MEDIA_TYPES, Slot::Member);
                }
                return;
            }
            (FieldType::Object(object), NodeKind::Mapping(_)) => {
                return self.object(node, at, object);
            }
            (
                FieldType::OrReference(object),
                NodeKind::Scalar {
                    value: Scalar::Boolean(value),
                    ..
                },
            ) if object.is(&SCHEMA) => {
                return self.note_boolean_schema(*value, at);
            }
            (FieldType::OrReference(object), NodeKind::Mapping(_)) => {
                return self.object_or_reference(node, at, object);
            }
            (FieldType::BooleanOrSchema, NodeKind::Mapping(_)) => {
                return self.object_or_reference(node, at, &SCHEMA);
            }
            (FieldType::String | FieldType::OneOf(_) | FieldType::OneOrMoreOf(_), _) => "a string",
            (FieldType::Boolean, _) => "true or false",
            (FieldType::Count, _) => "a non-negative integer",
            (FieldType::Number, _) => "a number",
            (FieldType::Enumeration, _) => "a non-empty list",
            (FieldType::List(_), _) => "a list",
            _ => "an object",
        };
        self.wrong_type(node, at, expected, slot, what);
    }

    fn wrong_type(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        expected: &'static FieldType,
        slot: Slot,
        what: &str,
    ) {
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
            if what == "a string" && value != Scalar::String && !text.is_empty());
        let (code, label) = self.read(node, expected, slot, Code::WrongType);
        self.report(
            code,
            format!("expected {what}, found {found}"),
            At::Value(at.pointer()),
            label.as_deref().unwrap_or(&format!("expected {what}")),
            if is_unquoted { "put it in quotes" } else { "" },
        );
    }

    /// Notes how an invalid value is read. If that is clear, returns a text that says so. Otherwise the
    /// code stays the same.
    fn read(
        &mut self,
        node: &'a Node,
        expected: &'static FieldType,
        slot: Slot,
        code: Code,
    ) -> (Code, Option<String>) {
        let clear = reading::clear(node, expected, slot);
        let ignored = || (Reading::Absent, "ignored".to_owned());
        let clear = clear.or_else(|| self.is_unused.then(ignored));
        let (code, reading, label) = match clear {
            Some((reading, label)) => (Code::ClearValue, Some(reading), Some(label)),
            None => (code, reading::unclear(expected), None),
        };
        if let Some(reading) = reading {
            self.readings.read(node, reading);
        }
        (code, label)
    }

    fn one_of(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        values: &[&str],
        slot: Slot,
        expected: &'static FieldType,
    ) {
        let text = node.string().unwrap_or_default();
        if values.contains(&text) {
            return;
        }
        let help = match nearest(text, values.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("use one of: {}", values.join(", ")),
        };
        let (code, label) = self.read(node, expected, slot, Code::UnknownValue);
        self.report(
            code,
            format!("`{text}` is not a value that OpenAPI defines here"),
            At::Value(at.pointer()),
            label.as_deref().unwrap_or("invalid value"),
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
        let Some(reference) = node.get("$ref") else {
            if let Some(entry) = misspelt_reference(node, object) {
                self.malformed.insert(std::ptr::from_ref(node));
                return self.report(
                    Code::WrongReference,
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
            _ => self.report(
                Code::WrongType,
                "`$ref` is not a string".to_owned(),
                At::Value(at.pointer()),
                "expected a string",
                "",
            ),
        }
    }

    pub(super) fn object(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        let entries = node.entries();
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
            match (field, &object.pattern) {
                (Some(field), _) => {
                    self.note_other_version(entry, &at, node, field);
                    let slot = match reading::needs_value(object, field, entry, node) {
                        true => Slot::Member,
                        false => Slot::Field(field),
                    };
                    self.field(entry, &at, field, slot);
                }
                (None, Some(pattern)) => self.patterned_key(entry, &at, pattern),
                (None, None) => self.unknown_key(entry, &at, object),
            }
        }
        if self.has_own_problem(before, at) {
            self.malformed.insert(std::ptr::from_ref(node));
        }
        self.exclusive_keys(node, at, object);
        self.required_keys(node, at, object);
        if object.is(&PARAMETER) {
            self.style(node, at);
        }
    }

    fn field(&mut self, entry: &'a Entry, at: &LazyPointer<'_>, field: &'static Field, slot: Slot) {
        let is_within_unused = self.is_unused;
        if !is_within_unused && UNUSED.contains(&field.key) {
            self.is_unused = true;
            self.unused.insert(at.pointer());
        }
        self.value(&entry.value, at, &field.value, slot);
        self.is_unused = is_within_unused;
    }

    /// Whether any of the problems from `before` on is one of a key of the object at `at`.
    fn has_own_problem(&self, before: usize, at: &LazyPointer<'_>) -> bool {
        let mut problems = self.problems[before..].iter();
        if self.problems.len() == before {
            return false;
        }
        let at = at.pointer();
        problems.any(|problem| {
            problem.code.is_structural() && problem.at.pointer().parent().as_ref() == Some(&at)
        })
    }

    /// Of two keys that exclude each other, ignores the second.
    fn exclusive_keys(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        for (other, [first, second]) in EXCLUSIVE {
            if let (true, Some(_), Some(entry)) =
                (object.is(other), node.get(first), node.get(second))
            {
                self.readings.read(&entry.value, Reading::Absent);
                self.report(
                    Code::MisplacedKey,
                    format!("`{second}` excludes `{first}`"),
                    At::Key(at.child(second).pointer()),
                    &format!("ignored, as there is `{first}`"),
                    "remove one of the two",
                );
            }
        }
    }

    fn required_keys(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        for field in object.fields_of(self.version) {
            let is_required = match field.required {
                Required::Never => false,
                Required::Always => true,
                Required::If(key, value) => node.value(key).and_then(Node::string) == Some(value),
                Required::Unless(key) => node.get(key).is_none(),
            };
            let value = node.value(field.key);
            let is_read = value.is_some_and(|value| !self.readings.is_absent(value));
            if !is_required || is_read {
                continue;
            }
            let clear = reading::clear_default(object, field, node);
            let clear = clear.or_else(|| {
                let default = reading::default_of(&field.value);
                self.is_unused
                    .then_some((default, "the client does not need it"))
            });
            let code = match clear {
                Some(_) => Code::ClearWithoutKey,
                None => Code::MissingKey,
            };
            // A misspelt key or a value of the wrong type is reported already.
            let is_reported = match code {
                Code::MissingKey => value.is_some_and(|value| !value.is_null()),
                _ => has_like(node, field.key),
            };
            if !is_reported {
                let requires = format!("this {} requires it", object.name);
                let label = clear.as_ref().map_or(requires.as_str(), |(_, label)| label);
                let message = format!("missing key `{}`", field.key);
                self.report(code, message, At::Key(at.pointer()), label, "");
            }
            if let Some((default, _)) = clear {
                self.readings.add(node, field.key, default);
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
            if let Some(style) = parameter.value("style") {
                self.readings.read(style, Reading::Absent);
            }
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
