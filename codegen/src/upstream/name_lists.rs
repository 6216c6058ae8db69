//! Compares lists of names: of responses, fields, parameters.

use std::ops::Range;

use super::document::Located;
use super::{Comparison, UpstreamDiff};
use crate::openapi::departure::KeywordValue;

impl<'a> UpstreamDiff<'a> {
    /// Compares two lists of names, each with the place of the list; `what` is the noun for a name.
    pub(super) fn names(
        &mut self,
        layers: &[Located<'a>],
        key: &'static str,
        what: &str,
        subject: &str,
        ours: (Vec<(String, Range<usize>)>, Range<usize>),
        theirs: (Vec<(String, Range<usize>)>, Range<usize>),
    ) {
        let ((here, our_place), (there, their_place)) = (ours, theirs);
        let added = missing(&there, &here).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is upstream, but not here");
            (message, our_place.clone(), place)
        });
        let gone = missing(&here, &there).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is here, but not upstream");
            (message, place, their_place.clone())
        });
        let differences = added.chain(gone).collect();
        let comparison = Comparison {
            layers,
            key,
            ours: our_place.clone(),
            theirs: their_place.clone(),
            upstream: KeywordValue::List(there.iter().map(|(name, _)| name.clone()).collect()),
        };
        self.report_each(&comparison, differences);
    }
}

/// The items of one list that the other does not contain.
pub(super) fn missing<'l, T: PartialEq + Clone>(
    list: &'l [(T, Range<usize>)],
    other: &'l [(T, Range<usize>)],
) -> impl Iterator<Item = (T, Range<usize>)> {
    let is_missing = |(name, _): &&(T, Range<usize>)| !other.iter().any(|(has, _)| has == name);
    list.iter().filter(is_missing).cloned()
}
