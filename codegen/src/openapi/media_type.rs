//! Media types: syntax, classification, and the ones that descriptions use.

use strsim::damerau_levenshtein;

/// Media types that descriptions use, to recognise a misspelt one.
const KNOWN: [&str; 46] = [
    "application/bson",
    "application/cbor",
    "application/gzip",
    "application/hal+json",
    "application/java-archive",
    "application/javascript",
    "application/json",
    "application/json-patch+json",
    "application/json5",
    "application/jsonl",
    "application/ld+json",
    "application/merge-patch+json",
    "application/msgpack",
    "application/msword",
    "application/ndjson",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/problem+xml",
    "application/protobuf",
    "application/rtf",
    "application/toml",
    "application/vnd.api+json",
    "application/vnd.ms-excel",
    "application/x-ndjson",
    "application/x-tar",
    "application/x-www-form-urlencoded",
    "application/xhtml+xml",
    "application/xml",
    "application/yaml",
    "application/zip",
    "audio/mpeg",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/tiff",
    "image/webp",
    "multipart/form-data",
    "multipart/mixed",
    "text/css",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/plain",
    "text/xml",
];

/// How a body of a media type is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Json,
    /// Text that the client does not interpret.
    Text,
    /// Bytes that the client does not interpret.
    Bytes,
    /// A body without an end, delivered in pieces.
    Stream,
    /// A body without an end, whose items are decoded.
    Items(ItemFormat),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

/// How a body consists of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemFormat {
    /// Server-sent events.
    Events,
    /// The JSON in the data of server-sent events.
    EventData,
    JsonLines,
    JsonSequence,
}

impl ItemFormat {
    /// The format of a media type whose bodies are sequences of items.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = essence(media_type);
        let (_, subtype) = essence.split_once('/')?;
        let subtype = subtype.rsplit('+').next()?;
        match subtype.strip_prefix("x-").unwrap_or(subtype) {
            "event-stream" => Some(ItemFormat::Events),
            "jsonl" | "jsonlines" | "json-lines" | "ndjson" => Some(ItemFormat::JsonLines),
            "json-seq" => Some(ItemFormat::JsonSequence),
            _ => None,
        }
    }
}

impl BodyKind {
    /// Whether the client reads the body piece by piece.
    pub(crate) fn is_stream(self) -> bool {
        matches!(self, BodyKind::Stream | BodyKind::Items(_))
    }

    pub(crate) fn of(media_type: &str) -> Self {
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
}

/// The type and subtype without parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether the media type is a range, such as `image/*`.
pub(crate) fn is_range(media_type: &str) -> bool {
    media_type.contains('*')
}

/// Whether the media type is a range that includes JSON.
pub(crate) fn is_range_of_json(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// Whether a server that lists the media type and JSON for one schema sends the same value in both, in
/// another syntax.
pub(crate) fn can_replace_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.rsplit(['/', '+']).next().unwrap_or_default();
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    let subtype = subtype.strip_prefix("vnd.").unwrap_or(subtype);
    matches!(
        subtype,
        "*" | "bson" | "cbor" | "msgpack" | "octet-stream" | "plain" | "protobuf" | "xml" | "yaml"
    )
}

/// Whether a body of the media type has parts, so that the media type needs a boundary.
pub(crate) fn has_parts(media_type: &str) -> bool {
    essence(media_type).starts_with("multipart/")
}

/// A short name for the media type, to build Rust names from.
pub(crate) fn short_name(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((kind, "*")) => kind.to_owned(),
        Some((_, subtype)) => subtype.replace('+', " "),
        None => essence,
    }
}

/// Whether the text is a type and a subtype, with or without parameters.
pub(crate) fn is_valid(text: &str) -> bool {
    let plain = text.split(';').next().unwrap_or(text).trim();
    let parts = plain.split_once('/');
    parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Whether the text is a token of HTTP, such as the name of a header (RFC 9110, section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_letter)
}

/// The known media type that is one or two letters away from an unknown one.
pub(crate) fn intended(text: &str) -> Option<&'static str> {
    let plain = essence(text);
    if KNOWN.contains(&plain.as_str()) || is_range(&plain) {
        return None;
    }
    KNOWN
        .into_iter()
        .map(|known| (damerau_levenshtein(&plain, known), known))
        .filter(|(distance, known)| *distance <= if known.len() < 12 { 1 } else { 2 })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::{BodyKind, ItemFormat, has_parts, intended, is_valid, short_name};

    #[test]
    fn the_suffix_and_the_type_decide_how_a_body_is_encoded() {
        for (media_type, kind) in [
            ("application/json", BodyKind::Json),
            ("Application/Problem+JSON; charset=utf-8", BodyKind::Json),
            ("application/jsonl", BodyKind::Bytes),
            ("application/x-www-form-urlencoded", BodyKind::Form),
            ("multipart/form-data", BodyKind::Multipart),
            ("multipart/mixed", BodyKind::Bytes),
            ("text/csv", BodyKind::Text),
            ("text/event-stream", BodyKind::Stream),
            ("image/svg+xml", BodyKind::Text),
            ("image/*", BodyKind::Bytes),
            ("nonsense", BodyKind::Bytes),
        ] {
            assert_eq!(BodyKind::of(media_type), kind, "{media_type}");
        }
        assert!(has_parts("Multipart/Mixed; boundary=x"));
    }

    #[test]
    fn some_media_types_are_sequences_of_items() {
        for (media_type, format) in [
            ("Text/Event-Stream; charset=utf-8", Some(ItemFormat::Events)),
            ("application/jsonl", Some(ItemFormat::JsonLines)),
            ("application/x-ndjson", Some(ItemFormat::JsonLines)),
            ("application/geo+json-seq", Some(ItemFormat::JsonSequence)),
            ("application/json", None),
            ("multipart/mixed", None),
        ] {
            assert_eq!(ItemFormat::of(media_type), format, "{media_type}");
        }
    }

    #[test]
    fn a_misspelt_media_type_is_recognised() {
        assert_eq!(intended("application/jsn"), Some("application/json"));
        assert_eq!(intended("text/htm"), Some("text/html"));
        assert_eq!(intended("application/json; charset=utf-8"), None);
        assert_eq!(intended("application/vnd.example.v2"), None);
        assert_eq!(intended("image/*"), None);
    }

    #[test]
    fn a_media_type_has_a_type_and_a_subtype() {
        assert!(is_valid("application/vnd.example+json; q=1"));
        assert!(is_valid("*/*"));
        assert!(!is_valid("json"));
        assert!(!is_valid("application/"));
        assert!(!is_valid("application /json"));
    }

    #[test]
    fn short_names_leave_out_what_is_common() {
        assert_eq!(short_name("application/hal+json"), "hal json");
        assert_eq!(short_name("image/*"), "image");
        assert_eq!(short_name("*/*"), "any");
    }
}
