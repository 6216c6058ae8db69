//! The mock server: a request that decodes as the types of its operation is accepted, whatever its values;
//! any other is rejected, with the part and the reason.

use golden_mock::mock::{Fault as Failure, MockServer};
use golden_mock::types::{Expectation, Fault, Inner, Kind, StartRequest, VerifyParams};
use golden_mock::{Error, ErrorKind};
use serde_json::{Value, json};

/// Returns the message with which the mock server fails the test.
fn failure(mock: MockServer) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || drop(mock)));
    *panic.expect_err("it panics").downcast().unwrap()
}

fn assert_rejected(error: Error, mock: MockServer, reason: &str) {
    assert_eq!(error.status().unwrap(), 400, "{reason}: {error}");
    let message = error.message().unwrap();
    assert!(
        message.contains(&format!(": {reason}; help: ")),
        "{reason}: {message}"
    );
    let (_, reason) = reason.split_once(": ").unwrap();
    assert!(failure(mock).contains(reason));
}

/// The description limits all of these; only the server knows whether it accepts them.
#[tokio::test]
async fn values_of_bodies_are_not_checked() {
    for body in [
        json!({"name": "ab"}),
        json!({"name": "", "code": "1a", "count": 1, "share": 0.0, "tags": []}),
        json!({"name": "a", "either": [1, 2], "labels": {"a": 1, "b": 2}}),
        json!({"name": "a", "either": true}),
        json!({"name": "a", "day": "2024-02-29", "picture": "AP+A", "uuid": "6920b0c1"}),
    ] {
        let mock = MockServer::start().unwrap();
        let put = mock.start2().respond_with(());
        let typed: StartRequest = serde_json::from_value(body.clone()).unwrap();
        let call = mock.client().start2(Kind::Small, 7, &typed);
        call.await.unwrap();
        let request = &put.requests()[0];
        assert_eq!((&request.kind, request.id), (&Kind::Small, 7));
        assert_eq!(json!(request.body), body);
    }
}

/// What the types of the body do not accept.
#[tokio::test]
async fn types_of_bodies_are_checked() {
    let put = |mock: &MockServer, body: &Value| {
        let client = mock.client();
        let request = client.request(http::Method::PUT, "/things/small/7.json");
        request.json(body).call::<Value>()
    };
    for (body, reason) in [
        (json!({}), "missing field `name`"),
        (
            json!({"name": "a", "labels": {"a": "b"}}),
            r#"at `labels.a`: invalid type: string "b", expected i64"#,
        ),
        (
            json!({"name": "a", "count": 2.5}),
            "at `count`: invalid type: floating point `2.5`, expected i64",
        ),
        (
            json!({"name": "a", "picture": "?"}),
            "at `picture`: invalid base64",
        ),
        (
            json!({"name": "a", "day": "2024-02-30"}),
            "at `day`: input is out of range",
        ),
    ] {
        let mock = MockServer::start().unwrap();
        let error = put(&mock, &body).await.unwrap_err();
        let message = error.message().unwrap();
        assert!(
            message.contains(&format!(": start: request body: {reason}")),
            "{message}"
        );
        assert!(failure(mock).contains(reason), "{reason}");
    }
    // The type ignores keys that it does not know.
    let mock = MockServer::start().unwrap();
    let received = mock.start2().respond_with(());
    let call = put(&mock, &json!({"name": "a", "color": "red"}));
    assert!(call.await.unwrap().is_null());
    assert_eq!(received.requests().len(), 1);
}

#[tokio::test]
async fn parameters() {
    let mock = MockServer::start().unwrap();
    let value = Expectation::new("text", None)
        .kinds(vec![Kind::Large])
        .inner(Inner::new().clear_note());
    let got = mock.verify2().respond_with(value.clone());
    let since = "2024-02-29T23:59:59Z".parse().unwrap();
    let params = VerifyParams::new()
        .tag(["a&b", "c,d"])
        .since(since)
        .deep(true)
        .x_trace("abcd");
    let call = mock.client().verify(Kind::Large, 2, 9, &params);
    assert_eq!(call.await.unwrap(), value);
    let request = got.requests().remove(0);
    assert_eq!(
        (request.kind, request.id, request.page),
        (Kind::Large, 2, 9)
    );
    assert_eq!(request.tag, Some(vec!["a&b".to_owned(), "c,d".to_owned()]));
    assert_eq!((request.since, request.deep), (Some(since), Some(true)));
    assert_eq!(request.x_trace.as_deref(), Some("abcd"));
    drop(mock);

    // Values are not checked, types are.
    let mock = MockServer::start().unwrap();
    let got = mock.verify2().respond_with(value);
    let params = VerifyParams::new().tag(["a", "b", "c"]).x_trace("xyz");
    let call = mock.client().verify("tiny", 0, 10, &params);
    call.await.unwrap();
    assert_eq!(got.requests()[0].kind, Kind::from("tiny"));
    drop(mock);
    for (path, query, reason) in [
        (
            "/things/small/one.json",
            "page=1",
            r#"path parameter `id`: invalid type: string "one", expected i32"#,
        ),
        (
            "/things/small/1.json",
            "",
            "query parameter `page`: the required parameter is missing",
        ),
        (
            "/things/small/1.json",
            "page=1.5",
            r#"query parameter `page`: invalid type: string "1.5", expected i64"#,
        ),
        (
            "/things/small/1.json",
            "page=1&since=now",
            "query parameter `since`: input contains invalid characters",
        ),
        (
            "/things/small/1.json",
            "page=1&deep=yes",
            r#"query parameter `deep`: invalid type: string "yes", expected a boolean"#,
        ),
        (
            "/things/small/1.json",
            "page=1&depth=1",
            "query parameter `depth`: unknown query parameter",
        ),
    ] {
        let mock = MockServer::start().unwrap();
        let client = mock.client();
        let mut request = client.request(http::Method::GET, path);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap();
            request = request.query(name, value);
        }
        let call = request.call::<Value>();
        assert_rejected(call.await.unwrap_err(), mock, reason);
    }
}

/// The path without parameters goes before the one with them, and wants no credentials.
#[tokio::test]
async fn schemas_of_several_json_types() {
    let mock = MockServer::start().unwrap();
    mock.client2().respond_with_raw(200, "text/plain", "all of it");
    mock.put_text().respond_with(());
    let taken = mock.report2().respond_with(Kind::Large);
    let client = mock.client();
    assert_eq!(client.client().await.unwrap(), "all of it");
    client.put_text("note").await.unwrap();
    assert_eq!(
        client.report(Some(&Kind::Small)).await.unwrap(),
        Some(Kind::Large)
    );
    assert_eq!(client.report(None).await.unwrap(), Some(Kind::Large));
    let bodies: Vec<_> = taken
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(bodies, [Some(Kind::Small), None]);
}

#[tokio::test]
async fn errors_and_faults() {
    let mock = MockServer::start().unwrap();
    let from = "2024-01-01T00:00:00Z".parse().unwrap();
    let until = "2024-01-02T00:00:00Z".parse().unwrap();
    let fault = Fault::new(7, "f", from, "2024-01-01".parse().unwrap());
    assert_eq!((fault.until, fault.closed), (from, fault.opened));
    let fault = fault.until(until);
    mock.verify2().times(1).respond_with_error(404, fault);
    mock.verify2().fail_with(Failure::InvalidJson);
    let call = || {
        mock.client()
            .verify(Kind::Small, 1, 1, &VerifyParams::new())
    };
    let error = call().await.unwrap_err();
    let fault = error.decode::<Fault>().unwrap();
    assert_eq!((fault.from, fault.until), (from, until));
    assert_eq!(call().await.unwrap_err().kind(), ErrorKind::Decode);
}

/// Either of the alternatives will do, but one must be there.
#[tokio::test]
async fn credentials() {
    use std::io::{Read, Write};
    for (header, status) in [
        ("Authorization: Bearer x", 501),
        ("authorization: bearer x", 501),
        ("X-Key: x", 501),
        ("Authorization: Basic x", 400),
        ("X-Other: x", 400),
    ] {
        let mock = MockServer::start().unwrap();
        let mut stream = std::net::TcpStream::connect(&mock.base_url()[7..]).unwrap();
        let request = format!("GET /things/small/1.json?page=1 HTTP/1.0\r\n{header}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{header}: {answer}"
        );
        if status == 400 {
            let reason = "missing bearer token (header `authorization`), or API key (header `x-key`)";
            assert!(answer.contains(reason), "{answer}");
        }
        failure(mock);
    }
}
