//! Extensions: keys that begin with `x-`. Those that nobody here reads are their author's, unless
//! they look like one that is read.

use super::Checker;
use super::model::Object;
use super::shape::scalar;
use super::suggest::{has_like, nearest};
use crate::code::Code;
use crate::source::{Entry, Kind, Node, Scalar};

const ENUM_DESCRIPTIONS: &str = "x-enumDescriptions";

/// What is read, and the object that it is read of.
const READ: [(&str, &str); 3] = [
    ("x-client-repeatable", "Operation Object"),
    ("x-client-refused-values", "Parameter Object"),
    (ENUM_DESCRIPTIONS, "Schema Object"),
];

/// Keys that begin so are this generator's own.
const OWN: &str = "x-client-";

/// The extension that is read of an object.
pub(super) fn read_of(object: &Object) -> Option<&'static str> {
    let mut read = READ.into_iter();
    read.find(|(_, of)| *of == object.name).map(|(key, _)| key)
}

impl<'a> Checker<'a> {
    pub(super) fn extension(&mut self, entry: &'a Entry, node: &'a Node, object: &Object) {
        // Values of other parameters address no route.
        let is_in_path = || {
            let location = node.get("in").and_then(|entry| scalar(&entry.value));
            !matches!(location, Some(("query" | "header" | "cookie", _)))
        };
        let read = read_of(object).filter(|_| object.name != "Parameter Object" || is_in_path());
        let key = entry.key.as_str();
        if read == Some(key) {
            if key == ENUM_DESCRIPTIONS {
                self.enum_descriptions(entry, node);
            }
            return;
        }
        let is_own = key.starts_with(OWN);
        let is_near = |read: &&str| strsim::damerau_levenshtein(read, key) <= 2;
        let owner = READ.into_iter().find(|(read, _)| *read == key);
        let help = match (read, owner) {
            (_, Some((_, "Parameter Object"))) => "it belongs to a path parameter".to_owned(),
            (_, Some((_, owner))) => format!("it belongs to the {owner}"),
            (Some(read), None) if is_own || is_near(&read) => match nearest(key, [read]) {
                Some(read) => format!("did you mean `{read}`?"),
                None => format!("what is read here: {read}"),
            },
            _ if is_own => format!("keys that begin with `{OWN}` are this generator's own"),
            _ => return,
        };
        let (code, label) = match is_own {
            true => (Code::BadExtension, "unknown extension"),
            false => (Code::IdleExtension, "it is passed over"),
        };
        let message = format!("`{key}` means nothing here");
        self.report(code, message, entry.key_span.clone(), label, &help);
    }

    /// They are texts, each of a value that the enum has.
    fn enum_descriptions(&mut self, entry: &'a Entry, schema: &'a Node) {
        let idle = |checker: &mut Self, place, message: String, help: &str| {
            checker.report(
                Code::IdleExtension,
                message,
                place,
                "it is passed over",
                help,
            );
        };
        let Kind::Mapping(descriptions) = &entry.value.kind else {
            return idle(
                self,
                entry.key_span.clone(),
                format!("`{ENUM_DESCRIPTIONS}` is no object"),
                "it has a text for each value, by the value",
            );
        };
        let Some(enumeration) = schema.get("enum") else {
            if !has_like(schema, "enum") {
                let message = format!("`{ENUM_DESCRIPTIONS}` stands where there is no `enum`");
                let help = "list the values under `enum`, or take their descriptions out";
                idle(self, entry.key_span.clone(), message, help);
            }
            return;
        };
        let values = enumeration.value.items().iter();
        let values: Vec<&str> = values.filter_map(|item| Some(scalar(item)?.0)).collect();
        for description in descriptions {
            let key = description.key.as_str();
            let place = description.key_span.clone();
            if !values.is_empty() && !values.contains(&key) {
                let help = match nearest(key, values.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "add it to `enum`, or take its description out".to_owned(),
                };
                idle(self, place, format!("the enum has no value `{key}`"), &help);
            } else if !matches!(scalar(&description.value), Some((_, Scalar::String))) {
                let message = format!("the description of `{key}` is no string");
                idle(self, place, message, "write a text, in quotes if need be");
            }
        }
    }
}
