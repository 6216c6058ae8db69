//! Enums of JSON values of any type.

use serde_json::Value;

/// A JSON enum value that the description does not list.
///
/// Only the conversion of JSON to an enum creates one, so it is never a listed value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownJson(Value);

impl UnknownJson {
    /// Returns the JSON value.
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}

/// Creates an unknown value. A function, so that it stays out of the public API.
pub(crate) fn unknown_json(value: Value) -> UnknownJson {
    crate::runtime::fit::unlisted();
    UnknownJson(value)
}

/// Parses JSON of the generated code.
pub(crate) fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

/// Whether a value equals the value of a JSON text. 1.0 equals 1.
pub(crate) fn is(value: &Value, json: &str) -> bool {
    let other = parse(json);
    match (value, &other) {
        (Value::Number(one), Value::Number(two)) => one == two || one.as_f64() == two.as_f64(),
        (one, two) => one == two,
    }
}

/// Implements an open enum of JSON values. Each row is a known variant with its JSON.
macro_rules! json_enum {
    ($type:ident { $($variant:ident = $json:literal,)+ }) => {
        impl $type {
            /// Every value that the description lists, in the order of the description.
            pub const KNOWN: &'static [$type] = &[$($type::$variant,)+];

            /// Returns the value as JSON.
            pub fn to_json(&self) -> serde_json::Value {
                match self {
                    $($type::$variant => json_enum::parse($json),)+
                    $type::Unknown(value) => value.as_json().clone(),
                }
            }

            /// Whether the description lists this value.
            pub fn is_known(&self) -> bool {
                !matches!(self, $type::Unknown(_))
            }
        }

        impl From<serde_json::Value> for $type {
            fn from(value: serde_json::Value) -> Self {
                $(if json_enum::is(&value, $json) {
                    return $type::$variant;
                })+
                $type::Unknown(json_enum::unknown_json(value))
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.to_json() {
                    serde_json::Value::String(text) => f.pad(&text),
                    other => f.pad(&other.to_string()),
                }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(&self, serializer: __S) -> Result<__S::Ok, __S::Error> {
                self.to_json().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                serde_json::Value::deserialize(deserializer).map($type::from)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

pub(crate) use json_enum;
