//! Reads the `X-RateLimit-*` headers.

use std::time::Duration;

use http::HeaderMap;

/// The caller's rate limit, from the headers of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateLimit {
    /// Number of requests in one window (`X-RateLimit-Limit`).
    pub limit: u64,
    /// Number of requests left in this window (`X-RateLimit-Remaining`).
    pub remaining: u64,
    /// Time left in this window (`X-RateLimit-Reset`, in seconds).
    pub reset: Duration,
}

impl RateLimit {
    /// Reads the headers of a response. `None` unless all three are present and whole numbers.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Some(RateLimit {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
            reset: Duration::from_secs(number("x-ratelimit-reset")?),
        })
    }
}
