//! What an error says, from every kind of body.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::error::{Error, ErrorInner, ErrorKind};

fn of_body(content_type: &str, body: &'static [u8]) -> Error {
    let mut headers = HeaderMap::new();
    headers.insert(
        "content-type",
        content_type.parse().expect("a header value"),
    );
    Error::new(ErrorInner {
        kind: ErrorKind::Status,
        operation: Some("op"),
        status: Some(StatusCode::BAD_REQUEST),
        headers,
        body: Bytes::from_static(body),
        attempts: 1,
        ..ErrorInner::default()
    })
}

#[test]
fn the_servers_message_is_found() {
    for (body, message) in [
        (
            r#"{"message":"m","error":"Bad Request","statusCode":400}"#,
            "m",
        ),
        (r#"{"statusCode":400,"message":"m"}"#, "m"),
        (r#"{"message":["a","b"],"error":"e"}"#, "a; b"),
        (r#"{"message":[],"error":"e"}"#, "e"),
        (r#"{"error":{"message":"deep"}}"#, "deep"),
        (r#"{"title":"t"}"#, "t"),
        (r#""only text""#, "only text"),
    ] {
        let error = of_body("application/json", body.as_bytes());
        assert_eq!(error.message().as_deref(), Some(message), "{body}");
        assert_eq!(error.to_string(), format!("op: 400 Bad Request: {message}"));
    }
    let plain = of_body("text/plain; charset=utf-8", b" upstream gone \n");
    assert_eq!(plain.message().as_deref(), Some("upstream gone"));
}

#[test]
fn a_hint_follows_the_message_of_its_status() {
    let error = || of_body("application/json", br#"{"message":"m"}"#);
    let hints = [(400, "usually a wrong id"), (500, "usually invalid input")];
    let text = "op: 400 Bad Request: m; usually a wrong id";
    assert_eq!(error().with_hint(&hints).to_string(), text);
    let text = "op: 400 Bad Request: m";
    assert_eq!(error().with_hint(&hints[1..]).to_string(), text);
}

#[test]
fn a_body_without_a_message_leaves_the_status() {
    for (content_type, body) in [
        ("text/html", &b"<html>502</html>"[..]),
        ("application/json", b""),
        ("application/json", b"{\"message\":\"cut o"),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"{\"message\":null}"),
        ("application/json", b"17"),
        ("text/plain", b""),
    ] {
        let error = of_body(content_type, body);
        assert_eq!(error.message(), None);
        assert_eq!(error.to_string(), "op: 400 Bad Request");
        assert_eq!(error.body(), body);
    }
}

#[test]
fn display_stays_in_one_line_whatever_the_server_says() {
    let body = br#"{"message":"a\nb\r\u001b[31mred\u202ertl"}"#;
    let error = of_body("application/json", body);
    let shown = error.to_string();
    assert_eq!(shown, "op: 400 Bad Request: a b \\u{1b}[31mred\\u{202e}rtl");
    assert_eq!(
        error.message().as_deref(),
        Some("a\nb\r\u{1b}[31mred\u{202e}rtl")
    );
    let long = format!(r#"{{"message":"{}"}}"#, "x".repeat(100_000));
    let error = of_body(
        "application/json",
        Box::leak(long.into_boxed_str()).as_bytes(),
    );
    assert!(error.to_string().len() < 1000);
    assert!(format!("{error:?}").len() < 2000);
}

#[test]
fn the_body_is_read_as_a_type_of_the_callers() {
    let error = of_body("application/json", br#"{"statusCode":400,"extra":[1,"x"]}"#);
    let value: serde_json::Value = error.decode().expect("it is JSON");
    assert_eq!(value["statusCode"], 400);
    type Strict = std::collections::BTreeMap<String, Vec<u8>>;
    let wrong = error.decode::<Strict>().expect_err("it is not that");
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert!(wrong.to_string().contains("statusCode"), "{wrong}");
    assert_eq!(wrong.body(), error.body());
}
