//! Finds what a server says of an error, and makes text fit for one line of a log.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

/// The longest text that is put in one line, in characters.
const LINE: usize = 500;

/// The keys under which servers put their message, the likeliest first.
const KEYS: [&str; 5] = ["message", "error_description", "error", "detail", "title"];

/// The message in the body of an error: of a JSON object, or plain text.
pub(crate) fn server_message(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => json_message(&value),
        Err(_) => {
            let plain = headers
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
            let text = std::str::from_utf8(body).ok()?.trim();
            (plain && !text.is_empty()).then(|| text.to_owned())
        }
    }
}

fn json_message(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => {
            let messages: Vec<String> = items.iter().filter_map(json_message).collect();
            (!messages.is_empty()).then(|| messages.join("; "))
        }
        Value::Object(map) => KEYS.iter().find_map(|key| json_message(map.get(*key)?)),
        _ => None,
    }
}

/// The text in one line: control characters escaped, so that a server cannot write lines or
/// terminal commands of its own into a log, and cut when it is long.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LINE));
    for (count, character) in text.trim().chars().enumerate() {
        if count == LINE {
            line.push('…');
            break;
        }
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            hidden if hidden.is_control() || is_direction(hidden) => {
                line.extend(hidden.escape_unicode());
            }
            shown => line.push(shown),
        }
    }
    line
}

/// Characters that turn the direction of the text around them.
fn is_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
