//! Formats: the ones that decide how the client decodes a value, with the type and the values of each;
//! and the ones that only document.

use std::ops::RangeInclusive;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::json_type::JsonType;

/// Declares the formats, one row each: the name in Rust, the type, and the name in a description.
macro_rules! formats {
    ($($format:ident: $json_type:ident $name:literal,)+) => {
        /// A format that decides how the client decodes a value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Format {
            $($format,)+
        }

        impl Format {
            pub(crate) const ALL: &'static [Format] = &[$(Format::$format,)+];

            /// The value of `format`.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Format::$format => $name,)+
                }
            }

            /// The type that the format refines.
            pub(crate) fn json_type(self) -> JsonType {
                match self {
                    $(Format::$format => JsonType::$json_type,)+
                }
            }
        }
    };
}

formats! {
    Int32: Integer "int32",
    Int64: Integer "int64",
    Uint32: Integer "uint32",
    Uint64: Integer "uint64",
    Float: Number "float",
    Double: Number "double",
    Decimal: Number "decimal",
    Byte: String "byte",
    Base64Url: String "base64url",
    Date: String "date",
    DateTime: String "date-time",
    DateTimeLenient: String "date-time-lenient",
    DateTimeLocal: String "date-time-local",
}

/// Formats whose values the client leaves as strings: their texts can differ in letters and be equal
/// in meaning, such as the UUIDs `A…` and `a…`.
const DOCUMENTING: [&str; 18] = [
    "binary",
    "time",
    "duration",
    "password",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "regex",
];

/// What is valid: the standard alphabet, with or without padding. The client accepts more.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, ANY_PADDING);

/// The same with the alphabet for URLs and file names.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, ANY_PADDING);

const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// The name of every known format.
pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
    let decoded = Format::ALL.iter().map(|format| format.name());
    decoded.chain(DOCUMENTING)
}

impl Format {
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let mut all = Format::ALL.iter();
        all.find(|format| format.name() == name).copied()
    }

    /// The format of a schema: the one it names, if it fits the type, or the default of the type.
    pub(crate) fn of_schema(json_type: Option<JsonType>, name: Option<&str>) -> Option<Self> {
        let named = name.and_then(Format::of_name);
        let fits = |format: &Format| json_type.is_none_or(|it| it == format.json_type());
        named.filter(fits).or(match json_type {
            Some(JsonType::Integer) => Some(Format::Int64),
            Some(JsonType::Number) => Some(Format::Double),
            _ => None,
        })
    }

    /// The integers of the format.
    pub(crate) fn range(self) -> Option<RangeInclusive<i128>> {
        Some(match self {
            Format::Int32 => i32::MIN.into()..=i32::MAX.into(),
            Format::Int64 => i64::MIN.into()..=i64::MAX.into(),
            Format::Uint32 => 0..=u32::MAX.into(),
            Format::Uint64 => 0..=u64::MAX.into(),
            Format::Float
            | Format::Double
            | Format::Decimal
            | Format::Byte
            | Format::Base64Url
            | Format::Date
            | Format::DateTime
            | Format::DateTimeLenient
            | Format::DateTimeLocal => return None,
        })
    }

    /// Whether every integer of another format is one of this format.
    pub(crate) fn includes(self, other: Format) -> bool {
        match (self.range(), other.range()) {
            (Some(one), Some(other)) => one.contains(other.start()) && one.contains(other.end()),
            _ => false,
        }
    }

    /// Why the client cannot decode a value of the type of the format, if it cannot.
    pub(crate) fn flaw(self, text: &str) -> Option<&'static str> {
        let (is_valid, flaw) = match self {
            Format::Int32 => (self.contains(text), "it does not fit int32"),
            Format::Int64 => (self.contains(text), "it does not fit int64"),
            Format::Uint32 => (self.contains(text), "it does not fit uint32"),
            Format::Uint64 => (self.contains(text), "it does not fit uint64"),
            Format::Float | Format::Double | Format::Decimal => return None,
            Format::Byte => (BASE64.decode(text).is_ok(), "it is not base64"),
            Format::Base64Url => (BASE64_URL.decode(text).is_ok(), "it is not base64url"),
            Format::Date => (
                text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
                "it is not a date of RFC 3339, such as `2025-12-31`",
            ),
            Format::DateTime => (
                DateTime::parse_from_rfc3339(text).is_ok(),
                "it is not a date-time of RFC 3339, such as `2025-12-31T23:59:59Z`",
            ),
            Format::DateTimeLenient => (
                DateTime::parse_from_rfc3339(text).is_ok() || text.parse::<NaiveDateTime>().is_ok(),
                "it is not a date-time, such as `2025-12-31T23:59:59Z` or `2025-12-31T23:59:59`",
            ),
            Format::DateTimeLocal => (
                text.parse::<NaiveDateTime>().is_ok(),
                "it is not a date-time without a time zone, such as `2025-12-31T23:59:59`",
            ),
        };
        (!is_valid).then_some(flaw)
    }

    fn contains(self, number: &str) -> bool {
        let Some(range) = self.range() else {
            return true;
        };
        match number.parse::<i128>() {
            Ok(number) => range.contains(&number),
            // An exponent, or more digits than this.
            Err(_) => number
                .parse::<f64>()
                .is_ok_and(|number| range.contains(&(number as i128))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Format, JsonType, names};

    fn accepts(format: Format, text: &str) -> bool {
        format.flaw(text).is_none()
    }

    #[test]
    fn the_format_of_a_schema_fits_its_type() {
        let of = |json_type, name| Format::of_schema(json_type, name);
        let (string, integer) = (Some(JsonType::String), Some(JsonType::Integer));
        assert_eq!(of(string, Some("date")), Some(Format::Date));
        assert_eq!(of(string, Some("int32")), None);
        assert_eq!(of(string, Some("uuid")), None);
        assert_eq!(of(integer, None), Some(Format::Int64));
        assert_eq!(of(integer, Some("double")), Some(Format::Int64));
        assert_eq!(of(Some(JsonType::Number), None), Some(Format::Double));
        assert_eq!(of(None, Some("byte")), Some(Format::Byte));
    }

    #[test]
    fn no_format_is_both_decoded_and_left_as_text() {
        let all: Vec<&str> = names().collect();
        let distinct: HashSet<&str> = names().collect();
        assert_eq!(all.len(), distinct.len(), "{all:?}");
    }

    #[test]
    fn every_format_is_in_the_golden_case_of_schemas() {
        let case = include_str!("../../tests/golden/schemas/openapi.yaml");
        for name in Format::ALL.iter().map(|format| format.name()) {
            // `format` or `x-client-format`.
            let is_used = case.contains(&format!("ormat: {name}"));
            assert!(
                is_used,
                "`{name}`: use it in codegen/tests/golden/schemas/openapi.yaml"
            );
        }
    }

    #[test]
    fn integers_have_a_range() {
        assert!(accepts(Format::Int32, "2147483647"));
        assert!(!accepts(Format::Int32, "2147483648"));
        assert!(!accepts(Format::Uint32, "-1"));
        assert!(accepts(Format::Uint64, "18446744073709551615"));
        assert!(!accepts(Format::Int64, "1e20"));
        assert!(accepts(Format::Int64, "1e3"));
    }

    #[test]
    fn dates_are_in_the_calendar() {
        assert!(accepts(Format::Date, "2024-02-29"));
        assert!(!accepts(Format::Date, "2025-02-29"));
        assert!(!accepts(Format::Date, "2025-2-1"));
        assert!(accepts(Format::DateTime, "2025-12-31T23:59:59.123Z"));
        assert!(accepts(Format::DateTime, "2025-12-31t23:59:60+01:00"));
        assert!(!accepts(Format::DateTime, "2025-02-31T00:00:00Z"));
        assert!(!accepts(Format::DateTime, "2025-12-31T23:59:59"));
        assert!(!accepts(Format::DateTime, "2025-12-31"));
        assert!(accepts(Format::DateTimeLenient, "2025-12-31T23:59:59"));
        assert!(accepts(Format::DateTimeLenient, "2025-12-31T23:59:59Z"));
        assert!(accepts(Format::DateTimeLocal, "2025-12-31T23:59:59.5"));
        assert!(!accepts(Format::DateTimeLocal, "2025-12-31T23:59:59Z"));
    }

    #[test]
    fn bytes_are_base64_with_or_without_padding() {
        assert!(accepts(Format::Byte, "aGVsbG8="));
        assert!(accepts(Format::Byte, "aGVsbG8"));
        assert!(accepts(Format::Byte, ""));
        assert!(!accepts(Format::Byte, "hello!"));
        assert!(!accepts(Format::Byte, "aGVsbG9_"));
        assert!(accepts(Format::Base64Url, "aGVsbG9_"));
        assert!(!accepts(Format::Base64Url, "aGVsbG9/"));
    }
}
