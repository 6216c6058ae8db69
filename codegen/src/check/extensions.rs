//! Extensions: keys that begin with `x-`. Those that nobody here reads are their author's, unless
//! they look like one that is read.

use super::Checker;
use super::model::Object;
use super::shape::scalar;
use super::suggest::{has_like, nearest};
use crate::code::Code;
use crate::problem::At;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};
use crate::upstream::EXTENSION as DEPARTURES;

const ENUM_DESCRIPTIONS: &str = "x-enumDescriptions";

/// What is read, and the object that it is read of.
const READ: [(&str, &str); 8] = [
    ("x-client-repeatable", "Operation Object"),
    (REFUSED_VALUES, "Parameter Object"),
    (ENUM_DESCRIPTIONS, "Schema Object"),
    (DEPARTURES, "Operation Object"),
    (DEPARTURES, "Parameter Object"),
    (DEPARTURES, "Request Body Object"),
    (DEPARTURES, "Response Object"),
    (DEPARTURES, "Schema Object"),
];

const REFUSED_VALUES: &str = "x-client-refused-values";

/// Keys that begin so are this generator's own.
const OWN: &str = "x-client-";

/// The extensions that are read of an object.
pub(super) fn read_of(object: &Object) -> impl Iterator<Item = &'static str> + Clone {
    let name = object.name;
    let read = READ.into_iter().filter(move |(_, of)| *of == name);
    read.map(|(key, _)| key)
}

impl<'a> Checker<'a> {
    pub(super) fn extension(
        &mut self,
        entry: &'a Entry,
        at: &LazyPointer<'_>,
        node: &'a Node,
        object: &Object,
    ) {
        // Values of other parameters address no route.
        let location = node.get("in").and_then(|entry| scalar(&entry.value));
        let is_in_path = !matches!(location, Some(("query" | "header" | "cookie", _)));
        let read = read_of(object).filter(|key| *key != REFUSED_VALUES || is_in_path);
        let key = entry.key.as_str();
        if read.clone().any(|read| read == key) {
            match key {
                ENUM_DESCRIPTIONS => self.enum_descriptions(entry, at, node),
                DEPARTURES => self.departures(entry, at, object),
                _ => {}
            }
            return;
        }
        let is_own = key.starts_with(OWN);
        let near = read.clone().filter(|read| {
            read.len().abs_diff(key.len()) <= 2 && strsim::damerau_levenshtein(read, key) <= 2
        });
        let owners = READ.into_iter().filter(|(read, _)| *read == key);
        let owners: Vec<&str> = owners.map(|(_, owner)| owner).collect();
        let meant = match is_own {
            true => nearest(key, read.clone()),
            false => nearest(key, near),
        };
        let help = match (owners.as_slice(), meant) {
            (["Parameter Object"], _) => "it belongs to a path parameter".to_owned(),
            ([_, ..], _) => format!("it belongs to the {}", owners.join(", ")),
            ([], Some(meant)) => format!("did you mean `{meant}`?"),
            ([], None) if is_own => match read.collect::<Vec<_>>().as_slice() {
                [] => format!("keys that begin with `{OWN}` are this generator's own"),
                read => format!("what is read here: {}", read.join(", ")),
            },
            ([], None) => return,
        };
        let (code, label) = match is_own {
            true => (Code::BadExtension, "unknown extension"),
            false => (Code::IdleExtension, "it is passed over"),
        };
        let message = format!("`{key}` means nothing here");
        self.report(code, message, At::Key(at.pointer()), label, &help);
    }

    /// They are texts, each of a value that the enum has.
    fn enum_descriptions(&mut self, entry: &'a Entry, at: &LazyPointer<'_>, schema: &'a Node) {
        let idle = |checker: &mut Self, place, message: String, help: &str| {
            checker.report(
                Code::IdleExtension,
                message,
                place,
                "it is passed over",
                help,
            );
        };
        let NodeKind::Mapping(descriptions) = &entry.value.kind else {
            return idle(
                self,
                At::Key(at.pointer()),
                format!("`{ENUM_DESCRIPTIONS}` is no object"),
                "it has a text for each value, by the value",
            );
        };
        let Some(enumeration) = schema.get("enum") else {
            if !has_like(schema, "enum") {
                let message = format!("`{ENUM_DESCRIPTIONS}` stands where there is no `enum`");
                let help = "list the values under `enum`, or take their descriptions out";
                idle(self, At::Key(at.pointer()), message, help);
            }
            return;
        };
        let values = enumeration.value.items().iter();
        let values: Vec<&str> = values.filter_map(|item| Some(scalar(item)?.0)).collect();
        for description in descriptions {
            let key = description.key.as_str();
            let at = at.child(key);
            if !values.is_empty() && !values.contains(&key) {
                let help = match nearest(key, values.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "add it to `enum`, or take its description out".to_owned(),
                };
                let place = At::Key(at.pointer());
                idle(self, place, format!("the enum has no value `{key}`"), &help);
            } else if !matches!(scalar(&description.value), Some((_, Scalar::String))) {
                let message = format!("the description of `{key}` is no string");
                let place = At::Key(at.pointer());
                idle(self, place, message, "write a text, in quotes if need be");
            }
        }
    }
}
