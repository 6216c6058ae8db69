//! Decodes JSON, and reports where it does not decode.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::read::whole;
use super::value_path::{ValuePath, end_of_string};

/// Decodes a whole body. A byte order mark before it is ignored.
///
/// # Errors
///
/// The reason, with the path of the value.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let text = text(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let error = match serde_json::from_str(&text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match representable(&text).map(|text| serde_json::from_str(&text)) {
        Some(Ok(value)) => Ok(value),
        _ => Err(explain(text, &error)),
    }
}

/// Returns a body as text. JSON is UTF-8: other bytes become [`NOT_UTF8`].
///
/// serde_json contains its parser of text in compiled form. Its parser of bytes would be compiled with each client.
fn text(body: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(body) {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(NOT_UTF8);
        }
    }
    Cow::Owned(text)
}

/// Escape sequences that make a string invalid if it is decoded, but not if it is skipped. The first of these low
/// surrogates may complete a pair that the body has begun.
const NOT_UTF8: &str = "\\udc00\\udc00";

/// Decodes the body of a success. A success without a body has no value, so an empty body decodes as null, or
/// else as an object without properties.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_or_empty<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    if body.is_empty() {
        if let Ok(value) = decode(b"null").or_else(|_| decode(b"{}")) {
            return Ok(value);
        }
    }
    decode(body)
}

#[cold]
fn explain(text: Cow<'_, str>, error: &serde_json::Error) -> String {
    if text.is_empty() {
        return "the body is empty".to_owned();
    }
    let mut reason = error.to_string();
    if let Cow::Owned(_) = text {
        // What serde_json says of `NOT_UTF8`.
        reason = reason.replace("lone leading surrogate in hex escape", "invalid string");
        reason.push_str(" (the body is not UTF-8)");
    }
    let path = ValuePath::of(text.as_bytes(), error);
    match path.is_root() {
        true => reason,
        false => format!("at `{path}`: {reason}"),
    }
}

/// How deep arrays and objects may be nested: serde_json's own limit is 128.
const MAX_DEPTH: usize = 100;

/// Replaces every value that some types cannot represent. Returns `None` if there is no such value.
///
/// - A whole float becomes an integer. Integers of this crate read it as one by themselves; a list of integers
///   alone does not.
/// - A number beyond the range of `f64`, and an array or object that is nested too deeply, becomes a string with
///   its JSON text. Fields that the description does not list, and values that are kept as JSON, may have such
///   values without making the rest of the response unusable.
#[cold]
fn representable(text: &str) -> Option<String> {
    // What follows assumes valid JSON. To skip a value has no limits.
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let body = text.as_bytes();
    let mut output = String::new();
    let mut copied = 0;
    let mut depth: usize = 0;
    let mut too_deep = 0;
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let mut start = at;
        at = match byte {
            b'"' => end_of_string(body, at),
            b'-' | b'0'..=b'9' => end_of_number(body, at),
            _ => at + 1,
        };
        let mut replacement = None;
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth == MAX_DEPTH {
                    too_deep = start;
                }
            }
            b']' | b'}' => {
                if depth == MAX_DEPTH {
                    start = too_deep;
                    replacement = Some(quoted(&text[start..at]));
                }
                depth = depth.saturating_sub(1);
            }
            b'-' | b'0'..=b'9' if depth < MAX_DEPTH => {
                replacement = other_number(&text[start..at]);
            }
            _ => {}
        }
        if let Some(replacement) = replacement {
            output.push_str(&text[copied..start]);
            output.push_str(&replacement);
            copied = at;
        }
    }
    if copied == 0 {
        return None;
    }
    output.push_str(&text[copied..]);
    Some(output)
}

fn end_of_number(body: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = body.get(at) {
        at += 1;
    }
    at
}

/// The JSON in place of a number, if it needs one.
fn other_number(number: &str) -> Option<String> {
    let float: f64 = number.parse().ok()?;
    let other = match whole(float) {
        Some(integer) => format!("{integer}"),
        None if float.is_infinite() => quoted(number),
        None => return None,
    };
    (other != number).then_some(other)
}

/// A string with the text of a value.
fn quoted(json: &str) -> String {
    Value::from(json).to_string()
}
