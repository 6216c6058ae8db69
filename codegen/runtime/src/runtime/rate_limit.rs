//! Reads the `X-RateLimit-*` headers.

use std::time::Duration;

use http::HeaderMap;

/// What an answer says of the caller's rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests fit in one window (`X-RateLimit-Limit`).
    pub limit: u64,
    /// How many are left in this window (`X-RateLimit-Remaining`).
    pub remaining: u64,
    /// How long it is until the window ends (`X-RateLimit-Reset`, in seconds left).
    pub reset: Duration,
}

impl RateLimit {
    /// From the headers of an answer, if all three are there and are whole numbers.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Some(RateLimit {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
            reset: Duration::from_secs(number("x-ratelimit-reset")?),
        })
    }
}
