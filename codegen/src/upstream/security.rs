//! Compares the security requirements of operations.

use std::ops::Range;

use super::UpstreamDiff;
use super::document::{Document, Located};
use super::finding::Comparison;
use crate::openapi::departure::KeywordValue;

impl<'a> UpstreamDiff<'a> {
    pub(super) fn security(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let (here, our_place) = accepted(&self.ours, ours);
        let (there, their_place) = accepted(&self.theirs, theirs);
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
        self.report(&comparison, message);
    }
}

/// The security requirements of an operation, each alternative in words, and their place.
fn accepted(document: &Document<'_>, operation: &Located<'_>) -> (Vec<String>, Range<usize>) {
    let own = operation.get("security");
    let security = own.or_else(|| document.root.get("security"));
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
fn words(document: &Document<'_>, name: &str) -> String {
    let path = ["components", "securitySchemes", name];
    let mut path = path.into_iter();
    let Some(scheme) = path.try_fold(document.root.clone(), |at, key| at.get(key)) else {
        return name.to_owned();
    };
    let text = |key| scheme.text(key);
    match (text("type"), text("in"), text("name"), text("scheme")) {
        (Some("apiKey"), Some(location), Some(name), _) => format!("{location} {name}"),
        (Some("http"), _, _, Some(scheme)) => format!("http {}", scheme.to_ascii_lowercase()),
        (Some(kind), ..) => kind.to_owned(),
        (None, ..) => name.to_owned(),
    }
}
