//! The rate limit: how many requests a client address may send to an operation.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::time::{Duration, Instant};

pub use super::api::Operation;

/// Counts requests per operation and client address, whatever their key.
pub struct Throttle {
    limit: usize,
    window: Duration,
    counters: HashMap<(Operation, IpAddr), Counter>,
}

/// Values of the rate limit headers.
#[derive(Debug, PartialEq)]
pub struct Quota {
    pub limit: u64,
    pub remaining: u64,
    /// Seconds until the window ends.
    pub reset: u64,
}

/// Number of seconds after which a throttled request can be repeated.
#[derive(Debug, PartialEq)]
pub struct RetryAfter(pub u64);

struct Counter {
    /// Times of the requests that still count. Each one counts for one window.
    requests: VecDeque<Instant>,
    /// Start of the window that `X-RateLimit-Reset` refers to.
    window_start: Instant,
    /// Time of the first throttled request. It blocks the address for one window; later requests
    /// do not extend it.
    blocked_at: Option<Instant>,
}

impl Throttle {
    pub fn new(limit: u32, window: Duration) -> Self {
        Self {
            limit: limit as usize,
            window,
            counters: HashMap::new(),
        }
    }

    /// Counts a request, or throttles it.
    pub fn admit(
        &mut self,
        operation: Operation,
        client: IpAddr,
        now: Instant,
    ) -> Result<Quota, RetryAfter> {
        let counter = self
            .counters
            .entry((operation, client))
            .or_insert_with(|| Counter {
                requests: VecDeque::new(),
                window_start: now,
                blocked_at: None,
            });
        let left = |since: Instant| self.window.saturating_sub(now - since);
        let requests = &mut counter.requests;

        if left(counter.window_start).is_zero() {
            counter.window_start = now;
        }
        if let Some(blocked_at) = counter.blocked_at {
            if !left(blocked_at).is_zero() {
                return Err(RetryAfter(whole_seconds(left(blocked_at))));
            }
            counter.blocked_at = None;
        }
        while requests.front().is_some_and(|&time| left(time).is_zero()) {
            requests.pop_front();
        }
        requests.push_back(now);
        if requests.len() > self.limit {
            counter.blocked_at = Some(now);
            return Err(RetryAfter(whole_seconds(self.window)));
        }
        Ok(Quota {
            limit: self.limit as u64,
            remaining: (self.limit - requests.len()) as u64,
            reset: whole_seconds(left(counter.window_start)),
        })
    }
}

/// Rounds up, so that a client that waits this long has waited long enough.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
