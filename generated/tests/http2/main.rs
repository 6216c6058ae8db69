//! Connections of HTTP/2, which all calls share.

#![cfg(all(feature = "http2", feature = "rustls"))]

#[path = "../tls/identity.rs"]
mod identity;
mod relay;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use http::HeaderMap;
use identity::Identity;
use relay::Relay;
use server::{Head, Http2Server, Reaction};
use support::{TASK, builder};
use tokio::sync::Notify;

const SHORT: Duration = Duration::from_secs(1);

fn localhost() -> Identity {
    Identity::new("localhost", |_| {})
}

fn created() -> (Head, Bytes) {
    ((201, HeaderMap::new()), TASK.into())
}

fn respond() -> Reaction {
    let (head, body) = created();
    Reaction::Respond(head, body)
}

fn trusting(identity: &Identity, address: SocketAddr) -> ClientBuilder {
    builder(format!("https://localhost:{}", address.port()))
        .add_root_certificate(identity.root.as_str())
        .no_proxy()
}

async fn create(client: &Client) -> Result<Task, Error> {
    client.create_task(&CreateTask::new("t", "d")).await
}

#[tokio::test]
async fn calls_share_a_connection() {
    let identity = localhost();
    let server = Http2Server::start(&identity, |_, _| respond());
    let client = trusting(&identity, server.address)
        .build()
        .expect("the client is built");
    for _ in 0..3 {
        create(&client).await.expect("it works");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_has_gone_silent_is_replaced_after_a_timeout() {
    let identity = localhost();
    let server = Http2Server::start(&identity, |_, _| respond());
    let relay = Relay::start(server.address).await;
    let client = trusting(&identity, relay.address).attempt_timeout(SHORT);
    let client = client.build().expect("the client is built");
    create(&client).await.expect("it works");
    relay.silence();
    let error = create(&client).await.expect_err("the connection is silent");
    assert!(
        error.is_timeout() && error.may_have_been_applied(),
        "{error}"
    );
    for _ in 0..19 {
        create(&client).await.expect("a new connection works");
    }
    assert_eq!(server.connections(), 2);

    // A repeatable call does not even fail.
    relay.silence();
    let update = client.update_task("tsk_1", &UpdateTask::new());
    let response = update.send().await.expect("the second attempt works");
    assert_eq!(response.attempts(), 2);
}

#[tokio::test]
async fn a_timeout_does_not_disturb_other_calls_on_its_connection() {
    let identity = localhost();
    let release = Arc::new(Notify::new());
    let server = Http2Server::start(&identity, {
        let release = Arc::clone(&release);
        move |method, body| {
            let (head, data) = created();
            match (method, &*body) {
                ("POST", _) => Reaction::Wait(Arc::clone(&release), head, data),
                (_, b"{}") => Reaction::Stall,
                _ => respond(),
            }
        }
    });
    let client = trusting(&identity, server.address).retry(RetryPolicy::none());
    let client = client.build().expect("the client is built");
    let update = UpdateTask::new();
    let named = UpdateTask::new().title("t");
    client.update_task("tsk_1", &named).await.expect("it works");
    let waits = tokio::spawn(client.create_task(&CreateTask::new("t", "d")));
    let stalls = client.update_task("tsk_1", &update).timeout(SHORT).await;
    assert!(stalls.expect_err("it stalls").is_timeout());
    client.update_task("tsk_1", &named).await.expect("it works");
    assert_eq!(server.connections(), 2);
    // Other calls have responses: the connection is not dead.
    let stalls = tokio::spawn(client.update_task("tsk_1", &update).timeout(SHORT));
    while !stalls.is_finished() {
        client.update_task("tsk_1", &named).await.expect("it works");
    }
    assert!(stalls.await.expect("no panic").is_err());
    client.update_task("tsk_1", &named).await.expect("it works");
    assert_eq!(server.connections(), 2);
    release.notify_one();
    waits.await.expect("no panic").expect("it works");
}

/// The clock is paused: it advances to the next timer whenever the client has nothing else to do.
#[tokio::test]
async fn a_ping_finds_a_silent_connection_before_the_attempt_times_out() {
    let identity = localhost();
    let server = Http2Server::start(&identity, |_, _| respond());
    let relay = Relay::start(server.address).await;
    let client = trusting(&identity, relay.address).retry(RetryPolicy::none());
    let client = client.build().expect("the client is built");
    create(&client).await.expect("it works");
    relay.silence();
    tokio::time::pause();
    let begin = tokio::time::Instant::now();
    let error = create(&client).await.expect_err("the connection is silent");
    let waited = begin.elapsed();
    assert!(
        waited > Duration::from_secs(15) && waited < Duration::from_secs(25),
        "{waited:?}"
    );
    assert!(
        matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Transport),
        "{error}"
    );
    assert!(error.may_have_been_applied(), "{error}");
}
