//! The structure of every object of a document as it is written: its keys, and the JSON types of their
//! values. What is wrong gets a reading, so that the document as it is read has the right structure.

mod departures;
mod extensions;
mod other_version;
mod pages;
mod reading;
mod required;
mod unknown_keys;
mod values;

use std::collections::HashSet;
use std::ops::Range;

use super::suggest::nearest;
use crate::code::Code;
use crate::openapi::object_model::{Field, Object};
use crate::openapi::objects::{EXAMPLE, HEADER, LINK, MEDIA_TYPE, OPENAPI, PARAMETER, SCHEMA};
use crate::openapi::style::{COOKIE, Location};
use crate::openapi::version::Version;
use crate::problem::{At, Problem};
use crate::readings::{Reading, Readings};
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Entry, Node};
use reading::Slot;
pub(super) use reading::UNUSED;

/// What is wrong with the structure of a document, and how that is read.
pub(crate) struct Structure<'a> {
    version: Version,
    pub(crate) problems: Vec<Problem>,
    pub(crate) readings: Readings<'a>,
    /// The spans of the objects with an error in their own keys.
    pub(crate) malformed: HashSet<Range<usize>>,
    /// Whether the client does not use the current place.
    is_unused: bool,
}

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

impl<'a> Structure<'a> {
    /// Checks the structure of a document of this version.
    pub(crate) fn of(root: &'a Node, version: Version) -> Self {
        let mut structure = Structure {
            version,
            problems: Vec::new(),
            readings: Readings::default(),
            malformed: HashSet::new(),
            is_unused: false,
        };
        structure.object(root, &LazyPointer::To(&Pointer::root()), &OPENAPI);
        structure
    }

    /// Whether the document has parts that are written differently in OpenAPI 3.0.
    pub(crate) fn is_to_normalize(&self) -> bool {
        let mut problems = self.problems.iter();
        self.version > Version::V3_0 || problems.any(|it| it.code == Code::OtherVersion)
    }

    fn report(&mut self, code: Code, message: String, at: At, label: &str, help: &str) {
        let problem = Problem::new(code, message, at, label);
        self.problems.push(problem.help(help));
    }

    fn object_or_reference(
        &mut self,
        node: &'a Node,
        at: &LazyPointer<'_>,
        object: &'static Object,
    ) {
        let Some(reference) = node.get("$ref") else {
            if let Some(entry) = misspelt_reference(node, object) {
                self.read_as_empty(node, object);
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
        if reference.value.string().is_none() {
            self.read_as_empty(node, object);
            return self.no_reference(&reference.value, &at.child("$ref"));
        }
        let may_describe = self.version > Version::V3_0;
        if object.is(&SCHEMA) && may_describe {
            return self.object(node, at, object);
        }
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
        let help;
        let (message, label, help) = match node.text() {
            Some(comment) if comment.starts_with('#') => {
                help = format!("put the reference in quotes: `$ref: \"{comment}\"`");
                (
                    "`$ref` has no value: `#` starts a comment",
                    "this is a comment",
                    help.as_str(),
                )
            }
            _ => ("`$ref` is not a string", "expected a string", ""),
        };
        let place = At::Value(at.pointer());
        self.report(Code::WrongType, message.to_owned(), place, label, help);
    }

    /// Notes that nothing is known of an object.
    fn read_as_empty(&mut self, node: &'a Node, object: &Object) {
        self.malformed.insert(node.span.clone());
        for entry in node.entries() {
            self.readings.read(&entry.value, Reading::Absent);
        }
        for (key, reading) in reading::default_entries(object) {
            self.readings.add(node, key, reading);
        }
    }

    fn object(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) {
        let is_schema_reference = object.is(&SCHEMA) && node.get("$ref").is_some();
        let before = self.problems.len();
        for entry in node.entries() {
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
                (None, Some((pattern, expected))) => {
                    self.value(&entry.value, &at, expected, Slot::Member);
                    self.patterned_key(entry, &at, node, pattern);
                }
                (None, None) => self.unknown_key(entry, &at, object),
            }
        }
        if self.has_own_problem(before, at) {
            self.malformed.insert(node.span.clone());
        }
        self.exclusive_keys(node, at, object);
        self.required_keys(node, at, object);
        if object.is(&PARAMETER) {
            self.style(node, at);
        }
    }

    fn field(&mut self, entry: &'a Entry, at: &LazyPointer<'_>, field: &'static Field, slot: Slot) {
        let is_within_unused = self.is_unused;
        self.is_unused |= UNUSED.contains(&field.key);
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

    /// The location of a parameter decides which styles it may have.
    fn style(&mut self, parameter: &'a Node, at: &LazyPointer<'_>) {
        let location = self.readings.text(parameter, "in");
        let location = location.and_then(Location::of_key);
        let style = self.readings.text(parameter, "style");
        let (Some(location), Some(style)) = (location, style.map(str::to_owned)) else {
            return;
        };
        let styles: Vec<&str> = location.styles().iter().map(|style| style.key()).collect();
        if styles.contains(&&*style) {
            return;
        }
        self.malformed.insert(parameter.span.clone());
        if let Some(style) = parameter.value("style") {
            self.readings.read(style, Reading::Absent);
        }
        if self.readings.added(parameter, "in").is_some() {
            return;
        }
        let place = At::Value(at.child("style").pointer());
        if location == Location::Cookie && style == COOKIE {
            return self.report(
                Code::Unsupported,
                format!("`style: {style}` is not supported"),
                place,
                "the client percent-encodes cookies",
                "remove it if no value has a character that a cookie cannot contain",
            );
        }
        let location = location.key();
        self.report(
            Code::UnknownValue,
            format!("`{style}` is not a style of parameters in `{location}`"),
            place,
            "not allowed in this location",
            &format!("use one of: {}", styles.join(", ")),
        );
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
