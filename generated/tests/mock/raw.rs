//! Requests that the client would not send, as bytes.

use std::io::{Read, Write};
use std::net::TcpStream;

use comp_ai_client::mock::MockServer;

use super::{failure_report, task};

/// Sends these bytes, and returns everything until the server closes the connection.
pub fn exchange(mock: &MockServer, bytes: &[u8]) -> String {
    let address = mock.base_url().replace("http://", "");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut response = Vec::new();
    // The server may reset the connection if it does not read everything.
    let _ = stream.read_to_end(&mut response);
    String::from_utf8(response).unwrap()
}

const HEAD: &str = "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nX-API-Key: key\r\n\
                    Content-Type: Application/JSON; charset=utf-8\r\n";

#[test]
fn chunked_and_pipelined_requests_are_read() {
    let mock = MockServer::start().unwrap();
    let created = mock.create_task().times(2).respond_with(task("tsk_1"));
    let body = r#"{"title":"one","description":"d"}"#;
    let (first, second) = body.split_at(7);
    let chunked = format!(
        "{HEAD}Transfer-Encoding: chunked\r\n\r\n{:x};a=b\r\n{first}\r\n{:X}\r\n{second}\r\n0\r\nT: 1\r\n\r\n",
        first.len(),
        second.len()
    );
    let body = r#"{"title":"two","description":"d"}"#;
    let sized = format!("\r\n{HEAD}Content-Length: {}\r\n\r\n{body}", body.len());
    let response = exchange(&mock, format!("{chunked}{sized}").as_bytes());
    assert_eq!(response.matches("HTTP/1.1 201").count(), 2, "{response}");
    let titles: Vec<String> = created
        .requests()
        .into_iter()
        .map(|request| request.body.title)
        .collect();
    assert_eq!(titles, ["one", "two"]);
}

/// Invalid HTTP is reported, and the server accepts further connections.
#[tokio::test]
async fn invalid_http_ends_its_connection_only() {
    let cases: [(&[u8], &str); 7] = [
        (b"nonsense\r\n\r\n", "invalid request line"),
        (
            b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "a header without a colon",
        ),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\n",
            "incomplete or too large headers",
        ),
        (
            b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
            "invalid `Content-Length`",
        ),
        (
            b"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
            "body larger than 64 MiB",
        ),
        (
            b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "invalid chunk size",
        ),
        (b"\xff\xfe\x00 / HTTP/1.1\r\n\r\n", "valid UTF-8"),
    ];
    for (bytes, reason) in cases {
        let mock = MockServer::start().unwrap();
        let response = exchange(&mock, bytes);
        assert!(
            response.starts_with("HTTP/1.1 400 "),
            "{reason}: {response}"
        );
        assert!(response.contains(reason), "{reason}: {response}");
        mock.update_task().respond_with(task("tsk_1"));
        let call = mock.client().update_task("tsk_1", &Default::default());
        call.await.unwrap();
        let failure_report = failure_report(mock);
        assert!(
            failure_report.contains(reason),
            "{reason}: {failure_report}"
        );
    }
}
