//! Media types that descriptions use, for telling one that is misspelt.

use strsim::damerau_levenshtein;

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

/// The media type that a text is misspelt for, if it is: one or two letters away from one that is
/// known, and none itself.
pub(crate) fn meant(text: &str) -> Option<&'static str> {
    let plain = text.split(';').next().unwrap_or(text);
    let plain = plain.trim().to_ascii_lowercase();
    if KNOWN.contains(&plain.as_str()) || plain.contains('*') {
        return None;
    }
    KNOWN
        .into_iter()
        .map(|known| (damerau_levenshtein(&plain, known), known))
        .filter(|(distance, known)| *distance <= if known.len() < 12 { 1 } else { 2 })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Whether a text is a type and a subtype, with parameters or without.
pub(crate) fn is_one(text: &str) -> bool {
    let plain = text.split(';').next().unwrap_or(text).trim();
    let is_token = |part: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !part.is_empty() && part.chars().all(is_letter)
    };
    let parts = plain.split_once('/');
    parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}
