//! A request that is ready to be sent.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{HeaderName, HeaderValue};
use reqwest::Url;

use super::retry::RetryPolicy;

/// A request that is ready to be sent, as often as its retries need.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static str,
    /// Path template, if the request is one of an operation.
    pub(crate) template: Option<&'static str>,
    pub(crate) repeatable: bool,
    /// Whether 1xx and 3xx are successes.
    pub(crate) redirects: bool,
    pub(crate) hints: &'static [(u16, &'static str)],
    pub(crate) method: Method,
    /// Base URL, if it is not the client's.
    pub(crate) base_url: Option<Url>,
    /// Path below the base URL, percent-encoded.
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Body>,
    /// Credentials that it carries, by the index of their schemes.
    pub(crate) credentials: &'static [usize],
}

/// A request body.
pub(crate) enum Body {
    Whole(Bytes),
    /// A body that can be sent once, such as a stream.
    #[allow(dead_code, reason = "only streams use it")]
    SingleUse(Option<reqwest::Body>),
}

/// Settings of one call, in place of its client's.
#[derive(Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether the call returns when the head of a successful response has arrived.
    pub(crate) is_streamed: bool,
}

impl PreparedRequest {
    pub(crate) fn base_url<'u>(&'u self, of_client: &'u Url) -> &'u Url {
        self.base_url.as_ref().unwrap_or(of_client)
    }

    pub(crate) fn is_single_use(&self) -> bool {
        matches!(self.body, Some(Body::SingleUse(_)))
    }

    /// Whether it needs `Content-Length: 0`: some servers reject (411) a request with one of these methods
    /// and neither a body nor that header.
    pub(crate) fn needs_empty_content_length(&self) -> bool {
        let is_empty = match &self.body {
            None => true,
            Some(Body::Whole(bytes)) => bytes.is_empty(),
            Some(Body::SingleUse(_)) => false,
        };
        is_empty && matches!(self.method, Method::PATCH | Method::POST | Method::PUT)
    }

    /// Returns the body for one attempt.
    pub(crate) fn take_body(&mut self) -> Option<reqwest::Body> {
        match self.body.as_mut()? {
            Body::Whole(bytes) => Some(bytes.clone().into()),
            Body::SingleUse(body) => body.take(),
        }
    }
}
