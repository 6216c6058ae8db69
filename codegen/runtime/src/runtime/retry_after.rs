//! Reads `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// A longer wait is read as this one. Callers add it to an `Instant`, which overflows if it is much longer.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Returns how long the server asks to wait, counted from `now`: whole seconds or an HTTP date (RFC 9110,
/// section 10.2.3), at most a year. An invalid value is ignored.
///
/// A date is compared with the server's own `Date`, if there is one, so that a wrong clock does not matter.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows is a very long time, not an invalid value.
        let wait = Duration::from_secs(text.parse().unwrap_or(u64::MAX));
        return Some(wait.min(LONGEST));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or(now);
    let wait = until.duration_since(now).unwrap_or(Duration::ZERO);
    Some(wait.min(LONGEST))
}
