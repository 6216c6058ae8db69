//! A client can be shared between threads, and clones share connections.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::support::{CannedResponse, PUBLISHED_TASK, Server};
use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Call, Client, ClientBuilder, Error, Request, Response, RetryPolicy};

fn send_and_sync<T: Send + Sync + 'static>() {}

/// A future that a multi-threaded runtime accepts.
fn spawnable<F: Future<Output: Send> + Send + 'static>(future: F) -> F {
    future
}

#[test]
fn the_types_of_a_call_can_be_sent_and_shared() {
    send_and_sync::<Client>();
    send_and_sync::<ClientBuilder>();
    send_and_sync::<Call<Task>>();
    send_and_sync::<Request>();
    send_and_sync::<Response<Task>>();
    send_and_sync::<Error>();
    send_and_sync::<RetryPolicy>();
    send_and_sync::<CreateTask>();
    send_and_sync::<UpdateTask>();
    send_and_sync::<Task>();
}

#[test]
fn every_future_can_be_spawned() {
    let client = Server::start(CannedResponse::json(200, "")).client();
    let body = CreateTask::new("title", "description");
    // No future is polled, so nothing is sent.
    drop(spawnable(client.create_task(&body)));
    drop(spawnable(client.create_task(&body).send()));
    let changes = UpdateTask::new();
    drop(spawnable(client.update_task("id", &changes)));
    drop(spawnable(client.update_task("id", &changes).send()));
    let request = || client.request(http::Method::GET, "/v1/tasks");
    drop(spawnable(request().call::<Task>()));
    drop(spawnable(request().call_without_body()));
    drop(spawnable(request().call_without_body().send()));
    // Also in an async block, where every value held across an await counts.
    drop(spawnable(async move {
        let task = client.create_task(&body).await?;
        client.update_task(&task.id, &changes).send().await
    }));
}

/// A call owns its client and its body.
#[tokio::test]
async fn a_call_outlives_its_client_and_its_body() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let call = server
        .client()
        .update_task("tsk_1", &UpdateTask::new().title("New title"));
    let task = tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(task.id, "tsk_abc123def456");
    assert_eq!(server.take_request().text(), r#"{"title":"New title"}"#);
}

#[tokio::test]
async fn a_call_can_be_polled_before_it_is_sent() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let mut call = server.client().update_task("tsk_1", &UpdateTask::new());
    let first = poll_fn(|context| Poll::Ready(Pin::new(&mut call).poll(context).is_pending()));
    assert!(first.await);
    // Too late to have an effect.
    let call = call.header("x-late", "1").timeout(Duration::ZERO);
    let response = call.send().await.unwrap();
    assert_eq!(response.attempts(), 1);
    let requests = server.take_requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].header("x-late"), None);
}

#[tokio::test]
#[should_panic(expected = "resumed after completion")]
async fn a_call_that_is_polled_after_its_end_panics_as_other_futures_do() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let mut call = server.client().update_task("tsk_1", &UpdateTask::new());
    (&mut call).await.unwrap();
    let _ = call.await;
}

#[tokio::test]
async fn clones_share_their_connections() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let client = server.client();
    let clone = client.clone();
    for client in [&client, &clone, &client, &clone.clone()] {
        let call = client.update_task("tsk_1", &UpdateTask::new());
        call.await.unwrap();
        return_connection().await;
    }
    assert_eq!(server.take_requests().len(), 4);
    assert_eq!(server.take_connections(), 1);
}

#[tokio::test]
async fn separate_clients_share_no_connections() {
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    for client in [server.client(), server.client()] {
        let call = client.update_task("tsk_1", &UpdateTask::new());
        call.await.unwrap();
        return_connection().await;
    }
    assert_eq!(server.take_connections(), 2);
}

#[test]
fn a_clone_is_one_pointer() {
    assert_eq!(size_of::<Client>(), size_of::<usize>());
}

/// Lets the connection's task, which is on this thread, return the connection to the pool.
async fn return_connection() {
    for _ in 0..16 {
        tokio::task::yield_now().await;
    }
}
