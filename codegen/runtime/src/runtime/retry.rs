//! The retry policy of a caller, and the retry budget of a client.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
/// # Retry budget
///
/// All calls of a client share a budget, so that a failing server does not receive several times the usual
/// load. It holds 100 retries. Each second adds one, and each call that succeeds at its first attempt adds a
/// fifth. A retry that succeeds, or whose call is dropped, is given back. A 429 with `Retry-After` costs
/// nothing.
///
/// With an empty budget, a call fails although it has made fewer than `max_attempts`. Its error ends with
/// `not retried: retry budget exhausted`.
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
    ///
    /// The [retry budget](RetryPolicy#retry-budget) can end a call earlier.
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

/// Retries that all calls of a client may still make. It is refilled with time, so that a client that
/// makes few calls is not left without retries after an outage.
pub(crate) struct RetryBudget {
    state: Mutex<BudgetState>,
}

struct BudgetState {
    /// Thousandths of a retry.
    available: u64,
    /// When time last added to it. `None` before the first retry.
    refilled: Option<Instant>,
}

const RETRY: u64 = 1_000;
const CAPACITY: u64 = 100 * RETRY;
const PER_MILLISECOND: u64 = RETRY / 1_000;
const PER_SUCCESS: u64 = RETRY / 5;

impl RetryBudget {
    pub(crate) fn new() -> Self {
        RetryBudget {
            state: Mutex::new(BudgetState {
                available: CAPACITY,
                refilled: None,
            }),
        }
    }

    /// Takes one retry. Returns false if there is none.
    pub(crate) fn withdraw(&self, now: Instant) -> bool {
        let mut state = self.lock();
        let since = *state.refilled.get_or_insert(now);
        let passed = now.saturating_duration_since(since);
        let passed = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX);
        // The rest of a millisecond counts next time.
        state.refilled = since.checked_add(Duration::from_millis(passed));
        state.add(passed.saturating_mul(PER_MILLISECOND));
        let left = state.available.checked_sub(RETRY);
        state.available = left.unwrap_or(state.available);
        left.is_some()
    }

    /// Gives back a retry that succeeded, or whose call was dropped.
    pub(crate) fn give_back(&self) {
        self.lock().add(RETRY);
    }

    /// Adds a part of a retry, for a call that succeeded at its first attempt.
    pub(crate) fn deposit(&self) {
        self.lock().add(PER_SUCCESS);
    }

    fn lock(&self) -> MutexGuard<'_, BudgetState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl BudgetState {
    fn add(&mut self, amount: u64) {
        self.available = self.available.saturating_add(amount).min(CAPACITY);
    }
}
