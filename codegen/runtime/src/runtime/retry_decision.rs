//! Decides after each attempt: success, error or retry. Without I/O and clocks: the caller passes instants
//! and random numbers.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::error::{Error, ErrorInner, ErrorKind};
use super::retry::{RetryBudget, RetryPolicy};
use super::retry_after::retry_after;

/// A response, not decoded.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Rest of the response, if it is streamed.
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) rest: Option<Box<reqwest::Response>>,
}

/// Why an attempt has no complete response.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    /// Whether a part of the request may have been sent.
    pub(crate) sent: bool,
    pub(crate) detail: String,
    /// Status and headers of the response, if only its body failed.
    pub(crate) head: Option<Box<(StatusCode, HeaderMap)>>,
}

/// The current time of both clocks.
pub(crate) struct Now {
    pub(crate) instant: Instant,
    pub(crate) system: SystemTime,
}

/// The decision after an attempt.
#[derive(Debug)]
pub(crate) enum RetryDecision {
    Done(RawResponse),
    Failed(Error),
    /// Retry after this time.
    Retry(Duration),
}

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    policy: &'a RetryPolicy,
    budget: &'a RetryBudget,
    operation: &'static str,
    repeatable: bool,
    deadline: Option<Instant>,
    /// Whether 1xx and 3xx are successes.
    pub(crate) redirects: bool,
    made: u32,
    /// Whether the server may have acted on an attempt.
    may_have_been_applied: bool,
    /// Whether the last retry was taken from the budget, and has not failed yet.
    owes_retry: bool,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(
        policy: &'a RetryPolicy,
        budget: &'a RetryBudget,
        operation: &'static str,
        repeatable: bool,
        deadline: Option<Instant>,
    ) -> Self {
        Attempts {
            policy,
            budget,
            operation,
            repeatable,
            deadline,
            redirects: false,
            made: 0,
            may_have_been_applied: false,
            owes_retry: false,
        }
    }

    /// Starts an attempt, and returns its deadline.
    pub(crate) fn begin(&mut self, now: Instant, limit: Duration) -> Option<Instant> {
        self.made += 1;
        match (now.checked_add(limit), self.deadline) {
            (Some(attempt), Some(call)) => Some(attempt.min(call)),
            (attempt, call) => attempt.or(call),
        }
    }

    /// Returns the number of attempts made.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Decides what follows the attempt that has ended. `random` is in 0..1. A success does not call `now`:
    /// reading the clocks costs more than the rest.
    pub(crate) fn decide(
        &mut self,
        outcome: Result<RawResponse, Failure>,
        now: impl FnOnce() -> Now,
        random: f64,
    ) -> RetryDecision {
        match outcome {
            Ok(response) if self.is_success(response.status) => {
                self.may_have_been_applied = true;
                if self.made == 1 {
                    self.budget.deposit();
                }
                self.give_back();
                RetryDecision::Done(response)
            }
            Ok(response) => self.decide_status(response, now(), random),
            Err(failure) => self.decide_failure(failure, now(), random),
        }
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success()
            || self.redirects && (status.is_redirection() || status.is_informational())
    }

    fn decide_status(&mut self, response: RawResponse, now: Now, random: f64) -> RetryDecision {
        let status = response.status;
        self.may_have_been_applied |= !precedes_the_handler(status);
        let asked = retry_after(&response.headers, now.system);
        let kind = match status.is_redirection() {
            true => ErrorKind::Redirect,
            false => ErrorKind::Status,
        };
        let error = ErrorInner {
            detail: match response.headers.get(LOCATION) {
                Some(target) if status.is_redirection() => {
                    format!(
                        "redirects to {}, which is not followed; check the base URL",
                        shown(target)
                    )
                }
                _ => String::new(),
            },
            status: Some(status),
            headers: response.headers,
            body: response.body,
            retry_after: asked,
            ..ErrorInner::new(kind)
        };
        let again = match status.as_u16() {
            429 => true,
            502..=504 => self.repeatable,
            500 => self.repeatable && self.policy.server_errors,
            _ => false,
        };
        // The server itself sets the time, so such retries are no retry storm.
        let free = status == StatusCode::TOO_MANY_REQUESTS && asked.is_some();
        self.conclude(error, again, free, now.instant, random)
    }

    fn decide_failure(&mut self, failure: Failure, now: Now, random: f64) -> RetryDecision {
        self.may_have_been_applied |= failure.sent;
        let again = match failure.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => {
                self.repeatable || !failure.sent
            }
            _ => false,
        };
        let (status, headers) = match failure.head {
            Some(head) => (Some(head.0), head.1),
            None => (None, HeaderMap::new()),
        };
        let error = ErrorInner {
            detail: failure.detail,
            status,
            headers,
            ..ErrorInner::new(failure.kind)
        };
        self.conclude(error, again, false, now.instant, random)
    }

    fn conclude(
        &mut self,
        mut error: ErrorInner,
        again: bool,
        free: bool,
        now: Instant,
        random: f64,
    ) -> RetryDecision {
        // The retry that has just failed stays spent.
        self.owes_retry = false;
        if again && self.made < self.policy.max_attempts {
            let wait = match error.retry_after {
                Some(asked) if asked > self.policy.max_retry_after => None,
                // Clients with the same `Retry-After` should not all retry in the same instant.
                Some(asked) => asked.checked_add(self.policy.base_delay.mul_f64(random)),
                None => Some(self.policy.backoff(self.made, random)),
            };
            let in_time = |wait: &Duration| {
                let Some(deadline) = self.deadline else {
                    return true;
                };
                now.checked_add(*wait).is_some_and(|then| then < deadline)
            };
            if let Some(wait) = wait.filter(in_time) {
                if free || self.budget.withdraw(now) {
                    self.owes_retry = !free;
                    return RetryDecision::Retry(wait);
                }
                error.is_budget_exhausted = true;
            }
        }
        RetryDecision::Failed(self.error(error))
    }

    fn give_back(&mut self) {
        if std::mem::take(&mut self.owes_retry) {
            self.budget.give_back();
        }
    }

    /// Completes an error with the facts of the attempts.
    pub(crate) fn error(&self, error: ErrorInner) -> Error {
        Error::new(ErrorInner {
            operation: Some(self.operation),
            attempts: self.made,
            repeatable: self.repeatable,
            may_have_been_applied: self.may_have_been_applied,
            ..error
        })
    }
}

/// A call that is dropped gives back the retry that it has not finished.
impl Drop for Attempts<'_> {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Whether a server returns this status before it acts on the request.
fn precedes_the_handler(status: StatusCode) -> bool {
    matches!(
        status.as_u16(),
        400 | 401 | 403 | 404 | 413 | 415 | 429 | 431
    )
}

/// Returns the target of a redirect without its credentials, query and fragment, which may be secret.
fn shown(target: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(target.as_bytes());
    let text = text.split('?').next().unwrap_or_default();
    let text = text.split('#').next().unwrap_or_default();
    match text.split_once("//") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or(authority);
            format!("{scheme}//{host}{path}")
        }
        None => text.to_owned(),
    }
}
