//! Media types: what each is to the client.

use crate::ir::Format;

/// The type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// How a value of this type stands in a body.
pub(super) fn format(media_type: &str) -> Format {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    let (_, suffix) = subtype.rsplit_once('+').unwrap_or(("", subtype));
    match (kind, suffix) {
        (_, "x-www-form-urlencoded") => Format::Form,
        ("multipart", "form-data") => Format::Multipart,
        (_, "json") => Format::Json,
        ("text", "event-stream") => Format::Stream,
        ("text", _) => Format::Text,
        (_, "xml" | "yaml" | "x-yaml" | "javascript" | "graphql" | "sql") => Format::Text,
        _ => Format::Bytes,
    }
}

/// The type in one word or a few, for a name.
pub(super) fn word(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((kind, "*")) => kind.to_owned(),
        Some((_, subtype)) => subtype.replace('+', " "),
        None => essence,
    }
}
