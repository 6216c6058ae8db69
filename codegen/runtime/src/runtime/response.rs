//! A successful response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::rate_limit::RateLimit;
use super::secret::Redactor;

/// A successful response: its decoded body, status and headers.
///
/// `Debug` replaces credentials that the server echoes in the body by `[hidden]`.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) raw_body: Bytes,
    pub(crate) body: T,
    pub(crate) attempts: u32,
    pub(crate) redactor: Redactor,
}

impl<T> Response<T> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body and drops the rest.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the body as it arrived, with everything that the description does not list.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body
    }

    /// Returns the number of attempts made. 1 without retries.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the rate limit, or `None` if the `X-RateLimit-*` headers are missing or invalid.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match f.alternate() {
            true => format!("{:#?}", self.body),
            false => format!("{:?}", self.body),
        };
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("body", &format_args!("{}", self.redactor.redact(&body)))
            .finish_non_exhaustive()
    }
}
