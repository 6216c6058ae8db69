//! Media types: what each is to the client.

use crate::ir::BodyKind;

/// The type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// How a value of this type stands in a body.
pub(super) fn format(media_type: &str) -> BodyKind {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    let (_, suffix) = subtype.rsplit_once('+').unwrap_or(("", subtype));
    match (kind, suffix) {
        (_, "x-www-form-urlencoded") => BodyKind::Form,
        ("multipart", "form-data") => BodyKind::Multipart,
        (_, "json") => BodyKind::Json,
        ("text", "event-stream") => BodyKind::Stream,
        ("text", _) => BodyKind::Text,
        (_, "xml" | "yaml" | "x-yaml" | "javascript" | "graphql" | "sql") => BodyKind::Text,
        _ => BodyKind::Bytes,
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
