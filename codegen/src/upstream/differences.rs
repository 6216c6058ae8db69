//! Reports how keys and lists of names differ, unless a listed departure explains it.

use std::ops::Range;

use super::UpstreamDiff;
use super::document::Located;
use super::finding::{Comparison, Finding, Mark};
use crate::openapi::departure::KeywordValue;
use crate::openapi::extension::DEPARTURES;

/// The message of a difference, and its places.
pub(super) type Different = (String, Range<usize>, Range<usize>);

/// Names, each with its place, and the place of their list.
pub(super) type Names = (Vec<(String, Range<usize>)>, Range<usize>);

impl<'a> UpstreamDiff<'a> {
    /// Reports how a key differs, if it does.
    pub(super) fn report(&mut self, comparison: &Comparison<'_, 'a>, difference: Option<String>) {
        let difference =
            difference.map(|message| (message, comparison.ours.clone(), comparison.theirs.clone()));
        self.report_each(comparison, difference.into_iter().collect());
    }

    /// As [`Self::report`], with the places of each difference.
    pub(super) fn report_each(
        &mut self,
        comparison: &Comparison<'_, 'a>,
        differences: Vec<Different>,
    ) {
        let candidates = self.declared.iter().enumerate();
        let candidates: Vec<usize> = candidates
            .filter(|(_, declared)| declared.is_of(comparison.layers, comparison.key))
            .map(|(index, _)| index)
            .collect();
        let mut is_listed = false;
        for index in &candidates {
            let declared = &mut self.declared[*index];
            is_listed |= declared.apply(comparison, !differences.is_empty());
        }
        if is_listed {
            return;
        }
        for (message, ours, theirs) in differences {
            let found = Finding {
                message,
                ours: Mark::new(&ours, "here"),
                theirs: Mark::new(&theirs, "upstream"),
                help: format!(
                    "change the description, or, if the difference is intended, list it in this \
                     object: {}: {{{}: {{upstream: {}, reason: ...}}}}",
                    DEPARTURES.key, comparison.key, comparison.upstream
                ),
            };
            self.found.push((found, candidates.clone()));
        }
    }

    /// Compares two lists of names, such as those of responses; `what` is the noun for a name.
    pub(super) fn names(
        &mut self,
        layers: &[Located<'a>],
        key: &'static str,
        what: &str,
        subject: &str,
        (here, ours): Names,
        (there, theirs): Names,
    ) {
        let added = missing(&there, &here).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is upstream, but not here");
            (message, ours.clone(), place)
        });
        let gone = missing(&here, &there).map(|(name, place)| {
            let message = format!("{what} `{name}` of {subject} is here, but not upstream");
            (message, place, theirs.clone())
        });
        let differences = added.chain(gone).collect();
        let comparison = Comparison {
            layers,
            key,
            ours,
            theirs,
            upstream: KeywordValue::List(there.into_iter().map(|(name, _)| name).collect()),
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

/// The names of the entries under a key.
pub(super) fn names_of(located: &Located<'_>, key: &str) -> Names {
    (
        named_places(&located.entries_of(key)),
        located.place_of(key),
    )
}

pub(super) fn named_places(entries: &[(&str, Located<'_>)]) -> Vec<(String, Range<usize>)> {
    let entries = entries.iter();
    entries
        .map(|(name, located)| ((*name).to_owned(), located.place.clone()))
        .collect()
}

/// The entries whose names both lists have.
pub(super) fn common<'a>(
    ours: &[(&'a str, Located<'a>)],
    theirs: &[(&'a str, Located<'a>)],
) -> Vec<(&'a str, Located<'a>, Located<'a>)> {
    let both = ours.iter().filter_map(|(name, here)| {
        let (_, there) = theirs.iter().find(|(other, _)| other == name)?;
        Some((*name, here.clone(), there.clone()))
    });
    both.collect()
}
