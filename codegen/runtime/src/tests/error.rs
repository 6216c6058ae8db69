//! Texts of errors and responses.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::error::{Error, ErrorInner, ErrorKind};
use crate::runtime::response::Response;
use crate::runtime::secret::Redactor;

fn of_body(content_type: &str, body: &'static [u8]) -> Error {
    let mut headers = HeaderMap::new();
    headers.insert(
        "content-type",
        content_type.parse().expect("a header value"),
    );
    Error::new(ErrorInner {
        operation: Some("op"),
        status: Some(StatusCode::BAD_REQUEST),
        headers,
        body: Bytes::from_static(body),
        attempts: 1,
        ..ErrorInner::new(ErrorKind::Status)
    })
}

#[test]
fn the_message_of_the_server_is_found() {
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
fn without_a_message_the_status_is_displayed() {
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
fn display_is_one_line_whatever_the_server_sends() {
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
fn the_body_decodes_as_a_type_of_the_caller() {
    let error = of_body("application/json", br#"{"statusCode":400,"extra":[1,"x"]}"#);
    let value: serde_json::Value = error.decode().expect("it is JSON");
    assert_eq!(value["statusCode"], 400);
    type Strict = std::collections::BTreeMap<String, Vec<u8>>;
    let wrong = error.decode::<Strict>().expect_err("it is not that");
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert!(wrong.to_string().contains("statusCode"), "{wrong}");
    assert_eq!(wrong.body(), error.body());
}

#[test]
fn a_rate_limit_says_how_long_to_wait() {
    let error = Error::new(ErrorInner {
        operation: Some("op"),
        status: Some(StatusCode::TOO_MANY_REQUESTS),
        body: Bytes::from_static(br#"{"message":"slow down"}"#),
        retry_after: Some(Duration::from_secs(600)),
        attempts: 2,
        ..ErrorInner::new(ErrorKind::Status)
    });
    assert_eq!(
        error.to_string(),
        "op: 429 Too Many Requests: slow down (the server asks to wait 600 s; 2 attempts)"
    );
}

/// `main` prints an error with `Debug`.
#[test]
fn debug_is_the_line_of_display_and_its_alternate_form_the_parts() {
    let error = of_body("application/json", br#"{"message":"m"}"#);
    assert_eq!(format!("{error:?}"), "op: 400 Bad Request: m");
    let parts = format!("{error:#?}");
    for part in ["kind: Status", "attempts: 1", r#"{\"message\":\"m\"}"#] {
        assert!(parts.contains(part), "{part}: {parts}");
    }
}

#[test]
fn kinds_are_one_word() {
    assert_eq!(ErrorKind::InvalidInput.to_string(), "invalid_input");
    assert_eq!(format!("{:>8}", ErrorKind::Status), "  status");
}

#[test]
fn debug_of_a_response_hides_a_credential_that_the_server_echoes() {
    let response = Response {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        raw_body: Bytes::new(),
        body: vec!["your key is key_0123456789".to_owned()],
        attempts: 1,
        redactor: Redactor::of_client(&["key_0123456789"]),
    };
    assert_eq!(
        format!("{response:?}"),
        r#"Response { status: 200, attempts: 1, body: ["your key is [hidden]"], .. }"#
    );
    assert!(!format!("{response:#?}").contains("key_"));
}
