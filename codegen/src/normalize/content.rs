//! `contentEncoding`, `contentMediaType` and `contentSchema`: the formats of bytes, and JSON in strings.

use super::draft::Draft;
use crate::openapi::extension::{CONTENT_TYPE, JSON_TEXT};
use crate::openapi::media_type::BodyKind;
use crate::source::Node;

pub(super) fn rewrite(schema: &mut Draft) {
    let encoding = schema.take("contentEncoding");
    let media_type = schema.take("contentMediaType");
    let content = schema.take("contentSchema");
    if schema.has("format") {
        return;
    }
    if let Some(encoding) = encoding {
        let format = match encoding.value.string() {
            Some("base64") => "byte",
            Some("base64url") => "base64url",
            _ => return,
        };
        let format = encoding.value.with_text(format);
        return schema.put("format", &encoding.key_span, format);
    }
    // Without an encoding, the value is the content itself, such as a file in a form.
    let Some(media_type) = media_type else {
        return;
    };
    let kind = media_type.value.string().map(BodyKind::of);
    if kind == Some(BodyKind::Bytes) {
        let format = media_type.value.with_text("binary");
        schema.put("format", &media_type.key_span, format);
    }
    if let Some(content) = content
        && kind == Some(BodyKind::Json)
        && is_string(schema)
    {
        if !schema.has("type") {
            let kind = content.value.with_text("string");
            schema.put("type", &content.key_span, kind);
        }
        schema.put(JSON_TEXT, &content.key_span, content.value.with_true());
        schema.put("items", &content.key_span, content.value);
    }
    schema.put(CONTENT_TYPE, &media_type.key_span, media_type.value);
}

/// Whether all values other than null are strings.
fn is_string(schema: &Draft) -> bool {
    let is_string = |name: &Node| matches!(name.text(), Some("string" | "null"));
    !schema.has("items")
        && schema
            .get("type")
            .is_none_or(|stated| match stated.items() {
                [] => stated.text() == Some("string"),
                names => names.iter().all(is_string),
            })
}
