//! The values of `type`, and the keywords that constrain values of one type.

use super::keyed::{and, keyed};
use crate::source::{Node, NodeKind, Scalar};

keyed! {
    /// A value of `type`.
    JsonType {
        String "string",
        Number "number",
        Integer "integer",
        Boolean "boolean",
        Array "array",
        Object "object",
    }
}

/// Keywords that are only written where values of one type are meant.
pub(crate) const KEYWORDS: [&str; 9] = [
    "properties",
    "additionalProperties",
    "items",
    "uniqueItems",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
];

/// Keywords that limit the values of a type. The client documents them, and leaves it to the server to
/// enforce them.
pub(crate) const LIMITS: [&str; 13] = [
    "multipleOf",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl JsonType {
    /// The values of `type` since OpenAPI 3.1.
    pub(crate) const KEYS_AND_NULL: [&str; 7] = and(JsonType::KEYS, "null");

    /// The type whose values a keyword constrains, if it constrains those of one type.
    pub(crate) fn of_keyword(key: &str) -> Option<Self> {
        Some(match key {
            "minLength" | "maxLength" | "pattern" => JsonType::String,
            "multipleOf" | "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" => {
                JsonType::Number
            }
            "items" | "minItems" | "maxItems" | "uniqueItems" => JsonType::Array,
            "properties"
            | "additionalProperties"
            | "required"
            | "minProperties"
            | "maxProperties" => JsonType::Object,
            _ => return None,
        })
    }

    /// The narrowest type of a value. Null has none.
    pub(crate) fn of_value(value: &Node) -> Option<Self> {
        match &value.kind {
            NodeKind::Mapping(_) => Some(JsonType::Object),
            NodeKind::Sequence(_) => Some(JsonType::Array),
            NodeKind::Scalar { text, value } => match value {
                Scalar::Null => None,
                Scalar::Boolean(_) => Some(JsonType::Boolean),
                Scalar::String => Some(JsonType::String),
                Scalar::Integer => Some(JsonType::Integer),
                // JSON does not distinguish 1.0 from 1.
                Scalar::Number => Some(match text.parse::<f64>() {
                    Ok(number) if number.fract() == 0.0 => JsonType::Integer,
                    _ => JsonType::Number,
                }),
            },
        }
    }

    /// Whether values of another type are of this type too: each integer is a number.
    pub(crate) fn includes(self, other: JsonType) -> bool {
        self == other || (self == JsonType::Number && other == JsonType::Integer)
    }
}

#[cfg(test)]
mod tests {
    use super::JsonType;

    #[test]
    fn an_integer_is_a_number() {
        assert!(JsonType::Number.includes(JsonType::Integer));
        assert!(!JsonType::Integer.includes(JsonType::Number));
    }
}
