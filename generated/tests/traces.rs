//! What a program sees of its calls by `tracing`: a span a call and an event an attempt, by the
//! names of OpenTelemetry's conventions for HTTP clients.

#![cfg(feature = "tracing")]

mod faulty;

use std::future::IntoFuture;
use std::time::Duration;

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, Error};
use faulty::answers::{answer, head, refusal, task};
use faulty::recorder::{Record, Recorder};
use faulty::server::{Action, Server};
use faulty::{builder, client, refusing};
use tracing::Instrument;

/// An id that is found again wherever it turns up.
const ID: &str = "tsk_ID-THAT-MUST-NOT-SHOW";

/// Runs this in a span of its own; gives what was recorded directly below that.
async fn record<T>(future: impl IntoFuture<Output = T>) -> (T, Vec<Record>) {
    let recorder = Recorder::install();
    let span = tracing::info_span!("test");
    let id = span.id().expect("it is recorded").into_u64();
    let result = future.into_future().instrument(span).await;
    (result, recorder.below(id))
}

/// The one span of a call, and its events.
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

/// Updates the task through this server; gives the outcome, the span and the events.
async fn update(client: &Client) -> (Result<Task, Error>, Record, Vec<Record>) {
    let call = client.update_task(ID, &UpdateTask::new().title("t"));
    let (result, records) = record(call).await;
    let (span, events) = only_span(records);
    (result, span, events)
}

#[tokio::test]
async fn a_call_is_a_span_with_the_names_of_the_conventions() {
    let server = Server::answering(task());
    let call = client(server.url()).create_task(&CreateTask::new("t", "d"));
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
async fn every_attempt_is_an_event_and_the_span_says_how_many_were_repeats() {
    let busy = Action::Answer(refusal("503 Service Unavailable", "busy"));
    let server = Server::start([busy, Action::CloseRead, Action::Answer(task())]);
    let (result, span, events) = update(&client(server.url())).await;
    result.expect("it works at last");
    assert_eq!(span.field("url.template"), Some("/v1/tasks/{taskId}"));
    assert_eq!(span.field("otel.name"), Some("PATCH /v1/tasks/{taskId}"));
    assert_eq!(span.field("http.request.resend_count"), Some("2"));
    assert_eq!(span.field("http.response.status_code"), Some("201"));
    assert_eq!(span.field("error.type"), None);
    let told: Vec<_> = events
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
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_call_that_fails_says_in_its_span_how() {
    let location = format!("location: /v1/tasks/{ID}");
    for (action, status, error) in [
        (
            Action::Answer(refusal("400 Bad Request", "no")),
            Some("400"),
            "400",
        ),
        (
            Action::Answer(refusal("503 Service Unavailable", "no")),
            Some("503"),
            "503",
        ),
        (
            Action::Answer(answer("307 Temporary", &[&location], "")),
            Some("307"),
            "307",
        ),
        (Action::CloseRead, None, "transport"),
        (Action::Stall(Vec::new()), None, "timeout"),
        (
            Action::AnswerAndClose(head("201 Created", &[], 9)),
            Some("201"),
            "transport",
        ),
        (
            Action::Stall(head("201 Created", &[], 9)),
            Some("201"),
            "timeout",
        ),
        (
            Action::Answer(answer("201 Created", &[], " ".repeat(2000))),
            Some("201"),
            "too_large",
        ),
        (
            Action::Answer(answer("201 Created", &[], "<html>")),
            Some("201"),
            "decode",
        ),
    ] {
        let server = Server::start([action]);
        let client = builder(server.url())
            .attempt_timeout(Duration::from_millis(200))
            .max_response_size(1000)
            .build();
        let (result, span, _) = update(&client.expect("the client is built")).await;
        result.expect_err(error);
        assert_eq!(span.field("http.response.status_code"), status, "{error}");
        assert_eq!(span.field("error.type"), Some(error));
        assert_eq!(span.field("otel.status_code"), Some("ERROR"));
    }
    let (result, span, events) = update(&client(refusing())).await;
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
async fn an_ipv6_address_has_no_brackets() {
    // Whether anybody listens, or can, does not matter.
    let (_, span, _) = update(&client("http://[::1]:1")).await;
    assert_eq!(span.field("server.address"), Some("::1"));
    assert_eq!(span.field("server.port"), Some("1"));
}

#[tokio::test]
async fn what_is_in_a_url_is_not_recorded() {
    let server = Server::start([
        Action::Answer(task()),
        Action::Answer(answer(
            "307 Temporary",
            &[&format!("location: /v1/tasks/{ID}")],
            "",
        )),
        Action::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
    ]);
    let client = client(server.url());
    for _ in 0..3 {
        let _ = update(&client).await;
    }
    let path = format!("/v1/{ID}");
    let call = client
        .request(http::Method::GET, &path)
        .query("id", ID)
        .call_for_status();
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
fn the_span_around_a_call_that_blocks_is_kept() {
    let recorder = Recorder::install();
    let server = Server::answering(task());
    let client = builder(server.url()).build_blocking().expect("it is built");
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
