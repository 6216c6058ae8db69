//! What each scalar type is in Rust, in JSON and in text: one row a type.
//!
//! To add a string format, add a variant to [`Scalar`], a row here, and the format to the table of
//! formats that the lowering reads. The compiler names each one that is missing.

use crate::ir::Scalar;

/// A row of the table.
pub(crate) struct ScalarFacts {
    /// Path of the Rust type, complete, so that no name of the description can hide it.
    pub(crate) path: &'static str,
    pub(crate) is_copy: bool,
    /// How methods take a value.
    pub(crate) argument: Argument,
    pub(crate) json: JsonType,
    /// How a value becomes the text of a parameter.
    pub(crate) text: Text,
    /// How an example becomes a Rust expression.
    pub(crate) literal: Literal,
    /// Optional module of the runtime that defines the type.
    pub(crate) runtime_module: Option<&'static str>,
    /// What the API diff calls the type.
    pub(crate) words: &'static str,
}

/// How a function takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// As the type itself.
    Value,
    /// As `impl Into<T>`.
    Into,
    /// As an iterator of `impl Into<T>`, where `T` is the type of the items.
    EachInto,
}

/// The types of JSON values other than null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JsonType {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// How a value becomes the text of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// The value is a string.
    Str,
    /// The value is a string with a type of its own.
    StringType,
    /// As [`Text::Display`], once the argument is converted to its type.
    IntoDisplay,
    /// By `Display`.
    Display,
    /// In RFC 3339, which is not what the type's own `Display` and `Serialize` write.
    Rfc3339,
}

/// How an example becomes a Rust expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Boolean,
    /// An integer in this range.
    Integer(i128, i128),
    Float,
    String,
    /// The digits of a number, parsed.
    ParsedNumber,
    /// A string, parsed.
    ParsedString,
    /// No example is shown.
    None,
}

impl Scalar {
    pub(crate) fn facts(self) -> ScalarFacts {
        let integer = |path, words, min: i128, max: i128| ScalarFacts {
            path,
            is_copy: true,
            argument: Argument::Value,
            json: JsonType::Number,
            text: Text::Display,
            literal: Literal::Integer(min, max),
            runtime_module: None,
            words,
        };
        let number = |path, words| ScalarFacts {
            literal: Literal::Float,
            ..integer(path, words, 0, 0)
        };
        let string = |path, words| ScalarFacts {
            is_copy: false,
            json: JsonType::String,
            literal: Literal::ParsedString,
            ..integer(path, words, 0, 0)
        };
        match self {
            Scalar::Boolean => ScalarFacts {
                json: JsonType::Boolean,
                literal: Literal::Boolean,
                ..integer("bool", "boolean", 0, 0)
            },
            Scalar::Int32 => integer("i32", "integer (int32)", i32::MIN.into(), i32::MAX.into()),
            Scalar::Int64 => integer("i64", "integer", i64::MIN.into(), i64::MAX.into()),
            Scalar::Uint32 => integer("u32", "integer (uint32)", 0, u32::MAX.into()),
            Scalar::Uint64 => integer("u64", "integer (uint64)", 0, u64::MAX.into()),
            Scalar::Float => number("f32", "number (float)"),
            Scalar::Double => number("f64", "number"),
            Scalar::Decimal => ScalarFacts {
                is_copy: false,
                literal: Literal::ParsedNumber,
                runtime_module: Some("decimal"),
                ..number("crate::Decimal", "number (decimal)")
            },
            Scalar::String => ScalarFacts {
                argument: Argument::Into,
                text: Text::Str,
                literal: Literal::String,
                ..string("String", "string")
            },
            Scalar::Bytes => ScalarFacts {
                argument: Argument::Into,
                text: Text::IntoDisplay,
                literal: Literal::None,
                runtime_module: Some("base64"),
                ..string("crate::Base64", "base64 text")
            },
            Scalar::Date => ScalarFacts {
                is_copy: true,
                ..string("chrono::NaiveDate", "date")
            },
            Scalar::DateTime => ScalarFacts {
                text: Text::Rfc3339,
                ..string("chrono::DateTime<chrono::Utc>", "date-time")
            },
        }
    }
}
