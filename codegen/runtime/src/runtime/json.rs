//! Decodes JSON, and reports where it does not decode.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::read::whole;

/// Decodes a whole body. A byte order mark before it is ignored.
///
/// # Errors
///
/// The reason, with the path of the value. The path is found by decoding again, so that a valid body does
/// not pay for it.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).or_else(|error| {
        let value = representable(body).and_then(|body| serde_json::from_slice(&body).ok());
        let value = value.or_else(|| T::deserialize(with_integers(body)?).ok());
        value.ok_or_else(|| explain::<T>(body, &error))
    })
}

/// Returns the body with its whole floats as integers, if it has any. Types of this crate read these as integers
/// by themselves; a list of integers alone does not.
#[cold]
fn with_integers(body: &[u8]) -> Option<Value> {
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let mut has_any = false;
    let mut queue = vec![&mut value];
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => queue.extend(map.values_mut()),
            Value::Number(number) if number.is_f64() => {
                if let Some(integer) = number.as_f64().and_then(whole) {
                    *value = integer.into();
                    has_any = true;
                }
            }
            _ => {}
        }
    }
    has_any.then_some(value)
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
fn explain<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> String {
    if body.is_empty() {
        return "the body is empty".to_owned();
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) if error.path().iter().next().is_some() => {
            format!("at `{}`: {}", error.path(), error.inner())
        }
        _ => error.to_string(),
    }
}

/// How deep arrays and objects may be nested: serde_json's own limit is 128.
const MAX_DEPTH: usize = 100;

/// Replaces every value that `serde_json::Value` cannot represent by a string with its JSON text: a number
/// beyond the range of `f64`, and an array or object that is nested too deeply.
///
/// Fields that the description does not list, and values that are kept as JSON, may have such values without
/// making the rest of the response unusable. Returns `None` if there is no such value.
#[cold]
fn representable(body: &[u8]) -> Option<Vec<u8>> {
    // What follows assumes valid JSON. To skip a value has no limits.
    serde_json::from_slice::<IgnoredAny>(body).ok()?;
    let mut output = Vec::new();
    let mut copied = 0;
    let mut replace = |start: usize, end: usize| {
        output.extend_from_slice(&body[copied..start]);
        output.extend(
            Value::from(String::from_utf8_lossy(&body[start..end]))
                .to_string()
                .bytes(),
        );
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
                    replace(too_deep, at);
                }
                depth = depth.saturating_sub(1);
            }
            b'-' | b'0'..=b'9' if depth < MAX_DEPTH && is_too_large(&body[start..at]) => {
                replace(start, at);
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

fn end_of_string(body: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match body.get(at) {
            None => return body.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

fn end_of_number(body: &[u8], start: usize) -> usize {
    let rest = body[start..].iter();
    let is_part = |byte: &&u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    start + rest.take_while(is_part).count()
}

fn is_too_large(number: &[u8]) -> bool {
    let number = std::str::from_utf8(number).unwrap_or_default();
    number.parse::<f64>().is_ok_and(f64::is_infinite)
}
