//! What OpenAPI 3.2 adds: requests and responses.

use golden_version_3_2::types::{Chat200ResponseItem as ChatItem, Filter};
use golden_version_3_2::{Client, ErrorKind, RetryPolicy};
use crate::server::{CannedResponse, Server};

const EVENTS: &str = "text/event-stream";

fn start(response: CannedResponse) -> (Server, Client) {
    let server = Server::start(response);
    let client = Client::builder().bearer_token("t").base_url(server.origin());
    let client = client.max_response_size(40).retry(RetryPolicy::none());
    (server, client.build().unwrap())
}

fn filter(name: &str) -> Filter {
    Filter::new().name(name)
}

#[tokio::test]
async fn a_query_has_a_body_and_the_parameters_of_its_path() {
    let (server, client) = start(CannedResponse::json(200, r#"["a","b"]"#));
    let things = client.query_things("north", &Filter::new().name("a")).await.unwrap();
    assert_eq!(things, ["a", "b"]);
    let request = server.take_request();
    assert_eq!(request.request_line(), "QUERY /things/north HTTP/1.1");
    assert_eq!(request.text(), r#"{"name":"a"}"#);
    client.list_things("north").await.unwrap();
    assert_eq!(server.take_request().request_line(), "GET /things/north HTTP/1.1");
}

#[tokio::test]
async fn an_operation_has_any_method() {
    let (server, client) = start(CannedResponse::empty(204));
    client.link_things("north", Some(&filter("a"))).await.unwrap();
    let request = server.take_request();
    assert_eq!(request.request_line(), "LINK /things/north HTTP/1.1");
    assert_eq!(request.text(), r#"{"name":"a"}"#);
    server.set_response(CannedResponse::json(200, "[]"));
    client.find_things("north").await.unwrap();
    assert_eq!(server.take_request().request_line(), "PROPFIND /things/north HTTP/1.1");
}

#[tokio::test]
async fn the_data_of_an_event_has_a_type() {
    let body = ": hello\r\nid: 1\r\ndata: {\"name\":\r\ndata: \"a\"}\r\n\r\nevent: change\ndata: {}\nretry: 5\n\n";
    let (server, client) = start(CannedResponse::new(200, EVENTS, body));
    let mut events = client.watch_things().await.unwrap();
    assert_eq!(server.take_request().header("accept"), Some(EVENTS));
    assert_eq!(events.status(), 200);
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.data.0, event.id.as_deref()), (filter("a"), Some("1")));
    assert_eq!((event.event, event.retry), (None, None));
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.data.0, event.event.as_deref()), (Filter::new(), Some("change")));
    assert_eq!((event.id, event.retry), (None, Some(5)));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());

    server.set_response(CannedResponse::empty(204));
    let mut events = client.watch_things().await.unwrap();
    assert!(events.next().await.is_none());
}

/// An item that does not decode, or is too large, is an error that says which. The next one follows.
#[tokio::test]
async fn an_event_that_is_wrong_does_not_end_the_stream() {
    let long = "x".repeat(50);
    let body = format!("data: {{}}\n\ndata: t\n\ndata: {long}\n\ndata: {{\"name\":\"a\"}}\n\n");
    let (server, client) = start(CannedResponse::new(200, EVENTS, body).cut_off());
    let mut events = client.watch_things().await.unwrap();
    events.next().await.unwrap().unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, &b"data: t\n"[..]));
    let text = error.to_string();
    assert!(text.starts_with("watchThings: 200 OK: item 2 of the stream does not decode: at `data`: "), "{text}");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("item 3 of the stream is larger than 40 bytes"), "{error}");
    assert_eq!(events.next().await.unwrap().unwrap().data.0, filter("a"));
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(events.next().await.is_none());

    server.set_response(CannedResponse::json(500, "{}"));
    assert_eq!(client.watch_things().await.unwrap_err().kind(), ErrorKind::Status);
}

#[tokio::test]
async fn an_event_arrives_before_the_next_one_and_then_the_time_limit_counts() {
    let (_server, client) = start(CannedResponse::new(200, EVENTS, "data: {}\n\ndata:").stalled());
    let mut events = client.watch_things().await.unwrap();
    events.next().await.unwrap().unwrap();
    // From here on nothing comes, so that the clock jumps to the next time limit.
    tokio::time::pause();
    assert!(events.next().await.unwrap().unwrap_err().is_timeout());
}

#[tokio::test]
async fn the_name_of_an_event_selects_its_type() {
    let body = "event: word\ndata: {\"name\":\"a\"}\n\nevent: end\ndata: [DONE]\n\nevent: new\ndata: 1\n\n";
    let (server, client) = start(CannedResponse::new(200, EVENTS, body));
    let mut events = client.chat_stream(&Filter::new()).await.unwrap();
    assert_eq!(server.take_request().header("accept"), Some(EVENTS));
    match events.next().await.unwrap().unwrap() {
        ChatItem::Word(word) => assert_eq!(word.data.unwrap().0, filter("a")),
        other => panic!("{other:?}"),
    }
    match events.next().await.unwrap().unwrap() {
        ChatItem::End(end) => assert_eq!(end.data.unwrap(), "[DONE]"),
        other => panic!("{other:?}"),
    }
    match events.next().await.unwrap().unwrap() {
        ChatItem::Other(event) => assert_eq!(event["event"], "new"),
        other => panic!("{other:?}"),
    }
    server.set_response(CannedResponse::json(200, r#"{"name":"b"}"#));
    assert_eq!(client.chat(&Filter::new()).await.unwrap(), filter("b"));
    assert_eq!(server.take_request().header("accept"), Some("application/json"));
}

/// A schema without the properties of an event is that of its data.
#[tokio::test]
async fn the_item_may_be_the_data() {
    let (_server, client) = start(CannedResponse::new(200, EVENTS, "id: 1\ndata: {\"name\":\"a\"}\n\n"));
    let mut names = client.watch_names().await.unwrap();
    assert_eq!(names.next().await.transpose().unwrap(), Some(filter("a")));
    assert_eq!(names.next().await.transpose().unwrap(), None);
}

#[tokio::test]
async fn lines_and_sequences() {
    let (server, client) = start(CannedResponse::new(200, "application/jsonl", "{\"name\":\"a\"}\r\n\n{}"));
    let mut lines = client.read_log().await.unwrap();
    assert_eq!(server.take_request().header("accept"), Some("application/jsonl, application/x-ndjson"));
    assert_eq!(lines.next().await.transpose().unwrap(), Some(filter("a")));
    assert_eq!(lines.next().await.transpose().unwrap(), Some(Filter::new()));
    assert_eq!(lines.next().await.transpose().unwrap(), None);

    server.set_response(CannedResponse::new(200, "application/json-seq", "\u{1e}1\n\u{1e}2\n"));
    let mut sequence = client.read_sequence().await.unwrap();
    assert_eq!(sequence.next().await.transpose().unwrap(), Some(1));
    assert_eq!(sequence.next().await.transpose().unwrap(), Some(2));
    assert_eq!(sequence.next().await.transpose().unwrap(), None);

    // The body of a request is bytes.
    server.set_response(CannedResponse::empty(204));
    client.write_log("{}\n").await.unwrap();
    assert_eq!(server.take_requests().pop().unwrap().text(), "{}\n");
}

#[test]
fn a_blocking_client_iterates_over_the_items() {
    let body = "{\"name\":\"a\"}\nno\n{}\n";
    let server = Server::start(CannedResponse::new(200, "application/jsonl", body).cut_off());
    let client = Client::builder().bearer_token("t").base_url(server.origin());
    let client = client.build_blocking().unwrap();
    let mut lines = client.read_log().wait().unwrap();
    assert_eq!(lines.status(), 200);
    assert_eq!(lines.next().unwrap().unwrap(), filter("a"));
    let error = lines.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("item 2 of the stream does not decode"), "{error}");
    assert_eq!(lines.next().unwrap().unwrap(), Filter::new());
    assert_eq!(lines.next().unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(lines.next().is_none());
}
