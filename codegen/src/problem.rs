//! A problem of a description, before the span of its place is known.

use std::fmt;
use std::ops::Range;

use crate::code::{Code, Meaning, Severity};
use crate::source::pointer::Pointer;

/// A diagnostic without its span. Stages refer to places by a JSON pointer; only the reader of the
/// text, which makes a `Problem<Range<usize>>`, uses spans.
#[derive(Clone, Debug)]
pub(crate) struct Problem<P = At> {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) at: P,
    /// Whether it follows from a problem with another place. It is only shown if no other error is.
    pub(crate) follows: bool,
    pub(crate) label: Box<str>,
    pub(crate) help: Option<Box<str>>,
    /// The first operations that need the place.
    pub(crate) needed_by: Box<[String]>,
}

/// The place of a problem in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At {
    /// The value that the pointer refers to.
    Value(Pointer),
    /// The key of that value.
    Key(Pointer),
    /// A range of bytes in that key, such as a parameter of a path.
    InKey(Pointer, Range<usize>),
    /// These bytes of the text: the value was rewritten since.
    Span(Pointer, Box<Range<usize>>),
}

impl At {
    /// The pointer to the value, or to the value of the key.
    pub(crate) fn pointer(&self) -> &Pointer {
        match self {
            At::Value(pointer)
            | At::Key(pointer)
            | At::InKey(pointer, _)
            | At::Span(pointer, _) => pointer,
        }
    }
}

impl<P> Problem<P> {
    pub(crate) fn new(
        code: Code,
        message: impl Into<String>,
        at: P,
        label: impl Into<Box<str>>,
    ) -> Self {
        Problem {
            code,
            severity: code.severity(),
            follows: code == Code::Internal,
            message: message.into(),
            at,
            label: label.into(),
            help: None,
            needed_by: Box::default(),
        }
    }

    /// Adds how to fix the problem, unless the text is empty.
    pub(crate) fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into()).filter(|help| !help.is_empty());
        self
    }

    /// The same problem with another kind of place.
    pub(crate) fn at<Q>(self, place: Q) -> Problem<Q> {
        Problem {
            code: self.code,
            severity: self.severity,
            follows: self.follows,
            message: self.message,
            at: place,
            label: self.label,
            help: self.help,
            needed_by: self.needed_by,
        }
    }
}

impl Problem {
    /// Whether it is not clear what the client has to do about the place.
    pub(crate) fn is_unclear(&self) -> bool {
        self.code.meaning() == Meaning::Unclear
    }

    /// Reports a construct that the client would need and that the generator does not support.
    pub(crate) fn unsupported(what: impl fmt::Display, at: At) -> Self {
        Problem::new(
            Code::Unsupported,
            format!("{what} is not supported"),
            at,
            "no code can be generated for this",
        )
        .help("remove it from the description")
    }
}
