//! Bounds that hold whatever the server does: of time, of attempts, of memory, of connections, and
//! of where a request goes.

mod faulty;

use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, ErrorKind, RetryPolicy};
use faulty::answers::{TASK, answer, head, refusal, task};
use faulty::server::{Action, Server};
use faulty::{LONG, builder, client, quick};

const MIB: u64 = 1 << 20;

fn new_task() -> CreateTask {
    CreateTask::new("t", "d")
}

fn change() -> UpdateTask {
    UpdateTask::new().title("t")
}

/// Starts an update, drops it once the server has read it, and waits until the server has seen so
/// many connections end without an answer.
async fn drop_update_when(server: &Server, client: &Client, abandoned: usize) {
    let call = tokio::spawn(client.update_task("tsk_1", &change()).into_future());
    tokio::task::block_in_place(|| server.wait_until(|seen| seen.requests.len() == 1));
    call.abort();
    assert!(call.await.expect_err("it was aborted").is_cancelled());
    tokio::task::block_in_place(|| server.wait_until(|seen| seen.abandoned == abandoned));
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_a_call_closes_its_connection_and_ends_its_attempts() {
    let server = Server::start([Action::Stall(Vec::new())]);
    drop_update_when(&server, &client(server.url()), 1).await;
    assert_eq!(server.stop().arrived, 1);

    let server = Server::start([Action::Stall(head("201 Created", &[], 100))]);
    drop_update_when(&server, &client(server.url()), 1).await;
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_a_call_that_waits_for_its_next_attempt_ends_it() {
    let later = answer("503 Service Unavailable", &["retry-after: 60"], "");
    let server = Server::answering(later);
    drop_update_when(&server, &client(server.url()), 0).await;
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn a_call_ends_by_its_own_limit_however_long_an_attempt_may_take() {
    let server = Server::start([Action::Stall(Vec::new())]);
    let begin = Instant::now();
    let call = client(server.url()).update_task("tsk_1", &change());
    let error = call
        .timeout(Duration::from_millis(300))
        .await
        .expect_err("the server stalls");
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.is_timeout() && error.may_have_been_applied());
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn a_retry_after_that_does_not_fit_is_told_at_once() {
    let later = answer("429 Too Many Requests", &["retry-after: 60"], "");
    let server = Server::answering(later);
    let begin = Instant::now();
    let call = client(server.url()).create_task(&new_task());
    let error = call
        .timeout(Duration::from_secs(59))
        .await
        .expect_err("the server refuses");
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!((error.attempts(), server.stop().arrived), (1, 1));
}

#[tokio::test]
async fn the_policy_of_a_call_replaces_that_of_the_client() {
    let busy = refusal("503 Service Unavailable", "busy");
    for (policy, expected) in [(RetryPolicy::none(), 1), (quick().max_attempts(5), 5)] {
        let server = Server::answering(busy.clone());
        let call = client(server.url()).update_task("tsk_1", &change());
        let error = call.retry(policy).await.expect_err("the server is busy");
        assert_eq!(error.attempts(), expected);
        assert_eq!(server.stop().arrived, expected as usize);
    }
}

#[tokio::test]
async fn a_body_is_read_to_the_limit_and_no_further() {
    for (status, kind) in [
        ("201 Created", ErrorKind::TooLarge),
        ("500 Internal Server Error", ErrorKind::Status),
    ] {
        let flood = Action::Flood(head(status, &[], 1024 * MIB), 1024 * MIB);
        let server = Server::start([flood]);
        let client = builder(server.url()).max_response_size(MIB).build();
        let call = client
            .expect("the client is built")
            .create_task(&new_task());
        let error = call.await.expect_err("the body is too large");
        assert_eq!(error.kind(), kind);
        assert!(error.body().len() as u64 <= MIB);
        let seen = server.stop();
        // What is beyond the limit is in the buffers of the two sockets.
        assert!(seen.flooded < 128 * MIB, "{} bytes", seen.flooded);
    }
    // A body that just fits is taken, whether its length is said or not.
    let size = TASK.len() as u64;
    let unsaid = format!("HTTP/1.1 201 Created\r\n\r\n{TASK}").into_bytes();
    for action in [Action::Answer(task()), Action::AnswerAndClose(unsaid)] {
        for (limit, fits) in [(size, true), (size - 1, false)] {
            let server = Server::start([action.clone()]);
            let client = builder(server.url()).max_response_size(limit).build();
            let call = client
                .expect("the client is built")
                .create_task(&new_task());
            assert_eq!(call.await.is_ok(), fits, "{limit}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_before_a_large_body_was_sent_is_seen() {
    let early = refusal("413 Payload Too Large", "request entity too large");
    let server = Server::start([Action::AnswerHead(early)]);
    let large = CreateTask::new("t", "d".repeat(8 << 20));
    let call = client(server.url()).create_task(&large);
    let error = call.await.expect_err("the server refuses");
    assert_eq!(error.message().as_deref(), Some("request entity too large"));
    assert!(!error.may_have_been_applied());
    assert_eq!(server.stop().arrived, 1);
}

#[tokio::test]
async fn bytes_after_an_answer_are_never_the_answer_to_the_next_call() {
    let mut two = task();
    two.extend(answer(
        "201 Created",
        &[],
        TASK.replace("tsk_abc123", "tsk_planted"),
    ));
    let server = Server::start([Action::Answer(two), Action::Answer(task())]);
    let client = client(server.url());
    for _ in 0..2 {
        let task = client.create_task(&new_task()).await.expect("it works");
        assert_eq!(task.id.as_str(), "tsk_abc123");
    }
    assert_eq!(server.stop().connections, 2);
}

#[tokio::test]
async fn calls_in_turn_share_a_connection_also_after_errors() {
    let error = refusal("400 Bad Request", "no");
    let server = Server::start([Action::Answer(error), Action::Answer(task())]);
    let client = client(server.url());
    client.create_task(&new_task()).await.expect_err("refused");
    for _ in 0..3 {
        let call = client.clone().create_task(&new_task());
        call.await.expect("it works");
    }
    let seen = server.stop();
    assert_eq!((seen.connections, seen.arrived), (1, 4));
}

#[tokio::test]
async fn a_connection_is_not_used_again_when_common_servers_are_about_to_close_it() {
    let server = Server::answering(task());
    let client = client(server.url());
    client.create_task(&new_task()).await.expect("it works");
    // It is the clock that is tested: servers often close after five seconds.
    tokio::time::sleep(Duration::from_millis(4_500)).await;
    client.create_task(&new_task()).await.expect("it works");
    assert_eq!(server.stop().connections, 2);
}

#[tokio::test]
async fn a_redirect_is_an_error_and_reaches_nobody() {
    let elsewhere = Server::answering(task());
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("location: {}/v1/tasks?a=b", elsewhere.url());
        let server = Server::answering(answer(status, &[&location], ""));
        let call = client(server.url()).create_task(&new_task());
        let error = call.await.expect_err("redirects are not followed");
        assert_eq!(error.kind(), ErrorKind::Redirect);
        let target = format!("{}/v1/tasks,", elsewhere.url());
        assert!(error.to_string().contains(&target), "{error}");
        assert_eq!(server.stop().arrived, 1);
    }
    assert_eq!(elsewhere.stop().connections, 0);
}
