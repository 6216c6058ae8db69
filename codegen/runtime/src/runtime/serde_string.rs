//! Types that are a JSON string: open enums and string newtypes, such as identifiers.

use std::fmt;

pub(crate) use super::enum_value::{ParseEnumError, parse_enum_error, unknown_value};

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
