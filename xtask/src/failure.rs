//! Why a command failed.

use std::fmt;

use codegen::Diagnostics;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The description has errors, or uses something that is not supported.
    Description(Diagnostics),
    /// Any other error, as the message to print.
    Other(String),
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Failure::Other(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Description(diagnostics) => diagnostics.fmt(f),
            Failure::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}
