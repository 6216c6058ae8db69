//! What is compared, and what differs.

use std::ops::Range;

use super::document::{Located, place_of};
use crate::openapi::departure::KeywordValue;

/// A difference, before its lines are known.
pub(super) struct Finding {
    pub(super) message: String,
    pub(super) ours: Mark,
    pub(super) theirs: Mark,
    pub(super) help: String,
}

/// A place of a text, and what is written there.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) label: String,
}

impl Mark {
    pub(super) fn new(span: &Range<usize>, label: impl Into<String>) -> Self {
        Mark {
            span: span.clone(),
            label: label.into(),
        }
    }
}

/// The value of a key of one object, in both documents.
pub(super) struct Comparison<'s, 'a> {
    /// Our object, and the objects that it consists of: each of them may list the departure.
    pub(super) layers: &'s [Located<'a>],
    pub(super) key: &'static str,
    pub(super) ours: Range<usize>,
    pub(super) theirs: Range<usize>,
    /// The value in the vendor's document.
    pub(super) upstream: KeywordValue,
}

impl<'s, 'a> Comparison<'s, 'a> {
    /// The comparison of a key that each of the objects can have.
    pub(super) fn of(
        key: &'static str,
        ours: &'s [Located<'a>],
        theirs: &[Located<'a>],
        upstream: KeywordValue,
    ) -> Self {
        Comparison {
            layers: ours,
            key,
            ours: place_of(ours, key),
            theirs: place_of(theirs, key),
            upstream,
        }
    }
}
