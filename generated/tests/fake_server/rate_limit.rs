//! The rate limit: 100 requests per minute, operation and client address, whatever the key.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use reqwest::Method;

use super::fake_server::Options;
use super::fake_server::throttle::{Operation, Quota, RetryAfter, Throttle};
use super::{Api, NEW_TASK};

const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const SECOND: Duration = Duration::from_secs(1);

/// Every response that reached a handler carries the limit, and unauthenticated requests count. The
/// 429 carries only `Retry-After`, and comes before the handler.
#[tokio::test]
async fn the_headers_of_the_rate_limit() {
    let api = Api::start(Options::default());
    let keys = [
        Some(api.server.api_key()),
        Some("comp_fake_key_without_scope"),
        None,
    ];
    for number in 1..=100 {
        let key = keys[number as usize % keys.len()];
        let headers: Vec<_> = key.iter().map(|key| ("X-API-Key", *key)).collect();
        let response = api.send(Method::POST, "/v1/tasks", &headers, "{}").await;
        assert_ne!(response.status, 429, "request {number}");
        assert_eq!(response.number("x-ratelimit-limit"), Some(100));
        assert_eq!(response.number("x-ratelimit-remaining"), Some(100 - number));
        let reset = response.number("x-ratelimit-reset");
        assert!(
            reset.is_some_and(|seconds| (1..=60).contains(&seconds)),
            "{reset:?}"
        );
        assert_eq!(response.header("retry-after"), None);
    }
    let response = api.create(NEW_TASK).await;
    assert_eq!(response.status, 429);
    let wait = response.number("retry-after");
    assert!(
        wait.is_some_and(|seconds| (1..=60).contains(&seconds)),
        "{wait:?}"
    );
    assert!(!response.has_rate_limit());
    let body = r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#;
    assert_eq!(response.body, body);
    assert!(api.server.tasks().is_empty());

    let other = api.update("tsk_unknown", "{}").await;
    assert_eq!(other.status, 400);
    assert_eq!(other.number("x-ratelimit-remaining"), Some(99));
}

/// `X-RateLimit-Reset` and `Retry-After` count down in whole seconds, rounded up. Requests during
/// the wait do not extend it.
#[test]
fn a_throttled_client_is_admitted_after_one_window() {
    let start = Instant::now();
    let mut throttle = Throttle::new(2, 60 * SECOND);
    let mut admit = |after: Duration| throttle.admit(Operation::CreateTask, CLIENT, start + after);
    let quota = |remaining, reset| {
        Ok(Quota {
            limit: 2,
            remaining,
            reset,
        })
    };

    assert_eq!(admit(Duration::ZERO), quota(1, 60));
    assert_eq!(admit(SECOND / 2), quota(0, 60));
    assert_eq!(admit(10 * SECOND), Err(RetryAfter(60)));
    assert_eq!(admit(10 * SECOND + SECOND / 2), Err(RetryAfter(60)));
    assert_eq!(admit(69 * SECOND), Err(RetryAfter(1)));
    assert_eq!(admit(70 * SECOND), quota(1, 59));
}

/// A request counts for one window after it was sent.
#[test]
fn old_requests_do_not_count() {
    let start = Instant::now();
    let mut throttle = Throttle::new(2, 60 * SECOND);
    let mut remaining = |after: u32| {
        let quota = throttle.admit(Operation::CreateTask, CLIENT, start + after * SECOND);
        quota.map(|quota| quota.remaining)
    };
    assert_eq!(remaining(0), Ok(1));
    assert_eq!(remaining(40), Ok(0));
    assert_eq!(remaining(60), Ok(0));
    assert_eq!(remaining(99), Err(RetryAfter(60)));
}

/// Each operation and each client address has a limit of its own.
#[test]
fn operations_and_addresses_are_counted_separately() {
    let now = Instant::now();
    let mut throttle = Throttle::new(1, SECOND);
    let other = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
    assert!(throttle.admit(Operation::CreateTask, CLIENT, now).is_ok());
    assert!(throttle.admit(Operation::UpdateTask, CLIENT, now).is_ok());
    assert!(throttle.admit(Operation::CreateTask, other, now).is_ok());
    assert!(throttle.admit(Operation::CreateTask, CLIENT, now).is_err());
}
