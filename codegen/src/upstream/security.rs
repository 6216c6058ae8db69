//! Compares the security requirements of operations.

use std::ops::Range;

use super::document::{Document, Located};
use super::{Comparison, UpstreamDiff};
use crate::openapi::departure::KeywordValue;

impl<'a> UpstreamDiff<'a> {
    pub(super) fn security(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let (here, our_place) = accepted(self.ours, ours);
        let (there, their_place) = accepted(self.theirs, theirs);
        let words = |list: &[String]| match list {
            [] => "nothing".to_owned(),
            list => list.join(", or "),
        };
        let message = format!(
            "{subject} requires {} here, but {} upstream",
            words(&here),
            words(&there)
        );
        let upstream = KeywordValue::List(there.clone());
        let message = (KeywordValue::List(here) != upstream).then_some(message);
        let comparison = Comparison {
            layers: std::slice::from_ref(ours),
            key: "security",
            ours: our_place,
            theirs: their_place,
            upstream,
        };
        self.report(&comparison, message.into_iter().collect());
    }
}

/// The security requirements of an operation, each alternative in words, and their place.
fn accepted(document: Document<'_>, operation: &Located<'_>) -> (Vec<String>, Range<usize>) {
    let root = document.located();
    let security = operation.get("security").or_else(|| root.get("security"));
    let Some(security) = security else {
        return (Vec::new(), operation.place.clone());
    };
    let alternatives = security.node.items().iter();
    let words = alternatives.map(|alternative| {
        let schemes = alternative.entries().iter();
        let schemes: Vec<String> = schemes.map(|scheme| words(document, &scheme.key)).collect();
        match schemes.as_slice() {
            [] => "nothing".to_owned(),
            schemes => schemes.join(" and "),
        }
    });
    (words.collect(), security.place)
}

/// A security scheme by what a request carries: its name has no meaning to the server.
fn words(document: Document<'_>, name: &str) -> String {
    let components = document.root.get("components");
    let schemes = components.and_then(|components| components.value.get("securitySchemes"));
    let Some(scheme) = schemes.and_then(|schemes| schemes.value.get(name)) else {
        return name.to_owned();
    };
    let get = |key: &str| scheme.value.get(key)?.value.text();
    match (get("type"), get("in"), get("name"), get("scheme")) {
        (Some("apiKey"), Some(location), Some(name), _) => format!("{location} {name}"),
        (Some("http"), _, _, Some(scheme)) => format!("http {}", scheme.to_ascii_lowercase()),
        (Some(kind), ..) => kind.to_owned(),
        (None, ..) => name.to_owned(),
    }
}
