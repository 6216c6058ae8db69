//! What a stage finds to be wrong, before its place in the text is known.

use std::fmt;
use std::ops::Range;

use crate::code::Code;
use crate::code::Severity;
use crate::source::pointer::Pointer;

/// Something wrong with the description. Stages refer to its place by a JSON pointer; the reader of
/// the text, which makes a `Problem<Range<usize>>`, by a range of bytes.
#[derive(Clone, Debug)]
pub(crate) struct Problem<P = At> {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) at: P,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
}

/// The place of a problem in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At {
    /// The value that the pointer leads to.
    Value(Pointer),
    /// The key of that value.
    Key(Pointer),
    /// A part of that key, as a range of its bytes: a parameter of a path, for example.
    InKey(Pointer, Range<usize>),
}

impl At {
    /// The value that is marked, or whose key is.
    pub(crate) fn pointer(&self) -> &Pointer {
        match self {
            At::Value(pointer) | At::Key(pointer) | At::InKey(pointer, _) => pointer,
        }
    }
}

impl<P> Problem<P> {
    pub(crate) fn new(
        code: Code,
        message: impl Into<String>,
        at: P,
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

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem at another place.
    pub(crate) fn moved<Q>(self, to: impl FnOnce(P) -> Q) -> Problem<Q> {
        Problem {
            code: self.code,
            severity: self.severity,
            message: self.message,
            at: to(self.at),
            label: self.label,
            help: self.help,
        }
    }
}

impl Problem {
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
}
