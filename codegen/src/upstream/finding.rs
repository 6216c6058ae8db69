//! What is compared, and what differs.

use std::ops::Range;

use super::document::Located;
use crate::openapi::departure::KeywordValue;

/// A difference, before its lines are known.
pub(super) struct Finding {
    pub(super) message: String,
    pub(super) ours: Range<usize>,
    pub(super) ours_label: String,
    pub(super) theirs: Range<usize>,
    pub(super) theirs_label: String,
    pub(super) help: String,
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
