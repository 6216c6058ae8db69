//! Extensions: keys that start with `x-`. Those that are not read belong to their author, unless they
//! look like one that is read.

use std::collections::HashSet;

use super::Structure;
use crate::check::suggest::{has_like, meant_or, nearest};
use crate::code::Code;
use crate::openapi::extension::{self, ENUM_DESCRIPTIONS, Extension, ExtensionValue, PREFIX};
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::openapi::object_model::Object;
use crate::problem::At;
use crate::readings::Reading;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind};

/// The extensions that are read in an object.
pub(super) fn names_in(object: &Object) -> impl Iterator<Item = &'static str> + Clone {
    let read = extension::ALL.into_iter();
    read.filter(move |extension| extension.is_read_in(object))
        .map(|extension| extension.key)
}

impl<'a> Structure<'a> {
    pub(super) fn extension(
        &mut self,
        entry: &'a Entry,
        at: &LazyPointer<'_>,
        node: &'a Node,
        object: &Object,
    ) {
        let known = extension::ALL.iter().find(|known| known.key == entry.key);
        match known {
            Some(known) if is_read(known, node, object) => {
                self.extension_value(known, entry, at, node, object);
            }
            _ => self.unread_extension(entry, at, node, object),
        }
    }

    fn extension_value(
        &mut self,
        extension: &Extension,
        entry: &'a Entry,
        at: &LazyPointer<'_>,
        node: &'a Node,
        object: &Object,
    ) {
        let key = extension.key;
        let (message, label) = match extension.value {
            ExtensionValue::Boolean if entry.value.boolean().is_none() => {
                (format!("`{key}` is not a boolean"), "write true or false")
            }
            ExtensionValue::String if entry.value.string().is_none() => {
                (format!("`{key}` is not a string"), "expected a string")
            }
            ExtensionValue::PathSegments if !is_string_list(&entry.value) => (
                format!("`{key}` is not a list of strings"),
                "write it like `[bulk, reorder]`",
            ),
            ExtensionValue::Boolean | ExtensionValue::String | ExtensionValue::PathSegments => {
                return;
            }
            ExtensionValue::Format => {
                let json_type = node.value("type").and_then(Node::text);
                let json_type = json_type.and_then(JsonType::of_key);
                let name = entry.value.string();
                let format = name.and_then(Format::of_name);
                let fits = |format: Format| json_type.is_none_or(|it| it == format.json_type());
                match (format, name) {
                    (Some(format), _) if fits(format) => return,
                    (Some(format), _) => (
                        format!("`{}` is not a format of this type", format.name()),
                        "expected a format of the type of the schema",
                    ),
                    (None, Some(name)) => (
                        format!("`{name}` is not a format that the client decodes"),
                        "expected a format such as `date-time-lenient`",
                    ),
                    (None, None) => (format!("`{key}` is not a string"), "expected a string"),
                }
            }
            ExtensionValue::EnumDescriptions => return self.enum_descriptions(entry, at, node),
            ExtensionValue::Pages => return self.pages(entry, at),
            ExtensionValue::Departures => return self.departures(entry, at, object),
        };
        self.report(
            Code::BadExtension,
            message,
            At::Value(at.pointer()),
            label,
            "",
        );
    }

    fn unread_extension(
        &mut self,
        entry: &Entry,
        at: &LazyPointer<'_>,
        node: &'a Node,
        object: &Object,
    ) {
        let key = entry.key.as_str();
        let own_name = key.strip_prefix(PREFIX);
        if own_name.is_some() {
            // The rewriting to OpenAPI 3.0 has marks with this prefix.
            self.readings.read(&entry.value, Reading::Absent);
        }
        let read = extension::ALL.into_iter();
        let read = read.filter(|other| is_read(other, node, object));
        let read = read.map(|other| other.key);
        let near = read.clone().filter(|read| {
            read.len().abs_diff(key.len()) <= 2 && strsim::damerau_levenshtein(read, key) <= 2
        });
        let meant = match own_name {
            Some(name) => nearest(
                name,
                read.clone().filter_map(|read| read.strip_prefix(PREFIX)),
            )
            .map(|name| format!("{PREFIX}{name}")),
            None => nearest(key, near).map(str::to_owned),
        };
        let known = extension::ALL.into_iter().find(|other| other.key == key);
        let help = match (known, &meant) {
            (Some(known), _) if known.value == ExtensionValue::PathSegments => {
                "move it to a path parameter".to_owned()
            }
            (Some(known), _) => {
                let owners: Vec<&str> = known.objects.iter().map(|owner| owner.name).collect();
                format!("move it to the {}", owners.join(", "))
            }
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) if own_name.is_some() => match read.collect::<Vec<_>>().as_slice() {
                [] => format!("no key that starts with `{PREFIX}` is read here"),
                read => format!("extensions that are read here: {}", read.join(", ")),
            },
            (None, None) => return,
        };
        // A vendor may use the prefix for its own tools.
        let is_mistake = own_name.is_some() && (known.is_some() || meant.is_some());
        let (code, label) = match is_mistake {
            true => (Code::BadExtension, "unknown extension"),
            false => (Code::IdleExtension, "ignored"),
        };
        let message = format!("`{key}` has no effect here");
        self.report(code, message, At::Key(at.pointer()), label, &help);
    }

    /// Descriptions are strings, each for a value of the enum.
    fn enum_descriptions(&mut self, entry: &'a Entry, at: &LazyPointer<'_>, schema: &'a Node) {
        let key = ENUM_DESCRIPTIONS.key;
        let idle = |structure: &mut Self, place, message: String, help: &str| {
            structure.report(Code::IdleExtension, message, place, "ignored", help);
        };
        let NodeKind::Mapping(descriptions) = &entry.value.kind else {
            return idle(
                self,
                At::Key(at.pointer()),
                format!("`{key}` is not an object"),
                "write a string for each value of the enum: `value: text`",
            );
        };
        let Some(enumeration) = schema.get("enum") else {
            if !has_like(schema, "enum") {
                let message = format!("`{key}` has no effect without `enum`");
                let help = "list the values under `enum`, or remove their descriptions";
                idle(self, At::Key(at.pointer()), message, help);
            }
            return;
        };
        let values = enumeration.value.items().iter().filter_map(Node::text);
        let known: HashSet<&str> = values.clone().collect();
        for description in descriptions {
            let key = description.key.as_str();
            let at = at.child(key);
            if !known.is_empty() && !known.contains(&key) {
                let otherwise = "add it to `enum`, or remove its description";
                let help = meant_or(nearest(key, values.clone()), otherwise);
                let place = At::Key(at.pointer());
                idle(self, place, format!("the enum has no value `{key}`"), &help);
            } else if description.value.string().is_none() {
                let message = format!("the description of `{key}` is not a string");
                let place = At::Key(at.pointer());
                idle(
                    self,
                    place,
                    message,
                    "write a string, in quotes if necessary",
                );
            }
        }
    }
}

/// Whether an extension is read in this object. Only path parameters address a route.
fn is_read(extension: &Extension, node: &Node, object: &Object) -> bool {
    let is_elsewhere = || {
        let location = node.value("in").and_then(Node::text);
        matches!(location, Some("query" | "header" | "cookie"))
    };
    let is_of_path = extension.value == ExtensionValue::PathSegments;
    extension.is_read_in(object) && !(is_of_path && is_elsewhere())
}

fn is_string_list(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().all(|item| item.string().is_some()),
        NodeKind::Scalar { .. } | NodeKind::Mapping(_) => false,
    }
}
