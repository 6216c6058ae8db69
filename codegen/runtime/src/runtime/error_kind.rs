//! The category of an error.

use std::fmt;

/// Category of an [`Error`](super::Error).
///
/// Displays as one word in snake case, such as `invalid_input`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is invalid or missing. Nothing was sent.
    Configuration,
    /// The request is invalid. Nothing was sent.
    InvalidInput,
    /// No connection: name resolution, TCP or TLS failed.
    Connect,
    /// A time limit passed.
    Timeout,
    /// The connection was lost, or the response is not HTTP.
    Transport,
    /// The response has an error status.
    Status,
    /// The response is a redirect. Redirects are never followed.
    Redirect,
    /// The response body is larger than the client accepts.
    TooLarge,
    /// The response is a success, but its body does not decode.
    Decode,
}

impl ErrorKind {
    /// Returns the kind as one word in snake case, such as `invalid_input`, for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Configuration => "configuration",
            ErrorKind::InvalidInput => "invalid_input",
            ErrorKind::Connect => "connect",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Transport => "transport",
            ErrorKind::Status => "status",
            ErrorKind::Redirect => "redirect",
            ErrorKind::TooLarge => "too_large",
            ErrorKind::Decode => "decode",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
