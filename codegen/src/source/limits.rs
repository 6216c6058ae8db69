//! The limits of a description, so that no stage runs out of memory or stack.

use std::ops::Range;

use crate::code::Code;
use crate::problem::Problem;

/// Maximum size of a description in bytes. The largest public ones have about 10 MB.
pub(super) const MAX_SIZE: usize = 64 * 1024 * 1024;

/// Maximum depth of nesting.
pub(super) const MAX_DEPTH: usize = 100;

/// Maximum number of values that are copied for the anchors and aliases of a text, and for references to
/// path items. A few lines of nested aliases would otherwise expand to billions of values.
pub(crate) const MAX_COPIES: usize = 1_000_000;

pub(super) fn too_large() -> Problem<Range<usize>> {
    let size = MAX_SIZE / 1024 / 1024;
    let message = format!("the description is larger than {size} MiB");
    Problem::new(Code::TooLarge, message, 0..0, "")
}

pub(super) fn too_deep(span: Range<usize>) -> Problem<Range<usize>> {
    let message = format!("the description is nested deeper than {MAX_DEPTH} levels");
    Problem::new(Code::TooLarge, message, span, "")
}
