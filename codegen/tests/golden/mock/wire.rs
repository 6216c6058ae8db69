//! The mock of an API whose requests have every constraint: what the client's types let through and
//! the description does not allow is refused, each with its place.
#![cfg(feature = "mock")]
#![allow(dead_code, reason = "the server is for other cases")]

mod server;

use golden_mock::mock::{Fault as Failure, Mock};
use golden_mock::types::{Expectation, Fault, Inner, Kind, StartRequest, VerifyParams};
use golden_mock::{Error, ErrorKind};
use serde_json::{Value, json};

/// What the mock says of a request in the end.
fn complaint(mock: Mock) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || drop(mock)));
    *panic.expect_err("it panics").downcast().unwrap()
}

fn assert_refused(error: Error, mock: Mock, reason: &str) {
    assert_eq!(error.status().unwrap(), 400, "{reason}: {error}");
    let message = error.message().unwrap();
    assert!(
        message.ends_with(&format!(": {reason}")),
        "{reason}: {message}"
    );
    assert!(complaint(mock).contains(reason));
}

#[tokio::test]
async fn bodies() {
    let cases = [
        (json!({"name": "ab"}), ""),
        (json!({"name": "äöü€x", "either": "text", "share": 0.1}), ""),
        (
            json!({"name": "a", "either": [1, 2], "labels": {"a": 1}}),
            "",
        ),
        (
            json!({"name": "a", "uuid": "6920b0c1-accc-9105-df53-8311aabbccdd", "day": "2024-02-29",
                   "picture": "AP+A", "count": 4, "code": "12", "tags": ["a", "b"]}),
            "",
        ),
        (
            json!({"name": ""}),
            "body.name has 0 characters, and must have at least 1",
        ),
        (
            json!({"name": "äöü€xy"}),
            "body.name has 6 characters, and must have at most 5",
        ),
        (
            json!({"name": "a", "code": "1a"}),
            r#"body.code is "1a", and must match the pattern `^\d+$`"#,
        ),
        (
            json!({"name": "a", "uuid": "6920b0c1"}),
            r#"body.uuid is "6920b0c1", and must be of the format uuid"#,
        ),
        (
            json!({"name": "a", "count": 1}),
            "body.count is 1, and must be at least 2; body.count is 1, and must be a multiple of 2",
        ),
        (
            json!({"name": "a", "count": 8}),
            "body.count is 8, and must be at most 6",
        ),
        (
            json!({"name": "a", "share": 0.0}),
            "body.share is 0.0, and must be more than 0.0",
        ),
        (
            json!({"name": "a", "tags": []}),
            "body.tags has 0 items, and must have at least 1",
        ),
        (
            json!({"name": "a", "tags": ["a", "b", "a"]}),
            "body.tags[2] is there twice, and must not be",
        ),
        (
            json!({"name": "a", "labels": {"a": 1, "b": 2}}),
            "body.labels has 2 properties, and must have at most 1",
        ),
        (
            json!({"name": "a", "either": true}),
            "body.either fits no alternative: body.either is true, and must be a string, or \
             body.either is true, and must be an array",
        ),
    ];
    for (body, reason) in cases {
        let mock = Mock::start().unwrap();
        let put = mock.start2().answers(());
        let typed: StartRequest = serde_json::from_value(body.clone()).unwrap();
        let call = mock.client().start2(Kind::Small, 7, &typed);
        match call.await {
            Ok(()) => {
                assert_eq!(reason, "");
                let request = &put.requests()[0];
                assert_eq!((&request.kind, request.id), (&Kind::Small, 7));
                assert_eq!(json!(request.body), body);
            }
            Err(error) => assert_refused(error, mock, reason),
        }
    }
}

/// What the types cannot hold.
#[tokio::test]
async fn raw_bodies() {
    for (body, reason) in [
        (
            json!({"name": "a", "color": "red"}),
            "body.color is not in the description, which allows no other keys",
        ),
        (
            json!({"name": "a", "labels": {"a": "b"}}),
            "body.labels.a is \"b\", and must be an integer",
        ),
        (
            json!({"name": "a", "count": 2.5}),
            "body.count is 2.5, and must be an integer; body.count",
        ),
        (
            json!({"name": "a", "picture": "?"}),
            "body.picture is \"?\", and must be of the format byte",
        ),
        (
            json!({"name": "a", "day": "2024-02-30"}),
            "body.day is \"2024-02-30\", and must be of the format date",
        ),
    ] {
        let mock = Mock::start().unwrap();
        let call = mock
            .client()
            .request(http::Method::PUT, "/things/small/7.json");
        let error = call.json(&body).call::<Value>().await.unwrap_err();
        let message = error.message().unwrap();
        let reason = reason.split(';').next().unwrap();
        assert!(message.ends_with(&format!(": {reason}")), "{message}");
        assert!(complaint(mock).contains(reason));
    }
}

#[tokio::test]
async fn parameters() {
    let mock = Mock::start().unwrap();
    let value = Expectation::new("text", None)
        .kinds(vec![Kind::Large])
        .inner(Inner::new().clear_note());
    let got = mock.verify2().answers(value.clone());
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

    for (kind, id, page, params, reason) in [
        (
            "tiny",
            1,
            1,
            VerifyParams::new(),
            r#"path parameter `kind` is "tiny", and must be one of "small", "large""#,
        ),
        (
            "small",
            0,
            1,
            VerifyParams::new(),
            "path parameter `id` is 0, and must be at least 1",
        ),
        (
            "small",
            1,
            10,
            VerifyParams::new(),
            "query parameter `page` is 10, and must be less than 10",
        ),
        (
            "small",
            1,
            1,
            VerifyParams::new().tag(["ab", "c"]),
            "query parameter `tag`[1] has 1 characters, and must have at least 2",
        ),
        (
            "small",
            1,
            1,
            VerifyParams::new().tag(["ab", "cd", "ef"]),
            "query parameter `tag` has 3 items, and must have at most 2",
        ),
        (
            "small",
            1,
            1,
            VerifyParams::new().x_trace("xyz"),
            "header parameter `X-Trace` is \"xyz\", and must match the pattern `^[a-f]{4}$`",
        ),
    ] {
        let mock = Mock::start().unwrap();
        let call = mock.client().verify(kind, id, page, &params);
        assert_refused(call.await.unwrap_err(), mock, reason);
    }
}

/// The path without parameters goes before the one with them, and wants no credentials.
#[tokio::test]
async fn what_is_not_one_json_type() {
    let mock = Mock::start().unwrap();
    mock.client2().answers_raw(200, "text/plain", "all of it");
    mock.put_text().answers(());
    let taken = mock.report2().answers(Kind::Large);
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
    let mock = Mock::start().unwrap();
    mock.verify2().times(1).answers_error(404, Fault::new(7));
    mock.verify2().fault(Failure::NotJson);
    let call = || {
        mock.client()
            .verify(Kind::Small, 1, 1, &VerifyParams::new())
    };
    let error = call().await.unwrap_err();
    assert_eq!(error.decode::<Fault>().unwrap().code, 7);
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
        let mock = Mock::start().unwrap();
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
            let reason =
                "the header Authorization of the scheme bearer, or the header X-Key is missing";
            assert!(answer.contains(reason), "{answer}");
        }
        complaint(mock);
    }
}
