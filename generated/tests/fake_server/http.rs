//! Connections: broken clients, idle connections, and stopping the server.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use super::fake_server::{FakeServer, Options};
use super::{Api, NEW_TASK};

fn connect(server: &FakeServer) -> TcpStream {
    let base_url = server.base_url();
    let stream = TcpStream::connect(base_url.trim_start_matches("http://")).unwrap();
    let limit = Some(Duration::from_secs(30));
    stream.set_read_timeout(limit).unwrap();
    stream
}

/// Everything that the server sends until it closes the connection.
fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .expect("the end of the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A client that breaks the protocol gets a 4xx response or none, and disturbs no other client.
#[tokio::test]
async fn a_broken_client_disturbs_nobody() {
    let api = Api::unlimited();
    for bytes in [
        &b""[..],
        b"\r\n\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"\xff\xfe\x00 \x80 HTTP/1.1\r\n\xff: \xff\r\n\r\n",
        b"PATCH /v1/tasks/%f HTTP/1.1\r\n\r\n",
        b"PATCH /v1/tasks/%ff%00 HTTP/1.1\r\n\r\n",
        b"PATCH /v1/tasks/%\xc3\xbc HTTP/1.1\r\n\r\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n\xff\xff{\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Length: 50\r\n\r\nshort",
        b"POST /v1/ta",
    ] {
        let mut broken = connect(&api.server);
        broken.write_all(bytes).unwrap();
        broken.shutdown(Shutdown::Write).unwrap();
        let response = read_all(broken);
        let rejected = response.is_empty() || response.starts_with("HTTP/1.1 4");
        assert!(rejected, "{response}");
    }
    assert_eq!(api.create("[".repeat(200_000)).await.status, 400);
    assert_eq!(api.create(NEW_TASK).await.status, 201);
    assert_eq!(api.server.tasks().len(), 1);
}

#[test]
fn idle_connections_are_closed() {
    let server = FakeServer::start(Options {
        keep_alive_timeout: Duration::from_millis(100),
        ..Options::default()
    });
    let server = server.unwrap();
    let mut stream = connect(&server);
    stream
        .write_all(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    assert!(read_all(stream).starts_with("HTTP/1.1 404 "));
    // A connection on which nothing was ever sent.
    assert_eq!(read_all(connect(&server)), "");
}

/// Requests in progress do not keep the server from stopping.
#[test]
fn dropping_the_server_closes_its_connections() {
    let server = FakeServer::start(Options {
        keep_alive_timeout: Duration::from_secs(3600),
        ..Options::default()
    });
    let server = server.unwrap();
    let mut half_sent = connect(&server);
    half_sent.write_all(b"POST /v1/tasks HT").unwrap();
    let idle = connect(&server);
    while server.connections() < 2 {
        std::thread::yield_now();
    }
    drop(server);
    // Reset or closed, but not left open.
    for mut stream in [half_sent, idle] {
        let end = stream.read(&mut [0]);
        let timed_out =
            matches!(&end, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock);
        assert!(!timed_out && !matches!(end, Ok(1)), "{end:?}");
    }
}

/// Each reset loses the response; half of them happen after the request was handled.
#[tokio::test]
async fn injected_resets_lose_responses_before_and_after_handling() {
    let api = Api::start(Options {
        reset_one_in: 1,
        ..Options::default()
    });
    const REQUESTS: usize = 20;
    for _ in 0..REQUESTS {
        let url = api.server.base_url() + "/v1/tasks";
        let request = api
            .client
            .post(url)
            .header("X-API-Key", api.server.api_key());
        let request = request.header("Content-Type", "application/json");
        assert!(request.body(NEW_TASK).send().await.is_err());
    }
    assert_eq!(api.server.resets(), REQUESTS);
    let created = api.server.tasks().len();
    assert!((1..REQUESTS).contains(&created), "{created}");
}
