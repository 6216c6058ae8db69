//! The decision after an attempt: retry or not, the wait, and the error.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::retry::{RetryBudget, RetryPolicy};
use crate::runtime::retry_decision::{Attempts, Failure, Now, RawResponse, RetryDecision};

const ALMOST_ONE: f64 = 0.999_999;

/// A call whose clock the test controls.
struct Call {
    policy: RetryPolicy,
    budget: RetryBudget,
    start: Instant,
    limit: Duration,
    repeatable: bool,
}

impl Call {
    fn new(repeatable: bool) -> Self {
        Call {
            policy: RetryPolicy::new(),
            budget: RetryBudget::new(),
            start: Instant::now(),
            limit: Duration::from_secs(150),
            repeatable,
        }
    }

    /// Decides after each outcome, at its time since the start. Returns the last decision.
    fn decide(
        &self,
        outcomes: Vec<(Duration, Result<RawResponse, Failure>)>,
        random: f64,
    ) -> RetryDecision {
        let deadline = Some(self.start + self.limit);
        let (policy, budget) = (&self.policy, &self.budget);
        let mut attempts = Attempts::new(policy, budget, "op", self.repeatable, deadline);
        let mut last = None;
        for (at, outcome) in outcomes {
            let now = Now {
                instant: self.start + at,
                system: SystemTime::UNIX_EPOCH,
            };
            attempts.begin(now.instant, Duration::from_secs(30));
            last = Some(attempts.decide(outcome, || now, random));
        }
        last.expect("there is an outcome")
    }

    fn decide_one(&self, outcome: Result<RawResponse, Failure>, random: f64) -> RetryDecision {
        self.decide(vec![(Duration::ZERO, outcome)], random)
    }
}

fn response(status: u16, headers: &[(&'static str, &str)]) -> Result<RawResponse, Failure> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("a header value"));
    }
    Ok(RawResponse {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: map,
        body: Bytes::new(),
        rest: None,
    })
}

fn failure(kind: ErrorKind, sent: bool) -> Result<RawResponse, Failure> {
    Err(Failure {
        kind,
        sent,
        detail: "it failed".to_owned(),
        head: None,
    })
}

fn error(decision: RetryDecision) -> Error {
    match decision {
        RetryDecision::Failed(error) => error,
        other => panic!("expected an error, got {other:?}"),
    }
}

fn wait(decision: RetryDecision) -> Duration {
    match decision {
        RetryDecision::Retry(wait) => wait,
        other => panic!("expected a retry, got {other:?}"),
    }
}

fn is_retry(decision: &RetryDecision) -> bool {
    matches!(decision, RetryDecision::Retry(_))
}

#[test]
fn only_what_is_safe_is_retried() {
    // status, retried if not repeatable, retried if repeatable
    let statuses = [
        (301, false, false),
        (307, false, false),
        (400, false, false),
        (401, false, false),
        (404, false, false),
        (408, false, false),
        (409, false, false),
        (413, false, false),
        (429, true, true),
        (431, false, false),
        (500, false, false),
        (501, false, false),
        (502, false, true),
        (503, false, true),
        (504, false, true),
    ];
    for (status, not_repeatable, repeatable) in statuses {
        for (call, expected) in [
            (Call::new(false), not_repeatable),
            (Call::new(true), repeatable),
        ] {
            let decision = call.decide_one(response(status, &[]), 0.5);
            assert_eq!(is_retry(&decision), expected, "{status}: {decision:?}");
        }
    }
    let failures = [
        (ErrorKind::Connect, false, true, true),
        (ErrorKind::Timeout, false, true, true),
        (ErrorKind::Timeout, true, false, true),
        (ErrorKind::Transport, true, false, true),
        (ErrorKind::TooLarge, true, false, false),
    ];
    for (kind, sent, not_repeatable, repeatable) in failures {
        for (call, expected) in [
            (Call::new(false), not_repeatable),
            (Call::new(true), repeatable),
        ] {
            let decision = call.decide_one(failure(kind, sent), 0.5);
            assert_eq!(
                is_retry(&decision),
                expected,
                "{kind:?} {sent}: {decision:?}"
            );
        }
    }
}

#[test]
fn a_500_is_retried_only_if_enabled_and_repeatable() {
    for (repeatable, expected) in [(true, true), (false, false)] {
        let mut call = Call::new(repeatable);
        call.policy = RetryPolicy::new().retry_internal_server_error(true);
        let decision = call.decide_one(response(500, &[]), 0.5);
        assert_eq!(is_retry(&decision), expected);
    }
}

#[test]
fn the_default_is_three_attempts() {
    let call = Call::new(true);
    let outcomes = |count: u64| {
        (0..count)
            .map(|second| (Duration::from_secs(second), response(503, &[])))
            .collect()
    };
    assert!(is_retry(&call.decide(outcomes(2), 0.5)));
    let error = error(call.decide(outcomes(3), 0.5));
    assert_eq!(error.attempts(), 3);
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));

    let mut call = Call::new(true);
    call.policy = RetryPolicy::none();
    assert!(!is_retry(&call.decide_one(response(503, &[]), 0.5)));
}

#[test]
fn waits_are_jittered_doubled_and_capped() {
    let mut call = Call::new(true);
    call.policy = RetryPolicy::new().max_attempts(20);
    let longest = |attempt: usize| {
        let outcomes = (0..attempt).map(|_| (Duration::ZERO, response(503, &[])));
        wait(call.decide(outcomes.collect(), ALMOST_ONE))
    };
    let expected = [0.5, 1.0, 2.0, 4.0, 8.0, 8.0];
    for (index, expected) in expected.into_iter().enumerate() {
        let wait = longest(index + 1).as_secs_f64();
        assert!((expected - wait).abs() < 0.001, "{wait} after {index}");
    }
    let shortest = wait(call.decide_one(response(503, &[]), 0.0));
    assert_eq!(shortest, Duration::ZERO);
}

#[test]
fn retry_after_is_waited_out_in_full_with_jitter_on_top() {
    let call = Call::new(false);
    let throttled = || response(429, &[("retry-after", "60")]);
    assert_eq!(
        wait(call.decide_one(throttled(), 0.0)),
        Duration::from_secs(60)
    );
    let latest = wait(call.decide_one(throttled(), ALMOST_ONE));
    assert!(latest > Duration::from_secs(60) && latest <= Duration::from_millis(60_500));

    let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(7));
    let throttled = response(429, &[("retry-after", &date)]);
    assert_eq!(
        wait(call.decide_one(throttled, 0.0)),
        Duration::from_secs(7)
    );
}

#[test]
fn a_long_retry_after_ends_the_call_at_once() {
    let call = Call::new(true);
    let error = error(call.decide_one(response(429, &[("retry-after", "121")]), 0.0));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(121)));
    assert_eq!(error.attempts(), 1);
    assert!(error.is_rate_limited() && error.is_retryable());
    assert!(is_retry(
        &call.decide_one(response(429, &[("retry-after", "120")]), 0.0)
    ));
}

#[test]
fn a_wait_beyond_the_deadline_ends_the_call() {
    let late = Duration::from_secs(100);
    for headers in [&[("retry-after", "50")][..], &[("retry-after", "120")]] {
        let call = Call::new(true);
        assert!(!is_retry(
            &call.decide(vec![(late, response(429, headers))], 0.0)
        ));
    }
    let call = Call::new(true);
    assert!(is_retry(&call.decide(
        vec![(late, response(429, &[("retry-after", "49")]))],
        0.0
    )));
    // The deadline also limits the backoff.
    let call = Call::new(true);
    let at_the_end = Duration::from_millis(149_700);
    assert!(!is_retry(
        &call.decide(vec![(at_the_end, response(503, &[]))], ALMOST_ONE)
    ));
}

#[test]
fn an_attempt_has_its_own_limit_and_that_of_the_call() {
    let call = Call::new(true);
    let start = call.start;
    let deadline = Some(start + Duration::from_secs(40));
    let mut attempts = Attempts::new(&call.policy, &call.budget, "op", true, deadline);
    let limit = Duration::from_secs(30);
    assert_eq!(attempts.begin(start, limit), Some(start + limit));
    assert_eq!(attempts.begin(start + limit, limit), deadline);
    let endless = Duration::MAX;
    let mut attempts = Attempts::new(&call.policy, &call.budget, "op", true, None);
    assert_eq!(attempts.begin(start, endless), None);
}

/// Calls that may retry without end until their budget is empty.
fn persistent() -> Call {
    let mut call = Call::new(true);
    call.policy = RetryPolicy::new().max_attempts(1_000_000);
    call
}

/// How many retries of one failing call the budget pays for, this long after the start.
fn retries(call: &Call, after: Duration) -> usize {
    let attempt = || (after, response(503, &[]));
    let deadline = Some(call.start + Duration::from_secs(1_000_000));
    let mut attempts = Attempts::new(&call.policy, &call.budget, "op", true, deadline);
    let mut retries = 0;
    loop {
        let (at, outcome) = attempt();
        let now = Now {
            instant: call.start + at,
            system: SystemTime::UNIX_EPOCH,
        };
        attempts.begin(now.instant, Duration::from_secs(30));
        match attempts.decide(outcome, || now, 0.0) {
            RetryDecision::Retry(_) => retries += 1,
            _ => return retries,
        }
    }
}

#[test]
fn the_budget_limits_retries_without_a_retry_after() {
    let call = persistent();
    let at_once = Duration::ZERO;
    assert_eq!(retries(&call, at_once), 100);
    assert!(!is_retry(&call.decide_one(response(429, &[]), 0.5)));
    assert!(is_retry(
        &call.decide_one(response(429, &[("retry-after", "1")]), 0.5)
    ));
    // Five successes at the first attempt pay for one retry.
    for _ in 0..5 {
        let decision = call.decide_one(response(200, &[]), 0.5);
        assert!(matches!(decision, RetryDecision::Done(_)));
    }
    assert_eq!(retries(&call, at_once), 1);
    let error = error(call.decide_one(response(503, &[]), 0.5));
    assert_eq!(
        error.to_string(),
        "op: 503 Service Unavailable (not retried: retry budget exhausted)"
    );
}

#[test]
fn time_refills_the_budget() {
    let call = persistent();
    assert_eq!(retries(&call, Duration::ZERO), 100);
    assert_eq!(retries(&call, Duration::from_millis(999)), 0);
    assert_eq!(retries(&call, Duration::from_millis(1_000)), 1);
    assert_eq!(retries(&call, Duration::from_millis(3_500)), 2);
    // The half second that was left counts. An instant in the past changes nothing.
    assert_eq!(retries(&call, Duration::from_millis(4_000)), 1);
    assert_eq!(retries(&call, Duration::ZERO), 0);
    // No more than the capacity.
    assert_eq!(retries(&call, Duration::from_secs(100_000)), 100);
}

#[test]
fn only_a_retry_that_fails_stays_spent() {
    let call = persistent();
    let at = Duration::ZERO;
    // Dropped during the backoff.
    for _ in 0..1_000 {
        assert!(is_retry(&call.decide_one(response(503, &[]), 0.5)));
    }
    // Successful at the second attempt.
    for _ in 0..1_000 {
        let outcomes = vec![(at, response(503, &[])), (at, response(200, &[]))];
        let decision = call.decide(outcomes, 0.5);
        assert!(matches!(decision, RetryDecision::Done(_)));
    }
    // Failed: a second attempt, and a third that a free retry precedes.
    let twice = vec![(at, response(503, &[])), (at, response(400, &[]))];
    error(call.decide(twice, 0.5));
    let free = response(429, &[("retry-after", "0")]);
    let thrice = vec![
        (at, response(503, &[])),
        (at, free),
        (at, response(400, &[])),
    ];
    error(call.decide(thrice, 0.5));
    assert_eq!(retries(&call, at), 98);
}

#[test]
fn may_have_been_applied_is_false_only_if_that_is_sure() {
    let once = |outcome| {
        let mut call = Call::new(true);
        call.policy = RetryPolicy::none();
        error(call.decide_one(outcome, 0.5)).may_have_been_applied()
    };
    for status in [400, 401, 403, 404, 413, 415, 429, 431] {
        assert!(!once(response(status, &[])), "{status}");
    }
    for status in [302, 307, 402, 408, 409, 422, 500, 502, 503, 504] {
        assert!(once(response(status, &[])), "{status}");
    }
    assert!(!once(failure(ErrorKind::Connect, false)));
    assert!(!once(failure(ErrorKind::Timeout, false)));
    assert!(once(failure(ErrorKind::Timeout, true)));
    assert!(once(failure(ErrorKind::Transport, true)));
    assert!(once(failure(ErrorKind::TooLarge, true)));

    // An earlier attempt that may have been applied counts.
    let call = Call::new(true);
    let at = Duration::ZERO;
    let reset = failure(ErrorKind::Transport, true);
    let decision = call.decide(vec![(at, reset), (at, response(400, &[]))], 0.5);
    assert!(error(decision).may_have_been_applied());
    let throttled = response(429, &[("retry-after", "1")]);
    let decision = call.decide(vec![(at, throttled), (at, response(400, &[]))], 0.5);
    assert!(!error(decision).may_have_been_applied());
}

#[test]
fn is_retryable_depends_on_the_operation() {
    let lost = |repeatable| {
        let mut call = Call::new(repeatable);
        call.policy = RetryPolicy::none();
        error(call.decide_one(failure(ErrorKind::Transport, true), 0.5))
    };
    assert!(lost(true).is_retryable());
    assert!(!lost(false).is_retryable());
}

#[test]
fn a_redirect_names_its_target_without_secrets() {
    let call = Call::new(true);
    let location = "https://user:pw@elsewhere.example/x?token=secret#y";
    let error = error(call.decide_one(response(307, &[("location", location)]), 0.5));
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(
        error.to_string(),
        "op: 307 Temporary Redirect: redirects to https://elsewhere.example/x, which is not followed; check the base URL"
    );
}
