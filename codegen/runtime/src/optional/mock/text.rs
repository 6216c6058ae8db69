//! Formats values and requests for messages.

use serde_json::Value;

/// Maximum length of a value in a message, in characters.
const LENGTH: usize = 120;

/// Formats a value in one line, and cuts a long one.
pub(super) fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

/// Formats text in one line, and cuts a long one.
pub(super) fn cut(text: &str) -> String {
    let mut line: String = text
        .chars()
        .take(LENGTH)
        .flat_map(|character| match character {
            ' '.. => vec![character],
            control => control.escape_default().collect(),
        })
        .collect();
    if text.chars().nth(LENGTH).is_some() {
        line.push('…');
    }
    line
}

/// Returns the path of a key in an object.
pub(super) fn below(at: &str, key: &str) -> String {
    format!("{at}.{key}")
}

/// Returns the differences between two values, each with its path.
pub(super) fn differences(expected: &Value, received: &Value, at: &str) -> Vec<String> {
    let (Value::Object(wanted), Value::Object(has)) = (expected, received) else {
        return match expected == received {
            true => Vec::new(),
            false => vec![format!(
                "{at} is {}, expected {}",
                shown(received),
                shown(expected)
            )],
        };
    };
    let mut differences = Vec::new();
    for (key, value) in wanted {
        let at = below(at, key);
        match has.get(key) {
            Some(other) => differences.extend(self::differences(value, other, &at)),
            None => differences.push(format!("{at} is missing, expected {}", shown(value))),
        }
    }
    for (key, value) in has {
        if !wanted.contains_key(key) {
            let at = below(at, key);
            differences.push(format!("{at} is {}, expected no such key", shown(value)));
        }
    }
    differences
}
