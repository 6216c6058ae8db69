//! Departures: intended differences from the vendor's document, listed under the extension
//! `x-client-departures` of the object that differs. Each entry is a key of the object, with the value
//! that the vendor's document has, so that a change there is noticed, and the reason.
//!
//! ```yaml
//! x-client-departures:
//!   nullable:
//!     upstream: false
//!     reason: The server clears the value on null.
//! ```

use std::fmt;

use super::json_type::LIMITS;
use super::object_model::Object;
use super::objects::{OPENAPI, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA};
use crate::source::{Node, NodeKind, Scalar};

/// The keys that can depart, by object.
static KEYS: [(&Object, &[(&str, Form)]); 6] = [
    (&OPENAPI, &[("servers", List)]),
    (
        &OPERATION,
        &[
            ("deprecated", Flag),
            ("operation", Flag),
            ("parameters", List),
            ("requestBody", Flag),
            ("responses", List),
            ("security", List),
        ],
    ),
    (
        &PARAMETER,
        &[
            ("deprecated", Flag),
            ("explode", Flag),
            ("required", Flag),
            ("style", Text),
        ],
    ),
    (&REQUEST_BODY, &[("content", List), ("required", Flag)]),
    (&RESPONSE, &[("content", List), ("headers", List)]),
    (
        &SCHEMA,
        &[
            ("additionalProperties", FlagOrText),
            ("deprecated", Flag),
            ("enum", OptionalList),
            ("format", OptionalText),
            ("nullable", Flag),
            ("properties", List),
            ("required", List),
            ("type", Types),
        ],
    ),
];

/// The keys of an object that can depart.
pub(crate) fn keys(object: &Object) -> Vec<(&'static str, Form)> {
    let own = KEYS.iter().filter(|(owner, _)| object.is(owner));
    let own = own.flat_map(|(_, keys)| keys.iter().copied());
    let limits = LIMITS.into_iter().filter(|_| object.is(&SCHEMA));
    own.chain(limits.map(|key| (key, Limit))).collect()
}

/// What the vendor's document can have for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Flag,
    List,
    OptionalList,
    Text,
    OptionalText,
    FlagOrText,
    /// A number, a string, true, or none.
    Limit,
    /// One type, several, or any.
    Types,
}

use Form::{Flag, FlagOrText, Limit, List, OptionalList, OptionalText, Text, Types};

impl Form {
    pub(crate) fn accepts(self, value: &KeywordValue) -> bool {
        match value {
            KeywordValue::Absent => matches!(self, OptionalList | OptionalText | Limit | Types),
            KeywordValue::Flag(_) => matches!(self, Flag | FlagOrText | Limit),
            KeywordValue::Text(_) => {
                matches!(self, Text | OptionalText | FlagOrText | Limit | Types)
            }
            KeywordValue::List(_) => matches!(self, List | OptionalList | Types),
        }
    }

    /// What `upstream` has to be.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Flag => "`upstream` has to be true or false",
            List => "`upstream` has to be a list of what the vendor's document has",
            OptionalList => {
                "`upstream` has to be a list of what the vendor's document has, or null if it has \
                 none"
            }
            Text => "`upstream` has to be a string",
            OptionalText => "`upstream` has to be a string, or null if the key is absent",
            FlagOrText => "`upstream` has to be true, false or `schema`",
            Limit => "`upstream` has to be the value of the limit, or null if it has none",
            Types => "`upstream` has to be a type, a list of types, or null for any type",
        }
    }
}

/// The value of a keyword, as far as it is compared. The order of a list has no meaning.
#[derive(Clone, Debug)]
pub(crate) enum KeywordValue {
    Absent,
    Flag(bool),
    Text(String),
    List(Vec<String>),
}

impl KeywordValue {
    /// The value that a departure lists. An object is none.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar { value, text } => Some(match value {
                Scalar::Null => KeywordValue::Absent,
                Scalar::Boolean(flag) => KeywordValue::Flag(*flag),
                Scalar::Integer | Scalar::Number | Scalar::String => {
                    KeywordValue::Text(text.clone())
                }
            }),
            NodeKind::Sequence(items) => {
                let texts = items.iter().map(|item| item.text().map(str::to_owned));
                Some(KeywordValue::List(texts.collect::<Option<_>>()?))
            }
            NodeKind::Mapping(_) => None,
        }
    }

    pub(crate) fn of_text(text: Option<&str>) -> Self {
        text.map_or(KeywordValue::Absent, |text| {
            KeywordValue::Text(text.to_owned())
        })
    }
}

impl PartialEq for KeywordValue {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (KeywordValue::Absent, KeywordValue::Absent) => true,
            (KeywordValue::Flag(one), KeywordValue::Flag(other)) => one == other,
            (KeywordValue::Text(one), KeywordValue::Text(other)) => one == other,
            (KeywordValue::List(one), KeywordValue::List(other)) => {
                let sorted = |list: &[String]| {
                    let mut list = list.to_vec();
                    list.sort_unstable();
                    list
                };
                sorted(one) == sorted(other)
            }
            _ => false,
        }
    }
}

/// The value in YAML.
impl fmt::Display for KeywordValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeywordValue::Absent => f.write_str("null"),
            KeywordValue::Flag(flag) => write!(f, "{flag}"),
            KeywordValue::Text(text) => f.write_str(&quoted(text)),
            KeywordValue::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                write!(f, "[{}]", texts.join(", "))
            }
        }
    }
}

/// A string in YAML: with quotes if it could be read as something else.
fn quoted(text: &str) -> String {
    let is_word = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_./".contains(c))
        && Scalar::of_plain(text) == Scalar::String;
    match is_word {
        true => text.to_owned(),
        false => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, KeywordValue, keys};
    use crate::openapi::extension::DEPARTURES;

    #[test]
    fn every_object_of_the_extension_has_keys() {
        for object in DEPARTURES.objects {
            assert!(!keys(object).is_empty(), "{}", object.name);
        }
    }

    #[test]
    fn lists_are_equal_in_any_order() {
        let list = |texts: &[&str]| {
            KeywordValue::List(texts.iter().map(|text| (*text).to_owned()).collect())
        };
        assert_eq!(list(&["a", "b"]), list(&["b", "a"]));
        assert_ne!(list(&["a"]), list(&["a", "a"]));
        assert_ne!(KeywordValue::Absent, KeywordValue::Flag(false));
        assert_eq!(
            list(&["a b", "1", "true", "x-y"]).to_string(),
            "[a b, \"1\", \"true\", x-y]"
        );
    }

    #[test]
    fn a_form_accepts_what_it_says() {
        assert!(Form::Types.accepts(&KeywordValue::Absent));
        assert!(!Form::Flag.accepts(&KeywordValue::Text("true".to_owned())));
    }
}
