//! The keywords of text and numbers.

use chrono::{DateTime, NaiveDate};
use regex_lite::Regex;
use serde_json::{Number, Value};

use super::super::text::cut;
use super::Validator;

impl Validator<'_> {
    pub(super) fn check_string(&mut self, schema: &Value, text: &str, at: &str) {
        self.check_count(schema, text.chars().count(), at, "characters", "Length");
        let format = schema["format"].as_str().unwrap_or_default();
        let fits = match format {
            "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
            "date" => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
            "byte" => is_base64(text),
            "uuid" => is_uuid(text),
            _ => true,
        };
        if !fits {
            let text = format!("is {:?}, and must be of the format {format}", cut(text));
            self.refuse(at, &text);
        }
        // Patterns are those of ECMAScript. One that is not understood here allows everything.
        let pattern = schema["pattern"].as_str();
        let expression = pattern.and_then(|pattern| Regex::new(pattern).ok());
        if expression.is_some_and(|expression| !expression.is_match(text)) {
            let pattern = pattern.unwrap_or_default();
            let text = format!("is {:?}, and must match the pattern `{pattern}`", cut(text));
            self.refuse(at, &text);
        }
    }

    pub(super) fn check_number(&mut self, schema: &Value, number: &Number, at: &str) {
        let fits = match schema["format"].as_str() {
            Some("int32") => number
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            Some("int64") if schema["type"] == "integer" => number.is_i64(),
            _ => true,
        };
        if !fits {
            let format = schema["format"].as_str().unwrap_or_default();
            self.refuse(
                at,
                &format!("is {number}, and must be of the format {format}"),
            );
        }
        let Some(value) = number.as_f64() else {
            return;
        };
        for (key, exclusive, words) in [
            ("minimum", "exclusiveMinimum", ["at least", "more than"]),
            ("maximum", "exclusiveMaximum", ["at most", "less than"]),
        ] {
            let Some(limit) = schema[key].as_f64() else {
                continue;
            };
            let (lower, upper) = match key {
                "minimum" => (limit, value),
                _ => (value, limit),
            };
            let exclusive = schema[exclusive] == true;
            if lower > upper || (exclusive && lower == upper) {
                let word = words[usize::from(exclusive)];
                let limit = &schema[key];
                self.refuse(at, &format!("is {number}, and must be {word} {limit}"));
            }
        }
        if let Some(factor) = schema["multipleOf"].as_f64().filter(|factor| *factor > 0.0) {
            let quotient = value / factor;
            // Decimal fractions have no exact binary ones.
            if (quotient - quotient.round()).abs() > 1e-9 * quotient.abs().max(1.0) {
                let factor = &schema["multipleOf"];
                self.refuse(
                    at,
                    &format!("is {number}, and must be a multiple of {factor}"),
                );
            }
        }
    }
}

fn is_base64(text: &str) -> bool {
    let rest = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len() % 4 == 0 && text.len() - rest.len() <= 2 && rest.bytes().all(is_digit)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let is_digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    groups == [8, 4, 4, 4, 12] && text.bytes().all(is_digit)
}
