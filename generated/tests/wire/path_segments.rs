//! A task id is one segment of the path, whatever characters it has.

use crate::support::{CannedResponse, PUBLISHED_TASK, Server};
use comp_ai_client::ErrorKind;
use comp_ai_client::types::UpdateTask;

/// Paths of base URLs, and the prefix of `/v1/tasks` in the request line.
const BASES: [(&str, &str); 5] = [
    ("", ""),
    ("/", ""),
    ("/compliance", "/compliance"),
    ("/compliance/", "/compliance"),
    ("/a%2Fb/c", "/a%2Fb/c"),
];

/// Task ids, and the path segment that each becomes.
const SEGMENTS: [(&str, &str); 22] = [
    ("tsk_abc123def456", "tsk_abc123def456"),
    ("-._~", "-._~"),
    ("a b/c?d#e%2F", "a%20b%2Fc%3Fd%23e%252F"),
    ("/", "%2F"),
    ("//", "%2F%2F"),
    ("../../v1/tasks/x", "..%2F..%2Fv1%2Ftasks%2Fx"),
    ("..\\x", "..%5Cx"),
    ("\\", "%5C"),
    (";", "%3B"),
    ("+", "%2B"),
    ("\t", "%09"),
    ("\n", "%0A"),
    ("\r\nX-Injected: 1", "%0D%0AX-Injected%3A%201"),
    ("\0", "%00"),
    (" ", "%20"),
    ("%2e", "%252e"),
    ("%2e%2e", "%252e%252e"),
    ("...", "..."),
    ("a:b@c", "a%3Ab%40c"),
    ("é検🔐", "%C3%A9%E6%A4%9C%F0%9F%94%90"),
    ("bulk/", "bulk%2F"),
    ("{taskId}", "%7BtaskId%7D"),
];

fn server() -> Server {
    Server::start(CannedResponse::json(200, PUBLISHED_TASK))
}

#[tokio::test]
async fn an_id_is_one_segment_below_every_base_url() {
    let server = server();
    for (base, prefix) in BASES {
        let client = server.client_below(base);
        for (id, segment) in SEGMENTS {
            client.update_task(id, &UpdateTask::new()).await.unwrap();
            assert_eq!(
                server.take_request().request_line(),
                format!("PATCH {prefix}/v1/tasks/{segment} HTTP/1.1"),
                "{id:?} below {base:?}"
            );
        }
    }
}

#[tokio::test]
async fn every_reserved_ascii_byte_is_percent_encoded() {
    let server = server();
    let client = server.client();
    let mut all = (String::new(), String::new());
    for byte in 0..=127_u8 {
        let id = char::from(byte).to_string();
        let segment = if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            id.clone()
        } else {
            format!("%{byte:02X}")
        };
        all.0 += &id;
        all.1 += &segment;
        // With a letter, because a dot alone is rejected.
        let id = format!("x{id}");
        client.update_task(&*id, &UpdateTask::new()).await.unwrap();
        assert_eq!(
            server.take_request().request_line(),
            format!("PATCH /v1/tasks/x{segment} HTTP/1.1"),
            "{id:?}"
        );
    }
    let (id, segment) = all;
    client.update_task(id, &UpdateTask::new()).await.unwrap();
    assert_eq!(
        server.take_request().request_line(),
        format!("PATCH /v1/tasks/{segment} HTTP/1.1")
    );
}

#[tokio::test]
async fn an_id_of_another_route_is_rejected_before_sending() {
    let server = server();
    for (base, _) in BASES {
        let client = server.client_below(base);
        for id in [
            "", ".", "..", "bulk", "BULK", "Bulk", "bulK", "reorder", "REORDER", "ReOrder",
        ] {
            let call = client.update_task(id, &UpdateTask::new().title("New title"));
            let error = call.await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id:?}: {error}");
            assert_eq!(error.attempts(), 0, "{id:?}");
            assert!(!error.may_have_been_applied(), "{id:?}");
            assert!(error.to_string().contains("taskId"), "{id:?}: {error}");
        }
    }
    assert_eq!(server.take_connections(), 0);
}

#[tokio::test]
async fn an_id_that_is_too_long_is_rejected_before_sending() {
    let server = server();
    let client = server.client();
    let id = "x".repeat(20_000);
    client.update_task(&id, &UpdateTask::new()).await.unwrap();
    let line = format!("PATCH /v1/tasks/{id} HTTP/1.1");
    assert_eq!(server.take_request().request_line(), line);
    assert_eq!(server.take_connections(), 1);

    let id = "x".repeat(70_000);
    let call = client.update_task(id, &UpdateTask::new());
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(!error.may_have_been_applied());
    assert_eq!(server.take_connections(), 0);
    assert!(server.take_requests().is_empty());
}

/// Only the complete segment selects another route.
#[tokio::test]
async fn an_id_that_contains_the_name_of_another_route_is_sent() {
    let server = server();
    let client = server.client();
    for id in ["bulk1", "xbulk", "reorder_", "bulk bulk"] {
        client.update_task(id, &UpdateTask::new()).await.unwrap();
    }
    assert_eq!(server.take_requests().len(), 4);
}
