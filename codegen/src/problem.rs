//! What a stage finds to be wrong, before its place in the text is known.

use std::fmt;
use std::ops::Range;

use crate::code::Code;
use crate::code::Severity;
use crate::source::pointer::Pointer;

/// A finding of a stage, which knows places by their JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) at: At,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
}

/// The place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At {
    /// A range of bytes.
    Span(Range<usize>),
    /// The value that the pointer leads to.
    Value(Pointer),
    /// The key under which that value stands.
    Key(Pointer),
}

impl Problem {
    pub(crate) fn new(
        code: Code,
        message: impl Into<String>,
        at: At,
        label: impl Into<String>,
    ) -> Self {
        Problem {
            code,
            severity: code.severity(),
            message: message.into(),
            at,
            label: label.into(),
            help: None,
        }
    }

    /// A construct that a faithful client would need and that the generator does not emit yet.
    pub(crate) fn not_generated(what: impl fmt::Display, at: At) -> Self {
        Problem::new(
            Code::NotGenerated,
            format!("{what} cannot be generated yet"),
            at,
            "this is not supported",
        )
        .help("take it out of the description, or teach the generator to emit it")
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
