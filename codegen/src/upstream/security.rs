//! Compares what operations want of those who ask.

use std::ops::Range;

use super::document::{Document, Spot};
use super::{Comparer, Facet, text};
use crate::openapi::departure::KeywordValue;

impl<'a> Comparer<'a> {
    pub(super) fn security(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let (here, our_place) = accepted(self.ours, ours);
        let (there, their_place) = accepted(self.theirs, theirs);
        let words = |list: &[String]| match list {
            [] => "nothing".to_owned(),
            list => list.join(", or "),
        };
        let message = format!(
            "{subject} wants {} here, and {} upstream",
            words(&here),
            words(&there)
        );
        let upstream = KeywordValue::List(there.clone());
        let message = (KeywordValue::List(here) != upstream).then_some(message);
        let facet = Facet {
            layers: std::slice::from_ref(ours),
            key: "security",
            ours: our_place,
            theirs: their_place,
            upstream,
        };
        self.weigh(&facet, message.into_iter().collect());
    }
}

/// What an operation wants of those who ask, each alternative in words, and where that is said.
fn accepted(document: Document<'_>, operation: &Spot<'_>) -> (Vec<String>, Range<usize>) {
    let root = document.spot();
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

/// A security scheme by what it is: its name is of no concern to the server.
fn words(document: Document<'_>, name: &str) -> String {
    let components = document.root.get("components");
    let schemes = components.and_then(|components| components.value.get("securitySchemes"));
    let Some(scheme) = schemes.and_then(|schemes| schemes.value.get(name)) else {
        return name.to_owned();
    };
    let get = |key: &str| text(&scheme.value.get(key)?.value);
    match (get("type"), get("in"), get("name"), get("scheme")) {
        (Some("apiKey"), Some(location), Some(name), _) => format!("{location} {name}"),
        (Some("http"), _, _, Some(scheme)) => format!("http {}", scheme.to_ascii_lowercase()),
        (Some(kind), ..) => kind.to_owned(),
        (None, ..) => name.to_owned(),
    }
}
