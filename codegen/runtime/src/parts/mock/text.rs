//! How values and requests are shown.

use serde_json::Value;

/// The longest value that is shown, in characters.
const LENGTH: usize = 120;

/// A value in one line, cut when it is long.
pub(super) fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

/// Text in one line, cut when it is long.
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

/// The place of a key in an object.
pub(super) fn below(at: &str, key: &str) -> String {
    format!("{at}.{key}")
}

/// Where a value differs from the one that is expected, and how.
pub(super) fn differences(expected: &Value, received: &Value, at: &str) -> Vec<String> {
    let (Value::Object(wanted), Value::Object(has)) = (expected, received) else {
        return match expected == received {
            true => Vec::new(),
            false => vec![format!(
                "{at} is {}, and {} is expected",
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
            None => differences.push(format!(
                "{at} is not there, and {} is expected",
                shown(value)
            )),
        }
    }
    for (key, value) in has {
        if !wanted.contains_key(key) {
            let at = below(at, key);
            differences.push(format!("{at} is {}, and is not expected", shown(value)));
        }
    }
    differences
}
