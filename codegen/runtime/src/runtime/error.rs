//! The one error type of the client.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::error_message::{one_line, server_message};
use super::json;
use super::secret::Redactor;

/// Why a client could not be built, or a call did not give what it promises.
///
/// `Display` is one line that holds the whole reason, so there is no [`source`] behind it:
///
/// ```text
/// updateTask: 400 Bad Request: Task not found or access denied
/// updateTask: no answer came in time (3 attempts)
/// ```
///
/// What follows from what, where *repeatable* is said of each operation in its documentation:
///
/// | what happens | [`kind`](Error::kind) | tried again | [may have been applied](Error::may_have_been_applied) |
/// |---|---|---|---|
/// | the client or the request cannot be built | `Configuration`, `InvalidInput` | no | no |
/// | no connection: refused, name not found, TLS failed | `Connect` | yes | no |
/// | no connection in time | `Timeout` | yes | no |
/// | the connection is lost, or what comes is not HTTP | `Transport` | if repeatable | yes |
/// | no whole answer in time | `Timeout` | if repeatable | yes |
/// | 429 | `Status` | yes, after `Retry-After` | no |
/// | 502, 503, 504 | `Status` | if repeatable | yes |
/// | 500 | `Status` | only if asked, and repeatable | yes |
/// | 400, 401, 403, 404, 413, 415, 431 | `Status` | no | no |
/// | any other status that is no success | `Status` | no | yes |
/// | a redirect | `Redirect` | no | yes |
/// | a success whose body is too large | `TooLarge` | no | yes |
/// | a success whose body is not what the description says | `Decode` | no | yes |
///
/// [`source`]: std::error::Error::source
pub struct Error(Box<ErrorInner>);

/// The parts of an [`Error`], all optional but the kind.
#[derive(Default)]
pub(crate) struct ErrorInner {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static str>,
    /// What the client itself has to say.
    pub(crate) detail: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) attempts: u32,
    pub(crate) repeatable: bool,
    pub(crate) may_have_been_applied: bool,
    /// What the description says that the status usually means.
    pub(crate) hint: Option<&'static str>,
    /// What was sent and must not show. A server may repeat it in its answer, and an error's text
    /// never does.
    pub(crate) redactor: Redactor,
}

/// What went wrong, in kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from what it was given; nothing was sent.
    #[default]
    Configuration,
    /// The request cannot be built from what it was given; nothing was sent.
    InvalidInput,
    /// No connection could be made: name resolution, connection or TLS failed.
    Connect,
    /// A time limit passed.
    Timeout,
    /// The connection was lost, or what came over it was not HTTP.
    Transport,
    /// The server answered with a status that is not a success.
    Status,
    /// The server answered with a redirect, which is never followed.
    Redirect,
    /// The answer's body is larger than the client accepts.
    TooLarge,
    /// The answer is a success, but its body is not what the description says.
    Decode,
}

#[cfg(feature = "tracing")]
impl ErrorKind {
    /// The kind in one word, for a trace.
    pub(crate) fn as_str(self) -> &'static str {
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

impl Error {
    pub(crate) fn new(inner: ErrorInner) -> Self {
        Error(Box::new(inner))
    }

    pub(crate) fn configuration(detail: impl Into<String>) -> Self {
        Error::new(ErrorInner {
            detail: detail.into(),
            ..ErrorInner::default()
        })
    }

    pub(crate) fn invalid_input(detail: impl Into<String>) -> Self {
        Error::new(ErrorInner {
            kind: ErrorKind::InvalidInput,
            detail: detail.into(),
            ..ErrorInner::default()
        })
    }

    pub(crate) fn redacting(mut self, redactor: Redactor) -> Self {
        self.0.redactor = redactor;
        self
    }

    /// Adds the hint for its status, if there is one.
    pub(crate) fn with_hint(mut self, hints: &[(u16, &'static str)]) -> Self {
        let status = self.0.status.filter(|_| self.0.kind == ErrorKind::Status);
        let hint = status.and_then(|status| hints.iter().find(|(code, _)| status == *code));
        self.0.hint = hint.map(|(_, text)| *text);
        self
    }

    pub(crate) fn of_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// What went wrong, in kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// What the server says went wrong, from the body of its answer: `message`, `error`, `detail`
    /// or `title` of a JSON object; several messages are joined by `; `.
    pub fn message(&self) -> Option<String> {
        server_message(&self.0.headers, &self.0.body)
    }

    /// The body of the answer as it arrived; empty if there was none. Of an answer that is not a
    /// success it may be cut off, at the size limit or where the connection was lost.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The headers of the answer; empty if there was none.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Reads the body as JSON of a type of the caller's, or one that the description has for errors.
    ///
    /// # Errors
    ///
    /// Of the kind [`Decode`](ErrorKind::Decode) if the body is no such JSON, or there is none.
    pub fn decode<E: DeserializeOwned>(&self) -> Result<E, Error> {
        json::decode(&self.0.body).map_err(|detail| self.undecodable(&detail))
    }

    /// The error that the body of this one cannot be read.
    pub(crate) fn undecodable(&self, detail: &str) -> Error {
        Error::new(ErrorInner {
            kind: ErrorKind::Decode,
            operation: self.0.operation,
            detail: format!("the error's body cannot be read: {detail}"),
            status: self.0.status,
            headers: self.0.headers.clone(),
            body: self.0.body.clone(),
            attempts: self.0.attempts,
            may_have_been_applied: self.0.may_have_been_applied,
            redactor: self.0.redactor.clone(),
            ..ErrorInner::default()
        })
    }

    /// How often the request was sent, or was tried to be sent; 0 if it could not be built.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the server asked to wait, counted from its answer (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether a time limit passed: the connection's, the attempt's or the call's.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the server refused the request because there were too many (429).
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether making the same call again later may succeed and does no harm.
    pub fn is_retryable(&self) -> bool {
        let passing = match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Status => matches!(
                self.0.status.map(|status| status.as_u16()),
                Some(429 | 502 | 503 | 504)
            ),
            _ => false,
        };
        passing && (self.0.repeatable || !self.0.may_have_been_applied)
    }

    /// Whether the server may have acted on the request, although the call failed.
    ///
    /// False only if that is sure for every attempt: nothing was sent, or the answer came before
    /// the server acted (400, 401, 403, 404, 413, 415, 429, 431).
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }
}

impl ErrorInner {
    /// The text in one line, without what is hidden.
    fn shown(&self, text: &str) -> String {
        one_line(&self.redactor.redact(text))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = inner.status {
            write!(f, "{}", status.as_u16())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
        }
        let separator = if inner.status.is_some() { ": " } else { "" };
        let message = match inner.kind {
            ErrorKind::Status => self.message(),
            _ => None,
        };
        if let Some(message) = message {
            write!(f, "{separator}{}", inner.shown(&message))?;
        } else if !inner.detail.is_empty() {
            write!(f, "{separator}{}", inner.shown(&inner.detail))?;
        }
        if let Some(hint) = inner.hint {
            write!(f, "; {hint}")?;
        }
        if inner.attempts > 1 {
            write!(f, " ({} attempts)", inner.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("display", &self.to_string())
            .field("status", &inner.status)
            .field("attempts", &inner.attempts)
            .field("retry_after", &inner.retry_after)
            .field("may_have_been_applied", &inner.may_have_been_applied)
            .field("body", &inner.shown(&String::from_utf8_lossy(&inner.body)))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
