//! When a request is tried again: the caller's policy, and the budget that all calls share.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often and how patiently a call is tried again.
///
/// The default is three attempts in all, with waits drawn from zero up to 0.5 s, doubled after each
/// attempt to at most 8 s. A `Retry-After` of the server, up to 120 s, is waited out in full.
///
/// What is tried again depends on the operation. Every operation is, when the request surely never
/// reached the server's handler: the connection could not be made, or the answer was 429. A
/// repeatable one is, besides, after a lost connection, a timeout, 502, 503 and 504.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_retry_after: Duration,
    pub(crate) server_errors: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(120),
            server_errors: false,
        }
    }
}

impl RetryPolicy {
    /// The default policy.
    pub fn new() -> Self {
        RetryPolicy::default()
    }

    /// One attempt and no more.
    pub fn none() -> Self {
        RetryPolicy::new().max_attempts(1)
    }

    /// How many times the request is sent at most, the first one included; 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The longest wait after the first attempt; it doubles after each further one.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait between attempts, unless the server asks for more by `Retry-After`.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited out; a longer one ends the call at once.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Whether a repeatable operation is tried again after a 500. Off by default: many servers
    /// answer 500 to bad input, and trying that again changes nothing.
    pub fn retry_internal_server_error(mut self, retry: bool) -> Self {
        self.server_errors = retry;
        self
    }

    /// The wait after the attempt of this number, counted from 1, with `random` in 0..1.
    pub(crate) fn backoff(&self, attempt: u32, random: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        self.base_delay
            .saturating_mul(1 << doublings)
            .min(self.max_delay)
            .mul_f64(random)
    }
}

/// Tokens that retries cost and successes earn back, shared by all calls of a client, so that a
/// server in trouble is not met with several times the usual load.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

const CAPACITY: u32 = 500;
const COST: u32 = 5;

impl RetryBudget {
    pub(crate) fn new() -> Self {
        RetryBudget {
            tokens: AtomicU32::new(CAPACITY),
        }
    }

    /// Pays for one retry; false when too few tokens are left.
    pub(crate) fn withdraw(&self) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(COST)
            })
            .is_ok()
    }

    /// Earns one token for an answer that needed no help.
    pub(crate) fn deposit(&self) {
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                (tokens < CAPACITY).then(|| tokens + 1)
            });
    }
}
