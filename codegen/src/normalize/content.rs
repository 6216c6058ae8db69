//! `contentEncoding` and `contentMediaType`: the formats of bytes.

use super::draft::Draft;
use crate::openapi::media_type::BodyKind;

pub(super) fn rewrite(schema: &mut Draft) {
    let encoding = schema.take("contentEncoding");
    let media_type = schema.take("contentMediaType");
    if schema.has("format") {
        return;
    }
    let text = encoding.as_ref().and_then(|entry| entry.value.string());
    let (entry, format) = match (text, &encoding, &media_type) {
        (Some("base64"), Some(entry), _) => (entry, "byte"),
        // Without an encoding, the value is the content itself, such as a file in a form.
        (None, _, Some(entry)) if entry.value.string().is_some_and(is_bytes) => (entry, "binary"),
        _ => return,
    };
    schema.put("format", &entry.key_span, entry.value.with_text(format));
}

fn is_bytes(media_type: &str) -> bool {
    BodyKind::of(media_type) == BodyKind::Bytes
}
