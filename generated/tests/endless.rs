//! Servers that send without end what precedes or frames a body, and never the rest of it: the time limits
//! hold on a runtime with one thread and in the blocking client.

#![cfg(feature = "rustls")]

#[path = "tls/identity.rs"]
mod identity;
mod support;

use std::time::{Duration, Instant};

use comp_ai_client::types::UpdateTask;
use comp_ai_client::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use identity::Identity;
#[cfg(feature = "blocking")]
use support::Server;
use support::{CannedResponse, builder};

const LIMIT: Duration = Duration::from_millis(500);

/// A text, and what follows it again and again.
const RESPONSES: [(&str, &str); 4] = [
    (
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n",
        "0",
    ),
    (
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n1",
        " ",
    ),
    ("", "HTTP/1.1 103 Early Hints\r\n\r\n"),
    ("HTTP/1.1 201 Created\r\n", "a: b\r\n"),
];

fn endless((start, repeated): (&str, &str)) -> CannedResponse {
    CannedResponse::raw(start).repeating(repeated.repeat(64 * 1024 / repeated.len()))
}

fn one_attempt(base_url: String) -> ClientBuilder {
    builder(base_url).retry(RetryPolicy::none()).timeout(LIMIT)
}

fn assert_in_time(begin: Instant, error: &Error) {
    // A server that sends headers without end is noticed before the limit.
    assert!(
        matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Transport),
        "{error}"
    );
    assert!(error.may_have_been_applied());
    // Unoptimised, and on a machine with other work, the client needs a multiple of the limit.
    assert!(
        begin.elapsed() < LIMIT * 20,
        "{:?}: {error}",
        begin.elapsed()
    );
}

fn update_on_one_thread(client: &Client) -> Error {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let call = client.update_task("tsk_1", &UpdateTask::new());
    let call = runtime.expect("a runtime").block_on(call);
    call.expect_err("there is no response")
}

#[test]
fn over_tls_the_limit_of_a_call_holds_on_one_thread() {
    let identity = Identity::new("localhost", |_| {});
    for response in RESPONSES {
        let server = identity.serve(endless(response));
        let url = format!("https://localhost:{}", server.address().port());
        let client = one_attempt(url)
            .add_root_certificate(identity.root.as_str())
            .no_proxy()
            .build();
        let client = client.expect("the client is built");
        let begin = Instant::now();
        assert_in_time(begin, &update_on_one_thread(&client));
    }
}

#[cfg(feature = "blocking")]
#[test]
fn the_limit_of_a_call_holds_in_the_blocking_client() {
    for response in RESPONSES {
        let server = Server::start(endless(response));
        let client = one_attempt(server.origin()).build_blocking();
        let client = client.expect("the client is built");
        let begin = Instant::now();
        let error = client.update_task("tsk_1", &UpdateTask::new()).wait();
        assert_in_time(begin, &error.expect_err("there is no response"));
    }
}
