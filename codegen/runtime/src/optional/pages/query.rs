//! The query of a URL, whose names and values are percent-encoded.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::runtime::path::ENCODED;

/// Returns the value of the first parameter of this name.
pub(super) fn value<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
    let mut pairs = query.split('&').map(parts);
    let (_, value) = pairs.find(|(key, _)| decoded(key) == name)?;
    Some(decoded(value))
}

/// Returns the query without the parameters of this name.
pub(super) fn without(query: &str, name: &str) -> String {
    let others = query
        .split('&')
        .filter(|pair| decoded(parts(pair).0) != name);
    others.collect::<Vec<_>>().join("&")
}

/// Returns the query with one parameter of this name, which has this value.
pub(super) fn with(query: &str, name: &str, value: &str) -> String {
    let mut query = without(query, name);
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, ENCODED));
    query.push('=');
    query.extend(utf8_percent_encode(value, ENCODED));
    query
}

fn parts(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
