//! Compares the limits of values, such as `maxLength`.

use super::UpstreamDiff;
use super::schema::Schema;
use crate::openapi::departure::KeywordValue;
use crate::openapi::json_type::LIMITS;

impl<'a> UpstreamDiff<'a> {
    pub(super) fn limits(&mut self, subject: &str, ours: &Schema<'a>, theirs: &Schema<'a>) {
        for key in LIMITS {
            let (here, there) = (limit(ours, key), limit(theirs, key));
            let message = (here != there).then(|| {
                let words = |value: &KeywordValue| match value {
                    KeywordValue::Absent => "not set".to_owned(),
                    KeywordValue::Text(text) => text.clone(),
                    KeywordValue::Flag(_) | KeywordValue::List(_) => value.to_string(),
                };
                format!(
                    "`{key}` of {subject} is {} here, but {} upstream",
                    words(&here),
                    words(&there)
                )
            });
            self.compare(key, ours, theirs, there, message);
        }
    }
}

/// The value of a limit. False is the default of those that are flags, and 1.0 is 1.
fn limit(schema: &Schema<'_>, key: &str) -> KeywordValue {
    match schema.text(key) {
        None | Some("false") => KeywordValue::Absent,
        Some("true") => KeywordValue::Flag(true),
        Some(text) => KeywordValue::Text(match (key, text.parse::<f64>()) {
            ("pattern", _) | (_, Err(_)) => text.to_owned(),
            (_, Ok(number)) => number.to_string(),
        }),
    }
}
