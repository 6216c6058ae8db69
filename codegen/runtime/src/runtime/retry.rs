//! The retry policy of a caller, and the retry budget of a client.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often a call is retried, and how long it waits between attempts.
///
/// By default a call makes up to three attempts. The wait before a retry is random between zero and a
/// maximum, which is 0.5 s at first and doubles with each attempt, up to 8 s. A `Retry-After` of the server
/// of up to 120 s is waited out in full.
///
/// An operation that is not repeatable is retried only if the request surely did not reach the server's
/// handler: no connection, or 429. A repeatable operation is also retried after a lost connection, a
/// timeout, 502, 503 and 504.
///
/// All calls of a client share a retry budget of 100 retries, so that a failing server does not receive
/// several times the usual load. Each call that succeeds at its first attempt adds a fifth of a retry. With
/// an empty budget, calls are not retried, and their error says so. A 429 with `Retry-After` costs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Creates the default policy.
    pub fn new() -> Self {
        RetryPolicy::default()
    }

    /// Creates a policy without retries.
    pub fn none() -> Self {
        RetryPolicy::new().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. Default: 3. 0 is the same as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the maximum wait after the first attempt, which doubles after each further one. Default: 0.5 s.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum wait between attempts, unless the server asks for more with `Retry-After`. Default:
    /// 8 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the maximum `Retry-After` to wait for. A longer one ends the call at once. Default: 120 s.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets whether a repeatable operation is retried after a 500. Default: false, because many servers
    /// return 500 for invalid input.
    pub fn retry_internal_server_error(mut self, retry: bool) -> Self {
        self.server_errors = retry;
        self
    }

    /// Returns the wait after the attempt of this number, counted from 1, with `random` in 0..1.
    pub(crate) fn backoff(&self, attempt: u32, random: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        self.base_delay
            .saturating_mul(1 << doublings)
            .min(self.max_delay)
            .mul_f64(random)
    }
}

/// Tokens that retries cost and successes return, shared by all calls of a client.
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

    /// Takes the tokens of one retry. Returns false if there are too few.
    pub(crate) fn withdraw(&self) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(COST)
            })
            .is_ok()
    }

    /// Adds a token, for a call that succeeded at its first attempt.
    pub(crate) fn deposit(&self) {
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                (tokens < CAPACITY).then(|| tokens + 1)
            });
    }
}
