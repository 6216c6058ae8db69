//! The error type of the client.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

pub use super::error_kind::ErrorKind;
use super::error_message::{one_line, server_message};
use super::json;
use super::secret::Redactor;

/// Why a client could not be built, or why a call failed.
///
/// `Display` is one line with the whole reason, and `Debug` is the same line, so that
/// `fn main() -> Result<(), Error>` prints it too; `{:#?}` prints the parts. [`source`] is always `None`.
///
/// ```text
/// updateTask: 400 Bad Request: Task not found or access denied
/// updateTask: 429 Too Many Requests: slow down (the server asks to wait 600 s)
/// updateTask: no response in time (3 attempts)
/// ```
///
/// The documentation of each operation says whether it is *repeatable*:
///
/// | failure | [`kind`](Error::kind) | retried | [may have been applied](Error::may_have_been_applied) |
/// |---|---|---|---|
/// | invalid settings of the client, or an invalid request | `Configuration`, `InvalidInput` | no | no |
/// | no connection: refused, name not resolved, TLS failed | `Connect` | yes | no |
/// | no connection in time | `Timeout` | yes | no |
/// | connection lost, or the response is not HTTP | `Transport` | if repeatable | yes |
/// | no complete response in time | `Timeout` | if repeatable | yes |
/// | 429 | `Status` | yes, after `Retry-After` | no |
/// | 502, 503, 504 | `Status` | if repeatable | yes |
/// | 500 | `Status` | if repeatable and [enabled](super::RetryPolicy::retry_internal_server_error) | yes |
/// | 400, 401, 403, 404, 413, 415, 431 | `Status` | no | no |
/// | any other error status | `Status` | no | yes |
/// | a redirect | `Redirect` | no | yes |
/// | success with a response body that is too large | `TooLarge` | no | yes |
/// | success with a response body that does not decode | `Decode` | no | yes |
///
/// [`source`]: std::error::Error::source
pub struct Error(Box<ErrorInner>);

/// The parts of an [`Error`]. All but the kind may be empty.
pub(crate) struct ErrorInner {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static str>,
    /// Message of the client itself.
    pub(crate) detail: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) attempts: u32,
    pub(crate) repeatable: bool,
    pub(crate) may_have_been_applied: bool,
    /// Usual cause of the status, from the description.
    pub(crate) hint: Option<&'static str>,
    /// Whether only the retry budget prevented a retry.
    pub(crate) is_budget_exhausted: bool,
    /// Removes credentials from texts: a server may echo them.
    pub(crate) redactor: Redactor,
}

impl ErrorInner {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        ErrorInner {
            kind,
            operation: None,
            detail: String::new(),
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            retry_after: None,
            attempts: 0,
            repeatable: false,
            may_have_been_applied: false,
            hint: None,
            is_budget_exhausted: false,
            redactor: Redactor::default(),
        }
    }

    /// Returns the text as one line without credentials.
    fn shown(&self, text: &str) -> String {
        one_line(&self.redactor.redact_start(text))
    }
}

impl Error {
    pub(crate) fn new(inner: ErrorInner) -> Self {
        Error(Box::new(inner))
    }

    pub(crate) fn configuration(detail: String) -> Self {
        Error::new(ErrorInner {
            detail,
            ..ErrorInner::new(ErrorKind::Configuration)
        })
    }

    pub(crate) fn invalid_input(detail: String) -> Self {
        Error::new(ErrorInner {
            detail,
            ..ErrorInner::new(ErrorKind::InvalidInput)
        })
    }

    pub(crate) fn redacting(mut self, redactor: Redactor) -> Self {
        self.0.redactor = redactor;
        self
    }

    /// Sets the hint for the status, if there is one.
    pub(crate) fn with_hint(mut self, hints: &[(u16, &'static str)]) -> Self {
        let status = self.0.status.map(|status| status.as_u16());
        for (hinted, hint) in hints {
            if self.0.kind == ErrorKind::Status && status == Some(*hinted) {
                self.0.hint = Some(hint);
            }
        }
        self
    }

    pub(crate) fn of_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// Returns the category of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the status of the response, or `None` without a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the server's message, or `None` if the response body has none.
    ///
    /// It is `message`, `error_description`, `error`, `detail` or `title` of a JSON object, or a plain text.
    /// Several messages are joined by `; `. The text is unchanged, so it may contain a credential that the server
    /// echoes. `Display` has it on one line, shortened to 500 characters and without credentials.
    pub fn message(&self) -> Option<String> {
        server_message(&self.0.headers, &self.0.body)
    }

    /// Returns the response body as it arrived, with a credential that the server echoes. Empty without a
    /// response.
    ///
    /// The body of an error status may be truncated at the size limit, or where the connection was lost.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Returns the response headers. Empty without a response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Decodes the response body from JSON, as the description's error type or a type of your own.
    ///
    /// # Errors
    ///
    /// [`Decode`](ErrorKind::Decode) if the body is empty or is not the JSON of an `E`.
    pub fn decode<E: DeserializeOwned>(&self) -> Result<E, Error> {
        json::decode(&self.0.body).map_err(|detail| self.undecodable(&detail))
    }

    /// Returns the error for a response body of this error that does not decode.
    pub(crate) fn undecodable(&self, detail: &str) -> Error {
        Error::new(ErrorInner {
            operation: self.0.operation,
            detail: format!("the error response body does not decode: {detail}"),
            status: self.0.status,
            headers: self.0.headers.clone(),
            body: self.0.body.clone(),
            attempts: self.0.attempts,
            may_have_been_applied: self.0.may_have_been_applied,
            redactor: self.0.redactor.clone(),
            ..ErrorInner::new(ErrorKind::Decode)
        })
    }

    /// Returns the number of attempts made. 0 if the request is invalid.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long the server asks to wait (`Retry-After`), counted from its response. At most a year, so
    /// that it can be added to an `Instant`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the time limit of the connection, the attempt or the call passed.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the server rejected the request because of too many requests (429).
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the same call may succeed later and is safe to make again.
    pub fn is_retryable(&self) -> bool {
        let is_temporary = match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Status => matches!(
                self.0.status.map(|status| status.as_u16()),
                Some(429 | 502 | 503 | 504)
            ),
            _ => false,
        };
        is_temporary && (self.0.repeatable || !self.0.may_have_been_applied)
    }

    /// Whether the server may have acted on the request although the call failed.
    ///
    /// False only if every attempt surely had no effect: nothing was sent, or the status is one that a
    /// server returns before it acts (400, 401, 403, 404, 413, 415, 429, 431).
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
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
        let message = match inner.kind {
            ErrorKind::Status => self.message(),
            _ => None,
        };
        let text = message.as_deref().unwrap_or(&inner.detail);
        if !text.is_empty() {
            let separator = if inner.status.is_some() { ": " } else { "" };
            write!(f, "{separator}{}", inner.shown(text))?;
        }
        if let Some(hint) = inner.hint {
            write!(f, "; {hint}")?;
        }
        let mut notes = Vec::new();
        if let Some(wait) = inner.retry_after {
            notes.push(format!("the server asks to wait {} s", wait.as_secs()));
        }
        if inner.is_budget_exhausted {
            notes.push("not retried: retry budget exhausted".to_owned());
        }
        if inner.attempts > 1 {
            notes.push(format!("{} attempts", inner.attempts));
        }
        match notes.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", notes.join("; ")),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
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
