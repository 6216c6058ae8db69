//! Decodes JSON, and reports where it does not decode.

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
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).or_else(|error| {
        let value = representable(body).and_then(|body| serde_json::from_slice(&body).ok());
        value.ok_or_else(|| explain(body, &error))
    })
}

/// Decodes the body of a success. A success without a body has no value, so an empty body decodes as null, or
/// else as an object without properties.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_or_empty<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    match body {
        [] => decode(b"null")
            .or_else(|_| decode(b"{}"))
            .or_else(|_| decode(body)),
        body => decode(body),
    }
}

#[cold]
fn explain(body: &[u8], error: &serde_json::Error) -> String {
    if body.is_empty() {
        return "the body is empty".to_owned();
    }
    let path = ValuePath::of(body, error);
    match path.is_root() {
        true => error.to_string(),
        false => format!("at `{path}`: {error}"),
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
fn representable(body: &[u8]) -> Option<Vec<u8>> {
    // What follows assumes valid JSON. To skip a value has no limits.
    serde_json::from_slice::<IgnoredAny>(body).ok()?;
    let mut output = Vec::new();
    let mut copied = 0;
    let mut replace = |start: usize, end: usize, value: Value| {
        output.extend_from_slice(&body[copied..start]);
        output.extend_from_slice(value.to_string().as_bytes());
        copied = end;
    };
    let mut depth: usize = 0;
    let mut too_deep = 0;
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let start = at;
        at = match byte {
            b'"' => end_of_string(body, at),
            b'-' | b'0'..=b'9' => end_of_number(body, at),
            _ => at + 1,
        };
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth == MAX_DEPTH {
                    too_deep = start;
                }
            }
            b']' | b'}' => {
                if depth == MAX_DEPTH {
                    replace(too_deep, at, text(&body[too_deep..at]));
                }
                depth = depth.saturating_sub(1);
            }
            b'-' | b'0'..=b'9' if depth < MAX_DEPTH => {
                if let Some(value) = other_number(&body[start..at]) {
                    replace(start, at, value);
                }
            }
            _ => {}
        }
    }
    if copied == 0 {
        return None;
    }
    output.extend_from_slice(&body[copied..]);
    Some(output)
}

fn end_of_number(body: &[u8], start: usize) -> usize {
    let rest = body[start..].iter();
    let is_part = |byte: &&u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    start + rest.take_while(is_part).count()
}

/// The value in place of a number, if it needs one.
fn other_number(number: &[u8]) -> Option<Value> {
    let is_float = number.iter().any(|byte| b".eE".contains(byte));
    let float: f64 = std::str::from_utf8(number).ok()?.parse().ok()?;
    match whole(float) {
        Some(integer) if is_float => Some(integer.into()),
        _ => float.is_infinite().then(|| text(number)),
    }
}

fn text(value: &[u8]) -> Value {
    String::from_utf8_lossy(value).into()
}
