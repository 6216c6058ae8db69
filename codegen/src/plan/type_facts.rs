//! What each scalar type is in Rust and in text: one row a type.
//!
//! To add a string format, follow the recipe in `.github/ARCHITECTURE.md`.

use crate::ir::Scalar;
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;

/// A row of the table.
pub(crate) struct ScalarFacts {
    /// Path of the Rust type, complete, so that no name of the description can hide it.
    pub(crate) path: &'static str,
    pub(crate) is_copy: bool,
    /// How methods take a value.
    pub(crate) argument: Argument,
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
    /// An integer in the range of the format.
    Integer,
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
    /// Returns the JSON type of the values. Integers are numbers.
    pub(crate) fn json_type(self) -> JsonType {
        match self {
            Scalar::Boolean => JsonType::Boolean,
            Scalar::String => JsonType::String,
            Scalar::Format(format) => match format.json_type() {
                JsonType::Integer => JsonType::Number,
                other => other,
            },
        }
    }

    /// Returns the row of the type.
    pub(crate) fn facts(self) -> ScalarFacts {
        let number = |path, words, literal| ScalarFacts {
            path,
            is_copy: true,
            argument: Argument::Value,
            text: Text::Display,
            literal,
            runtime_module: None,
            words,
        };
        let string = |path, words| ScalarFacts {
            is_copy: false,
            ..number(path, words, Literal::ParsedString)
        };
        match self {
            Scalar::Boolean => number("bool", "boolean", Literal::Boolean),
            Scalar::String => ScalarFacts {
                argument: Argument::Into,
                text: Text::Str,
                literal: Literal::String,
                ..string("String", "string")
            },
            Scalar::Format(format) => match format {
                Format::Int32 => number("i32", "integer (int32)", Literal::Integer),
                Format::Int64 => number("i64", "integer", Literal::Integer),
                Format::Uint32 => number("u32", "integer (uint32)", Literal::Integer),
                Format::Uint64 => number("u64", "integer (uint64)", Literal::Integer),
                // In an `f32`, 0.1 becomes 0.10000000149011612, and 1e39 infinite.
                Format::Float => number("f64", "number (float)", Literal::Float),
                Format::Double => number("f64", "number", Literal::Float),
                Format::Decimal => ScalarFacts {
                    is_copy: false,
                    runtime_module: Some("decimal"),
                    ..number("crate::Decimal", "number (decimal)", Literal::ParsedNumber)
                },
                Format::Byte => ScalarFacts {
                    argument: Argument::Into,
                    text: Text::IntoDisplay,
                    literal: Literal::None,
                    runtime_module: Some("base64"),
                    ..string("crate::Base64", "base64 text")
                },
                Format::Base64Url => ScalarFacts {
                    argument: Argument::Into,
                    text: Text::IntoDisplay,
                    literal: Literal::None,
                    runtime_module: Some("base64_url"),
                    ..string("crate::Base64Url", "base64url text")
                },
                Format::Date => ScalarFacts {
                    is_copy: true,
                    ..string("chrono::NaiveDate", "date")
                },
                Format::DateTime => ScalarFacts {
                    text: Text::Rfc3339,
                    ..string("chrono::DateTime<chrono::Utc>", "date-time")
                },
                Format::DateTimeLenient => ScalarFacts {
                    is_copy: true,
                    runtime_module: Some("lenient_date_time"),
                    ..string(
                        "crate::LenientDateTime",
                        "date-time, maybe without a time zone",
                    )
                },
                Format::DateTimeLocal => ScalarFacts {
                    is_copy: true,
                    runtime_module: Some("local_date_time"),
                    ..string("crate::LocalDateTime", "date-time without a time zone")
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs};

    use super::{Format, Scalar};

    const HEAD: &str = "| type | format | in Rust |\n|---|---|---|\n";

    /// The table of formats in `spec/schemas.md` is written from the rows of this file.
    #[test]
    fn the_guide_lists_every_format() {
        let rows = Format::ALL.iter().map(|format| {
            let (json_type, name) = (format.json_type().key(), format.name());
            let path = Scalar::Format(*format).facts().path;
            let path = path.trim_start_matches("crate::");
            format!("| {json_type} | `{name}` | `{path}` |\n")
        });
        let expected: String = rows.collect();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/schemas.md");
        let guide = fs::read_to_string(&file).unwrap();
        let (before, rest) = guide.split_once(HEAD).expect("a table of formats");
        let (found, after) = rest.split_at(rest.find("\n\n").unwrap() + 1);
        if env::var_os("UPDATE_FORMATS").is_some() {
            fs::write(&file, format!("{before}{HEAD}{expected}{after}")).unwrap();
        } else {
            let command = "UPDATE_FORMATS=1 cargo test -p codegen --lib every_format";
            assert_eq!(found, expected, "to update spec/schemas.md: {command}");
        }
    }
}
