//! Judges attempts: what to do after each, and what the caller is told. No I/O and no clock here;
//! instants and randomness are passed in.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::error::{Error, ErrorInner, ErrorKind};
use super::retry::{RetryBudget, RetryPolicy};
use super::retry_after::retry_after;

/// An answer of the server, whole.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// How an attempt ended without a whole answer.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    /// Whether any of the request may have been sent.
    pub(crate) sent: bool,
    pub(crate) detail: String,
    /// The status and headers of the answer whose body failed.
    pub(crate) head: Option<Box<(StatusCode, HeaderMap)>>,
}

/// The time, on both clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    pub(crate) instant: Instant,
    pub(crate) system: SystemTime,
}

/// What follows an attempt.
#[derive(Debug)]
pub(crate) enum RetryDecision {
    Done(RawResponse),
    Failed(Error),
    /// Try again after this wait.
    Again(Duration),
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    policy: &'a RetryPolicy,
    budget: &'a RetryBudget,
    operation: &'static str,
    repeatable: bool,
    deadline: Option<Instant>,
    made: u32,
    /// Whether an attempt so far may have been acted on.
    uncertain: bool,
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
            made: 0,
            uncertain: false,
        }
    }

    /// Begins an attempt, and gives the instant by which it must have ended.
    pub(crate) fn begin(&mut self, now: Instant, limit: Duration) -> Option<Instant> {
        self.made += 1;
        match (now.checked_add(limit), self.deadline) {
            (Some(attempt), Some(call)) => Some(attempt.min(call)),
            (attempt, call) => attempt.or(call),
        }
    }

    /// How many attempts were begun.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Judges the attempt that has just ended; `random` is drawn from 0..1. A success asks for no
    /// time: to look at the clocks costs more than the rest of this.
    pub(crate) fn decide(
        &mut self,
        outcome: Result<RawResponse, Failure>,
        now: impl FnOnce() -> Now,
        random: f64,
    ) -> RetryDecision {
        match outcome {
            Ok(answer) if answer.status.is_success() => {
                self.uncertain = true;
                if self.made == 1 {
                    self.budget.deposit();
                }
                RetryDecision::Done(answer)
            }
            Ok(answer) => self.decide_status(answer, now(), random),
            Err(failure) => self.decide_failure(failure, now(), random),
        }
    }

    fn decide_status(&mut self, answer: RawResponse, now: Now, random: f64) -> RetryDecision {
        let status = answer.status;
        self.uncertain |= !comes_before_the_handler(status);
        let asked = retry_after(&answer.headers, now.system);
        let error = ErrorInner {
            kind: if status.is_redirection() {
                ErrorKind::Redirect
            } else {
                ErrorKind::Status
            },
            detail: match answer.headers.get(LOCATION) {
                Some(target) if status.is_redirection() => {
                    format!("a redirect to {}, which is not followed", shown(target))
                }
                _ => String::new(),
            },
            status: Some(status),
            headers: answer.headers,
            body: answer.body,
            retry_after: asked,
            ..ErrorInner::default()
        };
        let again = match status.as_u16() {
            429 => true,
            502..=504 => self.repeatable,
            500 => self.repeatable && self.policy.server_errors,
            _ => false,
        };
        // The server itself says when to come back, so this is no storm.
        let free = status == StatusCode::TOO_MANY_REQUESTS && asked.is_some();
        self.conclude(error, again, free, now.instant, random)
    }

    fn decide_failure(&mut self, failure: Failure, now: Now, random: f64) -> RetryDecision {
        self.uncertain |= failure.sent;
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
            kind: failure.kind,
            detail: failure.detail,
            status,
            headers,
            ..ErrorInner::default()
        };
        self.conclude(error, again, false, now.instant, random)
    }

    fn conclude(
        &self,
        error: ErrorInner,
        again: bool,
        free: bool,
        now: Instant,
        random: f64,
    ) -> RetryDecision {
        if again && self.made < self.policy.max_attempts {
            let wait = match error.retry_after {
                Some(asked) if asked > self.policy.max_retry_after => None,
                // Those who were told the same time should not all come back in the same instant.
                Some(asked) => asked.checked_add(self.policy.base_delay.mul_f64(random)),
                None => Some(self.policy.backoff(self.made, random)),
            };
            let in_time = |wait: &Duration| {
                let Some(deadline) = self.deadline else {
                    return true;
                };
                now.checked_add(*wait).is_some_and(|then| then < deadline)
            };
            let affordable = |_: &Duration| free || self.budget.withdraw();
            if let Some(wait) = wait.filter(in_time).filter(affordable) {
                return RetryDecision::Again(wait);
            }
        }
        RetryDecision::Failed(self.error(error))
    }

    /// Completes an error by what is known of the attempts.
    pub(crate) fn error(&self, error: ErrorInner) -> Error {
        Error::new(ErrorInner {
            operation: Some(self.operation),
            attempts: self.made,
            repeatable: self.repeatable,
            may_have_been_applied: self.uncertain,
            ..error
        })
    }
}

/// Whether a server answers with this status before it acts on the request.
fn comes_before_the_handler(status: StatusCode) -> bool {
    matches!(
        status.as_u16(),
        400 | 401 | 403 | 404 | 413 | 415 | 429 | 431
    )
}

/// The target of a redirect without what may be secret in it: credentials, query and fragment.
fn shown(target: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(target.as_bytes());
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let text = &text[..end];
    match text.split_once("//") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or(authority);
            format!("{scheme}//{host}{path}")
        }
        None => text.to_owned(),
    }
}
