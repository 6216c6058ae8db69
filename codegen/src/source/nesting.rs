//! The limit of nesting.

use std::ops::Range;

use crate::code::Code;
use crate::problem::Problem;

/// Deeper nesting is rejected, so that no later stage runs out of stack.
pub(super) const MAX_DEPTH: usize = 100;

pub(super) fn too_deep(span: Range<usize>) -> Problem<Range<usize>> {
    let message = format!("the description is nested deeper than {MAX_DEPTH} levels");
    Problem::new(Code::TooLarge, message, span, "")
}
