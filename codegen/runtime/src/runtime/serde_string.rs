//! Types that are a string on the wire: open enums and identifiers.

use std::fmt;

/// The text of an enum value that the description does not list.
///
/// Only an enum's own conversion from text makes one, so a listed value is never hidden in it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The text as it was received or given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Makes the text of an unknown enum value. A function and not a method, so that it stays out of
/// the client's public API.
pub fn unknown_value(text: &str) -> UnknownValue {
    UnknownValue(text.into())
}

/// The conversions of an open enum of strings: one row a known variant.
///
/// Wants `serde` as a dependency and this crate's `serde_string` module in scope under that name.
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $text:literal,)+ }) => {
        impl $type {
            /// Every value that the description lists, in its order.
            pub const KNOWN: &'static [$type] = &[$($type::$variant,)+];

            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $($type::$variant => $text,)+
                    $type::Unknown(text) => text.as_str(),
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

        serde_string::string_type!($type);
    };
}

/// The conversions of a string newtype, such as an identifier.
///
/// Wants `serde` as a dependency and this crate's `serde_string` module in scope under that name.
macro_rules! string_newtype {
    ($type:ident) => {
        impl $type {
            /// The text as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, taken out.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                $type(text.to_owned())
            }
        }

        serde_string::string_type!($type);
    };
}

/// What open enums and string newtypes have in common, over `as_str` and `From<&str>`.
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
    };
}

pub(crate) use {string_enum, string_newtype, string_type};

/// Decodes a string and hands it on, borrowed where that is possible.
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
