//! Finds the server's message in the body of an error response, and formats text for one line of a log.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::json;

/// Maximum length of a text in one line, in characters.
const MAX_LENGTH: usize = 500;

/// Keys of a message in a JSON object. The first one that is present counts.
const KEYS: [&str; 5] = ["message", "error_description", "error", "detail", "title"];

/// Returns the message of a JSON body, or a whole body of plain text.
pub(crate) fn server_message(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    match json::decode::<Value>(body) {
        Ok(value) => json_message(&value),
        Err(_) => {
            let is_plain = headers
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
            let text = std::str::from_utf8(body).ok()?.trim();
            (is_plain && !text.is_empty()).then(|| text.to_owned())
        }
    }
}

fn json_message(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => {
            let mut messages = Vec::new();
            for item in items {
                if let Some(message) = json_message(item) {
                    messages.push(message);
                }
            }
            (!messages.is_empty()).then(|| messages.join("; "))
        }
        Value::Object(map) => {
            for key in &KEYS {
                if let Some(message) = map.get(*key).and_then(json_message) {
                    return Some(message);
                }
            }
            None
        }
        _ => None,
    }
}

/// Returns the text as one line. A long text is truncated. Control characters are escaped, so that a server
/// cannot write lines or terminal commands of its own to a log.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MAX_LENGTH));
    for (count, character) in text.trim().chars().enumerate() {
        if count == MAX_LENGTH {
            line.push('…');
            break;
        }
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            unsafe_character
                if unsafe_character.is_control() || is_bidi_control(unsafe_character) =>
            {
                line.extend(unsafe_character.escape_unicode());
            }
            safe => line.push(safe),
        }
    }
    line
}

/// Whether a character changes the direction of the text around it.
fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
