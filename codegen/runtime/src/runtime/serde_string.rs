//! Types that are a JSON string: open enums and string newtypes, such as identifiers.

use std::fmt;

/// An enum value that the description does not list.
///
/// Only the conversion of a string to an enum creates one, so it is never a listed value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Returns the string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for UnknownValue {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for UnknownValue {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for UnknownValue {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Creates an unknown enum value. A function, so that it stays out of the public API.
pub fn unknown_value(text: &str) -> UnknownValue {
    super::fit::unlisted();
    UnknownValue(text.into())
}

/// Error of `try_parse`: a string that the description does not list as a value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEnumError {
    text: Box<str>,
    known: &'static [&'static str],
}

impl ParseEnumError {
    /// Returns every listed value, in the order of the description.
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }

    /// Returns the listed value that the string is probably a misspelt form of.
    pub fn suggestion(&self) -> Option<&'static str> {
        let text = self.text.to_lowercase();
        let distances = self.known.iter().filter_map(|known| {
            let most = 1.max(known.len() / 3);
            // A difference in length is a number of edits.
            let is_close = text.len().abs_diff(known.len()) <= most;
            let distance = is_close.then(|| edits(&text, &known.to_lowercase()))?;
            (distance <= most && distance < known.chars().count()).then_some((distance, *known))
        });
        distances
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}

/// Returns the number of characters to insert, remove or replace (Levenshtein distance).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (start, character) in from.chars().enumerate() {
        let mut diagonal = start;
        let mut left = start + 1;
        for (column, other) in row.iter_mut().skip(1).zip(&to) {
            let replaced = diagonal + usize::from(character != *other);
            diagonal = *column;
            left = replaced.min(diagonal + 1).min(left + 1);
            *column = left;
        }
    }
    row.pop().unwrap_or_default()
}

impl fmt::Display for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown value `{}`", self.text.escape_debug())?;
        if let Some(suggestion) = self.suggestion() {
            write!(f, ", did you mean `{suggestion}`?")?;
        }
        write!(f, " (expected one of: {})", self.known.join(", "))
    }
}

impl std::error::Error for ParseEnumError {}

/// Creates the error of an unlisted value. A function, so that it stays out of the public API.
pub(crate) fn parse_enum_error(text: &str, known: &'static [&'static str]) -> ParseEnumError {
    ParseEnumError {
        text: text.into(),
        known,
    }
}

/// Implements an open enum of strings. Each row is a known variant.
///
/// Needs the module `serde_string` in scope.
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $text:literal,)+ }) => {
        impl $type {
            /// Every value that the description lists, in the order of the description.
            pub const KNOWN: &'static [$type] = &[$($type::$variant,)+];

            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $($type::$variant => $text,)+
                    $type::Unknown(text) => text.as_str(),
                }
            }

            /// Converts a listed value. Use it for what a person enters: `From<&str>` accepts any string.
            ///
            /// # Errors
            ///
            /// Fails if the description does not list the value. The error lists those that it does, and
            /// suggests the nearest.
            pub fn try_parse(text: &str) -> Result<Self, serde_string::ParseEnumError> {
                match $type::from(text) {
                    $type::Unknown(_) => Err(serde_string::parse_enum_error(text, &[$($text),+])),
                    known => Ok(known),
                }
            }

            /// Whether the description lists this value.
            pub fn is_known(&self) -> bool {
                !matches!(self, $type::Unknown(_))
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => $type::$variant,)+
                    _ => $type::Unknown(serde_string::unknown_value(text)),
                }
            }
        }

        /// Compares the strings.
        impl Ord for $type {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        serde_string::string_type!($type);
    };
}

/// Implements a string newtype, such as an identifier.
///
/// Needs the module `serde_string` in scope.
macro_rules! string_newtype {
    ($type:ident) => {
        impl $type {
            /// Creates a value of any string.
            pub fn new(text: impl Into<String>) -> Self {
                $type(text.into())
            }

            /// Returns the string.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Converts to the owned string.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                $type(text.to_owned())
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.0
            }
        }

        impl std::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        serde_string::string_type!($type);
    };
}

/// Implements what open enums and string newtypes have in common, with `as_str` and `From<&str>`.
macro_rules! string_type {
    ($type:ident) => {
        impl From<String> for $type {
            fn from(text: String) -> Self {
                $type::from(text.as_str())
            }
        }

        impl From<&String> for $type {
            fn from(text: &String) -> Self {
                $type::from(text.as_str())
            }
        }

        impl From<&$type> for $type {
            fn from(value: &$type) -> Self {
                value.clone()
            }
        }

        /// Never fails: an open type accepts any string.
        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok($type::from(text))
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl PartialEq<$type> for str {
            fn eq(&self, other: &$type) -> bool {
                self == other.as_str()
            }
        }

        impl PartialEq<$type> for &str {
            fn eq(&self, other: &$type) -> bool {
                *self == other.as_str()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde_string::deserialize(deserializer)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

pub(crate) use {string_enum, string_newtype, string_type};

/// Deserializes a string, without a copy where possible.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'text> From<&'text str>,
    D: serde::Deserializer<'de>,
{
    struct Text<T>(std::marker::PhantomData<T>);

    impl<T: for<'text> From<&'text str>> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(std::marker::PhantomData))
}
