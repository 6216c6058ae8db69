//! Spans and events of the `tracing` feature: a span for each call and an event for each attempt, with
//! the field names of OpenTelemetry's conventions for HTTP clients.

#![cfg(feature = "tracing")]

mod support;

use std::future::IntoFuture;
use std::time::Duration;

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, Error};
use support::recorder::{Record, Recorder};
use support::responses::untyped;
use support::{CannedResponse, Server, builder, client, closed_port, error, task};
use tracing::Instrument;

/// A task id that is found wherever it appears.
const ID: &str = "tsk_ID-THAT-MUST-NOT-SHOW";

/// Runs a future in a span of its own, and returns the records directly below that span.
async fn record<T>(future: impl IntoFuture<Output = T>) -> (T, Vec<Record>) {
    let recorder = Recorder::install();
    let span = tracing::info_span!("test");
    let id = span.id().expect("it is recorded").into_u64();
    let result = future.into_future().instrument(span).await;
    (result, recorder.below(id))
}

/// The span of the only call, and its events.
fn only_span(records: Vec<Record>) -> (Record, Vec<Record>) {
    let [span] = <[Record; 1]>::try_from(records).expect("one span a call");
    assert!(span.is_span);
    assert_eq!(span.field("otel.kind"), Some("client"));
    let events = Recorder::install().below(span.id);
    let events: Vec<_> = events
        .into_iter()
        .filter(|it| it.target.starts_with("comp_ai"))
        .collect();
    assert!(events.iter().all(|event| !event.is_span));
    (span, events)
}

/// Makes an update, and returns its result, its span and its events.
async fn update(client: &Client) -> (Result<Task, Error>, Record, Vec<Record>) {
    let call = client.update_task(ID, &UpdateTask::new().title("t"));
    let (result, records) = record(call).await;
    let (span, events) = only_span(records);
    (result, span, events)
}

#[tokio::test]
async fn the_span_of_a_call_has_the_fields_of_the_conventions() {
    let server = Server::start(task());
    let call = client(server.origin()).create_task(&CreateTask::new("t", "d"));
    let (result, records) = record(call).await;
    result.expect("it works");
    let (span, events) = only_span(records);
    let port = server.address().port().to_string();
    for (name, value) in [
        ("otel.name", Some("POST /v1/tasks")),
        ("http.request.method", Some("POST")),
        ("url.template", Some("/v1/tasks")),
        ("server.address", Some("127.0.0.1")),
        ("server.port", Some(port.as_str())),
        ("http.response.status_code", Some("201")),
        ("http.request.resend_count", None),
        ("error.type", None),
        ("otel.status_code", None),
    ] {
        assert_eq!(span.field(name), value, "{name}");
    }
    let [event] = <[Record; 1]>::try_from(events).expect("one event an attempt");
    assert_eq!(event.field("http.request.resend_count"), Some("0"));
    assert_eq!(event.field("http.response.status_code"), Some("201"));
}

#[tokio::test]
async fn every_attempt_is_an_event_and_the_span_counts_retries() {
    let server = Server::start([error(503, "busy"), CannedResponse::none().closing(), task()]);
    let (result, span, events) = update(&client(server.origin())).await;
    result.expect("the third attempt succeeds");
    assert_eq!(span.field("url.template"), Some("/v1/tasks/{taskId}"));
    assert_eq!(span.field("otel.name"), Some("PATCH /v1/tasks/{taskId}"));
    assert_eq!(span.field("http.request.resend_count"), Some("2"));
    assert_eq!(span.field("http.response.status_code"), Some("201"));
    assert_eq!(span.field("error.type"), None);
    let attempts: Vec<_> = events
        .iter()
        .map(|event| {
            let field = |name| event.field(name);
            let number = field("http.request.resend_count");
            (
                number,
                field("http.response.status_code"),
                field("error.type"),
            )
        })
        .collect();
    let expected = [
        (Some("0"), Some("503"), None),
        (Some("1"), None, Some("transport")),
        (Some("2"), Some("201"), None),
    ];
    assert_eq!(attempts, expected);
}

#[tokio::test]
async fn the_span_of_a_failed_call_has_the_error() {
    let location = format!("/v1/tasks/{ID}");
    for (response, status, error) in [
        (error(400, "no"), Some("400"), "400"),
        (error(503, "no"), Some("503"), "503"),
        (
            CannedResponse::empty(307).header("Location", &location),
            Some("307"),
            "307",
        ),
        (CannedResponse::none().closing(), None, "transport"),
        (CannedResponse::none().stalled(), None, "timeout"),
        (
            CannedResponse::empty(201).cut_off(),
            Some("201"),
            "transport",
        ),
        (CannedResponse::empty(201).stalled(), Some("201"), "timeout"),
        (untyped(201, " ".repeat(2000)), Some("201"), "too_large"),
        (untyped(201, "<html>"), Some("201"), "decode"),
    ] {
        let server = Server::start(response);
        let client = builder(server.origin())
            .attempt_timeout(Duration::from_millis(500))
            .max_response_size(1000)
            .build();
        let (result, span, _) = update(&client.expect("the client is built")).await;
        result.expect_err(error);
        assert_eq!(span.field("http.response.status_code"), status, "{error}");
        assert_eq!(span.field("error.type"), Some(error));
        assert_eq!(span.field("otel.status_code"), Some("ERROR"));
    }
    let (result, span, events) = update(&client(closed_port())).await;
    result.expect_err("nobody listens");
    assert_eq!(span.field("error.type"), Some("connect"));
    assert_eq!(events.len(), 3);
    assert!(
        events[0]
            .field("error.message")
            .is_some_and(|it| it.contains("could not connect"))
    );
}

#[tokio::test]
async fn an_ipv6_address_is_recorded_without_brackets() {
    // Whether a server listens there does not matter.
    let (_, span, _) = update(&client("http://[::1]:1")).await;
    assert_eq!(span.field("server.address"), Some("::1"));
    assert_eq!(span.field("server.port"), Some("1"));
}

#[tokio::test]
async fn values_in_a_url_are_not_recorded() {
    let location = format!("/v1/tasks/{ID}");
    let server = Server::start([
        task(),
        CannedResponse::empty(307).header("Location", &location),
        CannedResponse::raw("garbage\r\n\r\n").closing(),
    ]);
    let client = client(server.origin());
    for _ in 0..3 {
        let _ = update(&client).await;
    }
    let path = format!("/v1/{ID}");
    let call = client
        .request(http::Method::GET, &path)
        .query("id", ID)
        .call_without_body();
    let (result, records) = record(call).await;
    result.expect_err("garbage");
    let (span, _) = only_span(records);
    assert_eq!(span.field("otel.name"), Some("GET"));
    assert_eq!(span.field("url.template"), None);
    for record in Recorder::install().records() {
        let text = format!("{record:?}");
        assert!(!text.contains("MUST-NOT-SHOW"), "{text}");
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_keeps_the_enclosing_span() {
    let recorder = Recorder::install();
    let server = Server::start(task());
    let client = builder(server.origin())
        .build_blocking()
        .expect("it is built");
    let root = tracing::info_span!("root");
    let id = root.id().expect("it is recorded").into_u64();
    for _ in 0..2 {
        let call = client.create_task(&CreateTask::new("t", "d"));
        root.in_scope(|| call.wait()).expect("it works");
    }
    let outside = client.create_task(&CreateTask::new("t", "d"));
    outside.wait().expect("it works");
    let below = recorder.below(id);
    assert_eq!(below.len(), 2, "{below:?}");
    for span in below {
        let (_, events) = only_span(vec![span]);
        assert_eq!(events.len(), 1);
    }
}
