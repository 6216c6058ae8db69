//! Requests to endpoints that are not in the description.

use crate::support::{CannedResponse, Server};
use comp_ai_client::ErrorKind;
use http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_request_has_the_base_url_and_the_key() {
    let server = Server::start(CannedResponse::json(200, r#"{"data":[1]}"#));
    let call = server
        .client_below("/compliance/")
        .request(Method::POST, "/v1/tasks/bulk")
        .query("page", 2)
        .query_each("tag", ["a&b", "c d"])
        .header("x-trace", "1")
        .json(&json!({"ids": ["tsk_1"]}))
        .call::<Value>();
    assert_eq!(call.await.unwrap(), json!({"data": [1]}));

    let request = server.take_request();
    assert_eq!(
        request.request_line(),
        "POST /compliance/v1/tasks/bulk?page=2&tag=a%26b&tag=c%20d HTTP/1.1"
    );
    assert!(request.header("x-api-key").is_some());
    assert_eq!(request.header("x-trace"), Some("1"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), r#"{"ids":["tsk_1"]}"#);
}

#[tokio::test]
async fn call_without_body_accepts_any_body() {
    let server = Server::start(CannedResponse::new(204, "text/plain", ""));
    let client = server.client();
    let call = client
        .request(Method::DELETE, "/v1/tasks/tsk_1")
        .call_without_body();
    assert_eq!(call.send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn invalid_paths_and_headers_are_rejected_before_sending() {
    let server = Server::start(CannedResponse::json(200, "{}"));
    let client = server.client();
    for path in [
        "",
        "v1",
        "/v1?x=1",
        "/v1#x",
        "/v1/../x",
        "/v1/%2e%2E/x",
        "/a b",
        "//x\n",
    ] {
        let call = client.request(Method::GET, path).call::<Value>();
        assert_eq!(
            call.await.unwrap_err().kind(),
            ErrorKind::InvalidInput,
            "{path:?}"
        );
    }
    for (name, value) in [
        ("", "x"),
        ("a b", "x"),
        ("x-a", "b\r\nx-injected: 1"),
        ("host", "elsewhere.example"),
        ("content-length", "0"),
        ("transfer-encoding", "chunked"),
    ] {
        let request = client.request(Method::GET, "/v1").header(name, value);
        let error = request.call::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name:?}");
    }
    assert_eq!(server.take_requests().len(), 0);
}
