//! Why the mock server rejects a request.

use std::fmt;

/// What is wrong with a request, where, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The part of the request, such as `request body`.
    place: String,
    reason: String,
    help: String,
}

impl Rejection {
    pub(super) fn new(
        place: impl Into<String>,
        reason: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Rejection {
            place: place.into(),
            reason: reason.into(),
            help: help.into(),
        }
    }

    /// The rejection in several lines, for a report.
    pub(super) fn lines(&self) -> String {
        let Rejection {
            place,
            reason,
            help,
        } = self;
        format!("\n     --> {place}\n      = note: {reason}\n      = help: {help}")
    }
}

/// Writes one line, as a client shows it.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rejection {
            place,
            reason,
            help,
        } = self;
        write!(f, "{place}: {reason}; help: {help}")
    }
}
