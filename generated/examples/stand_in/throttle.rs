//! How many requests an address may send to an operation.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use super::api::Operation;

/// Counts requests per operation and client address, whatever the key.
pub(super) struct Throttle {
    limit: usize,
    window: Duration,
    counters: HashMap<(Operation, IpAddr), Counter>,
}

/// What the answer to an admitted request says about the requests to come.
pub(super) struct Quota {
    pub(super) limit: usize,
    pub(super) remaining: usize,
    /// Seconds, not a point in time.
    pub(super) reset: u128,
}

/// A refused request may be repeated after this many seconds.
pub(super) struct RetryAfter(pub(super) u128);

struct Counter {
    /// The requests that still count. Each does so for one window.
    hits: VecDeque<Instant>,
    /// When the window that `X-RateLimit-Reset` speaks of began.
    window_start: Instant,
    /// The first refusal. It holds for one window, however many requests
    /// follow.
    blocked_at: Option<Instant>,
}

impl Throttle {
    pub(super) fn new(limit: u32, window: Duration) -> Self {
        Self {
            limit: limit as usize,
            window,
            counters: HashMap::new(),
        }
    }

    /// Counts a request that arrives now, or refuses it.
    pub(super) fn admit(
        &mut self,
        operation: Operation,
        client: IpAddr,
        now: Instant,
    ) -> Result<Quota, RetryAfter> {
        let counter = self
            .counters
            .entry((operation, client))
            .or_insert_with(|| Counter {
                hits: VecDeque::new(),
                window_start: now,
                blocked_at: None,
            });
        let left = |since: Instant| self.window.saturating_sub(now - since);

        if left(counter.window_start).is_zero() {
            counter.window_start = now;
        }
        if let Some(blocked_at) = counter.blocked_at {
            if !left(blocked_at).is_zero() {
                return Err(RetryAfter(whole_seconds(left(blocked_at))));
            }
            counter.blocked_at = None;
            counter.hits.clear();
        }
        while counter.hits.front().is_some_and(|&hit| left(hit).is_zero()) {
            counter.hits.pop_front();
        }
        counter.hits.push_back(now);
        if counter.hits.len() > self.limit {
            counter.blocked_at = Some(now);
            return Err(RetryAfter(whole_seconds(self.window)));
        }
        Ok(Quota {
            limit: self.limit,
            remaining: self.limit - counter.hits.len(),
            reset: whole_seconds(left(counter.window_start)),
        })
    }
}

/// Rounded up, so that who waits that long has waited long enough.
fn whole_seconds(duration: Duration) -> u128 {
    duration.as_nanos().div_ceil(1_000_000_000)
}
