//! Limits that apply whatever the server does: time, attempts, memory, connections, and the servers
//! that get a request.

#[path = "../support/mod.rs"]
mod support;
mod throttle;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, ErrorKind, RetryPolicy};
use support::responses::flood;
use support::{CannedResponse, LONG, Server, TASK, builder, client, error, quick_retries, task};

const MIB: u64 = 1 << 20;
const GIB: usize = 1 << 30;

fn new_task() -> CreateTask {
    CreateTask::new("t", "d")
}

fn change() -> UpdateTask {
    UpdateTask::new().title("t")
}

/// Starts an update, drops it once the server has read the request, and waits until the server has
/// observed this number of abandoned connections.
async fn drop_update_when(server: &Server, client: &Client, abandoned: usize) {
    let call = tokio::spawn(client.update_task("tsk_1", &change()));
    tokio::task::block_in_place(|| server.wait_until(|observed| observed.requests.len() == 1));
    call.abort();
    assert!(call.await.expect_err("it was aborted").is_cancelled());
    tokio::task::block_in_place(|| server.wait_until(|observed| observed.abandoned == abandoned));
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_a_call_closes_its_connection_and_ends_its_attempts() {
    let server = Server::start(CannedResponse::none().stalled());
    drop_update_when(&server, &client(server.origin()), 1).await;
    assert_eq!(server.stop().arrived, 1);

    let server = Server::start(CannedResponse::empty(201).stalled());
    drop_update_when(&server, &client(server.origin()), 1).await;
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_a_call_during_its_backoff_ends_its_attempts() {
    let server = Server::start(CannedResponse::empty(503).header("Retry-After", "60"));
    drop_update_when(&server, &client(server.origin()), 0).await;
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn the_timeout_of_a_call_includes_its_attempts() {
    let server = Server::start(CannedResponse::none().stalled());
    let begin = Instant::now();
    let call = client(server.origin()).update_task("tsk_1", &change());
    let error = call
        .timeout(Duration::from_secs(1))
        .await
        .expect_err("the server stalls");
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.is_timeout() && error.may_have_been_applied());
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn a_call_without_time_is_not_sent() {
    let server = Server::start(task());
    let client = client(server.origin());
    let created = client.create_task(&new_task()).await;
    created.expect("the task is created, and its connection is kept");
    let call = client.create_task(&new_task()).timeout(Duration::ZERO);
    let error = call.await.expect_err("there is no time");
    assert!(
        error.is_timeout() && !error.may_have_been_applied(),
        "{error}"
    );
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn a_retry_after_beyond_the_deadline_is_an_error_at_once() {
    let server = Server::start(CannedResponse::empty(429).header("Retry-After", "60"));
    let begin = Instant::now();
    let call = client(server.origin()).create_task(&new_task());
    let error = call
        .timeout(Duration::from_secs(59))
        .await
        .expect_err("an error response");
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!((error.attempts(), server.stop().arrived), (1, 1));
}

#[tokio::test]
async fn the_retry_policy_of_a_call_replaces_that_of_the_client() {
    for (policy, expected) in [
        (RetryPolicy::none(), 1),
        (quick_retries().max_attempts(5), 5),
    ] {
        let server = Server::start(error(503, "busy"));
        let call = client(server.origin()).update_task("tsk_1", &change());
        let error = call.retry(policy).await.expect_err("the server is busy");
        assert_eq!(error.attempts(), expected);
        assert_eq!(server.stop().arrived, expected as usize);
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_the_size_limit() {
    for (status, kind) in [(201, ErrorKind::TooLarge), (500, ErrorKind::Status)] {
        let sent = Arc::new(AtomicU64::new(0));
        let server = Server::start(flood(status, GIB, &sent));
        let client = builder(server.origin()).max_response_size(MIB).build();
        let call = client
            .expect("the client is built")
            .create_task(&new_task());
        let error = call.await.expect_err("the body is too large");
        assert_eq!(error.kind(), kind);
        assert!(error.body().len() as u64 <= MIB);
        server.stop();
        // Bytes beyond the limit are in the buffers of the two sockets.
        let sent = sent.load(Ordering::SeqCst);
        assert!(sent < 128 * MIB, "{sent} bytes");
    }
    // A body of exactly the limit is accepted, with and without a `Content-Length`.
    let size = TASK.len() as u64;
    let unannounced = CannedResponse::raw(format!("HTTP/1.1 201 Created\r\n\r\n{TASK}"));
    for response in [task(), unannounced.closing()] {
        for (limit, fits) in [(size, true), (size - 1, false)] {
            let server = Server::start(response.clone());
            let client = builder(server.origin()).max_response_size(limit).build();
            let call = client
                .expect("the client is built")
                .create_task(&new_task());
            assert_eq!(call.await.is_ok(), fits, "{limit}");
        }
    }
}

#[tokio::test]
async fn a_response_before_the_end_of_the_request_body_is_received() {
    let early = error(413, "request entity too large").before_body();
    let server = Server::start(early);
    let large = CreateTask::new("t", "d".repeat(8 << 20));
    let call = client(server.origin()).create_task(&large);
    let error = call.await.expect_err("an error response");
    assert_eq!(error.message().as_deref(), Some("request entity too large"));
    assert!(!error.may_have_been_applied());
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn bytes_after_a_response_are_never_the_next_response() {
    let planted = TASK.replace("tsk_abc123", "tsk_planted");
    let two = [TASK, &planted].map(|body| {
        let length = body.len();
        format!("HTTP/1.1 201 Created\r\nContent-Length: {length}\r\n\r\n{body}")
    });
    let server = Server::start([CannedResponse::raw(two.concat()), task()]);
    let client = client(server.origin());
    for _ in 0..2 {
        let task = client.create_task(&new_task()).await.expect("it works");
        assert_eq!(task.id.as_str(), "tsk_abc123");
    }
    assert_eq!(server.stop().connections, 2);
}

#[tokio::test]
async fn consecutive_calls_share_a_connection_even_after_errors() {
    let server = Server::start([error(400, "no"), task()]);
    let client = client(server.origin());
    client.create_task(&new_task()).await.expect_err("a 400");
    for _ in 0..3 {
        let call = client.clone().create_task(&new_task());
        call.await.expect("it works");
    }
    let observed = server.stop();
    assert_eq!((observed.connections, observed.arrived), (1, 4));
}

#[tokio::test]
async fn an_idle_connection_is_discarded_before_common_servers_close_it() {
    let server = Server::start(task());
    let client = client(server.origin());
    client.create_task(&new_task()).await.expect("it works");
    // The only way to test this is to wait: servers often close idle connections after 5 s.
    tokio::time::sleep(Duration::from_millis(4_500)).await;
    client.create_task(&new_task()).await.expect("it works");
    assert_eq!(server.stop().connections, 2);
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let elsewhere = Server::start(task());
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/v1/tasks?a=b", elsewhere.origin());
        let redirect = CannedResponse::empty(status).header("Location", &location);
        let server = Server::start(redirect);
        let call = client(server.origin()).create_task(&new_task());
        let error = call.await.expect_err("redirects are not followed");
        assert_eq!(error.kind(), ErrorKind::Redirect);
        let target = format!("{}/v1/tasks,", elsewhere.origin());
        assert!(error.to_string().contains(&target), "{error}");
        assert_eq!(server.stop().arrived, 1);
    }
    assert_eq!(elsewhere.stop().connections, 0);
}
