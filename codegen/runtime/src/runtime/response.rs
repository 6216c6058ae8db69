//! What a call gives besides the decoded body.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::rate_limit::RateLimit;

/// A successful answer: its body, decoded, and what came with it.
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) raw_body: Bytes,
    pub(crate) body: T,
    pub(crate) attempts: u32,
}

impl<T> Response<T> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, taken out.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The body as it arrived, with all that the description does not list.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw_body
    }

    /// How often the request was sent, or was tried to be sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What the answer says of the rate limit, if it says so.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
