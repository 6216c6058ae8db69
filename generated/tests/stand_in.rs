//! The stand-in answers as the vendor's server was measured to answer.

#[path = "../examples/stand_in/mod.rs"]
mod stand_in;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stand_in::{Options, StandIn};

const CREATE: &str = r#"{"title":"t","description":"d"}"#;

/// One kept-alive connection.
struct Connection(BufReader<TcpStream>);

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Connection {
    fn open(server: &StandIn) -> Self {
        let base_url = server.base_url();
        let stream = TcpStream::connect(base_url.trim_start_matches("http://")).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self(BufReader::new(stream))
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    fn receive(&mut self) -> Answer {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(
                self.0.read_line(&mut head).unwrap() > 0,
                "closed after {head:?}"
            );
        }
        let mut answer = Answer {
            status: head[9..12].parse().unwrap(),
            head,
            body: String::new(),
        };
        let length: usize = answer.header("content-length").unwrap().parse().unwrap();
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        answer.body = String::from_utf8(body).unwrap();
        answer
    }

    /// Sends a JSON body. `headers` is what comes on top, each line with its
    /// end.
    fn call(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let length = body.len();
        self.send(format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        ));
        self.receive()
    }

    fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0))
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines
            .find_map(|line| {
                line.split_once(": ")
                    .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            })
            .map(|(_, v)| v)
    }

    fn number(&self, name: &str) -> u64 {
        self.header(name).unwrap().parse().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The keys in the order in which they were sent.
    fn keys(&self) -> Vec<String> {
        let members = self.json();
        let mut keys: Vec<String> = members.as_object().unwrap().keys().cloned().collect();
        keys.sort_by_key(|key| self.body.find(&format!("\"{key}\":")));
        keys
    }
}

fn start() -> (StandIn, Connection, String) {
    let server = StandIn::start(Options {
        throttle_limit: u32::MAX,
        ..Options::default()
    })
    .unwrap();
    let connection = Connection::open(&server);
    let key = format!("X-API-Key: {}\r\n", server.api_key());
    (server, connection, key)
}

fn create(connection: &mut Connection, key: &str) -> String {
    let answer = connection.call("POST", "/v1/tasks", key, CREATE);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn successes_have_the_shape_of_the_wire() {
    let (server, mut connection, key) = start();
    let created = connection.call("POST", "/v1/tasks", &key, CREATE);
    let nine = [
        "id",
        "title",
        "description",
        "status",
        "createdAt",
        "updatedAt",
        "taskTemplateId",
        "integrationScheduleFrequency",
        "integrationLastRunAt",
    ];
    assert_eq!(
        (created.status, created.keys()),
        (201, nine.map(String::from).to_vec())
    );
    assert!(created.header("etag").unwrap().starts_with("W/\""));
    assert_eq!(created.header("keep-alive"), Some("timeout=5"));
    assert_eq!(
        created.header("content-type"),
        Some("application/json; charset=utf-8")
    );

    let id = created.json()["id"].as_str().unwrap().to_owned();
    let digits = id.strip_prefix("tsk_").unwrap();
    assert!(
        digits.len() == 24 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );

    let path = format!("/v1/tasks/{id}");
    let updated = connection.call("PATCH", &path, &key, r#"{"assigneeId":"mem_abc123"}"#);
    assert_eq!((updated.status, updated.keys().len()), (200, 24));
    assert_eq!(updated.json()["assignee"]["id"], "mem_abc123");
    assert_eq!(server.tasks(), [updated.json()]);
    assert_eq!(server.requests(), 2);
}

#[test]
fn a_repeated_create_makes_two_tasks() {
    let (server, mut connection, key) = start();
    let headers = format!("{key}Idempotency-Key: same\r\n");
    for _ in 0..2 {
        connection.call("POST", "/v1/tasks", &headers, CREATE);
    }
    assert_eq!(server.tasks().len(), 2);
}

#[test]
fn null_and_absent_are_the_same_on_create() {
    let (_server, mut connection, key) = start();
    let body = r#"{"title":"t","description":"d","assigneeId":null,"frequency":null,"department":null,
        "taskTemplateId":null,"vendorId":null,"controlIds":[]}"#;
    assert_eq!(connection.call("POST", "/v1/tasks", &key, body).status, 201);
}

#[test]
fn null_and_absent_differ_on_update() {
    let (_server, mut connection, key) = start();
    let path = format!("/v1/tasks/{}", create(&mut connection, &key));
    let mut update = |body: &str| connection.call("PATCH", &path, &key, body).json();

    let full = update(
        r#"{"assigneeId":"mem_abc123","approverId":"mem_def456","frequency":"monthly","department":"Customer Success",
            "reviewDate":"2025-01-01T01:00:00+01:00","status":"not_relevant","notRelevantJustification":"out of scope"}"#,
    );
    assert_eq!(full["reviewDate"], "2025-01-01T00:00:00.000Z");
    assert_eq!(full["notRelevantJustification"], "out of scope");
    assert_eq!(update("{}"), full);

    let cleared = update(
        r#"{"assigneeId":null,"approverId":null,"frequency":null,"department":null,"reviewDate":null}"#,
    );
    for key in [
        "assigneeId",
        "assignee",
        "approverId",
        "frequency",
        "department",
        "reviewDate",
    ] {
        assert!(cleared[key].is_null(), "{key}: {}", cleared[key]);
    }
    assert_eq!(cleared["status"], "not_relevant");
}

/// Method, path (`ID` stands for a task that exists), body, status, message.
type Refusal = (&'static str, &'static str, &'static str, u16, &'static str);

#[rustfmt::skip]
const REFUSALS: &[Refusal] = &[
    ("POST", "/v1/tasks", r#"{"description":"d"}"#, 400, "title and description are required"),
    ("POST", "/v1/tasks", r#"{"title":"","description":"d"}"#, 400, "title and description are required"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":null}"#, 400, "title and description are required"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","department":""}"#, 400, "department must not be empty (use null to clear)"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","frequency":"hourly"}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","assigneeId":"mem_nope"}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","controlIds":["nope"]}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","taskTemplateId":"nope"}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title":"t","description":"d","vendorId":"nope"}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title":7,"description":"d"}"#, 500, "Failed to create task"),
    ("POST", "/v1/tasks", r#"{"title": "x", "description": "#, 400, "Unexpected end of JSON input"),
    ("PATCH", "/v1/tasks/ID", r#"{"assigneeId":"mem_nope"}"#, 400, "Assignee is not a member of this organization"),
    ("PATCH", "/v1/tasks/ID", r#"{"reviewDate":"not-a-date"}"#, 400, "reviewDate is invalid"),
    ("PATCH", "/v1/tasks/ID", r#"{"department":""}"#, 400, "department must not be empty (use null to clear)"),
    ("PATCH", "/v1/tasks/ID", r#"{"status":"blocked"}"#, 500, "Failed to update task"),
    ("PATCH", "/v1/tasks/ID", r#"{"title":null}"#, 500, "Failed to update task"),
    ("PATCH", "/v1/tasks/ID", r#"{"description":null}"#, 500, "Failed to update task"),
    ("PATCH", "/v1/tasks/ID", r#"{"status":null}"#, 500, "Failed to update task"),
    ("PATCH", "/v1/tasks/ID", r#"{"title":"new","frequency":"hourly"}"#, 500, "Failed to update task"),
    ("PATCH", "/v1/tasks/tsk_nope", "{}", 400, "Task not found or access denied"),
    ("PATCH", "/v1/tasks/a%2Fb%20%C3%BC", "{}", 400, "Task not found or access denied"),
    ("PATCH", "/v1/tasks/bulk", "{}", 400, "taskIds must be a non-empty array"),
    ("PATCH", "/v1/tasks/reorder", "{}", 400, "updates must be a non-empty array"),
    ("PATCH", "/v1/tasks/", "{}", 404, "Cannot PATCH /v1/tasks/"),
    ("GET", "/x", "", 404, "Cannot GET /x"),
];

#[test]
fn refusals_have_the_shape_of_the_wire() {
    let (server, mut connection, key) = start();
    let id = create(&mut connection, &key);
    let before = server.tasks();
    for &(method, path, body, status, message) in REFUSALS {
        let answer = connection.call(method, &path.replace("ID", &id), &key, body);
        let error = match status {
            400 => "Bad Request",
            404 => "Not Found",
            _ => "Internal Server Error",
        };
        let expected = format!(
            r#"{{"message":{},"error":"{error}","statusCode":{status}}}"#,
            json!(message)
        );
        assert_eq!(
            (answer.status, answer.body),
            (status, expected),
            "{method} {path} {body}"
        );
    }
    assert_eq!(server.tasks(), before, "a refused update changes nothing");
}

#[test]
fn a_department_is_measured_in_utf_16_units() {
    let (_server, mut connection, key) = start();
    let mut create = |department: &str| {
        let body = json!({"title": "t", "description": "d", "department": department});
        connection
            .call("POST", "/v1/tasks", &key, &body.to_string())
            .status
    };
    assert_eq!(create(&"\u{1f512}".repeat(32)), 201);
    assert_eq!(create(&"\u{1f512}".repeat(33)), 400);
}

#[test]
fn keys_are_checked_after_the_body_and_before_the_operation() {
    let (_server, mut connection, key) = start();
    let mut call = |headers: &str, body: &str| {
        let answer = connection.call("POST", "/v1/tasks", headers, body);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        (
            answer.status,
            message,
            answer.header("x-ratelimit-limit").is_some(),
        )
    };
    let no_key =
        "Authentication required: Provide either X-API-Key, Bearer token, or session cookie"
            .to_owned();
    assert_eq!(call("", "{}"), (401, no_key, true));
    assert_eq!(
        call("X-API-Key: wrong\r\n", "{}"),
        (401, "Invalid or expired API key".to_owned(), true)
    );
    let scope = "API key lacks required permission scope".to_owned();
    assert_eq!(
        call("X-API-Key: comp_stand_in_key_without_scope\r\n", "{}"),
        (403, scope, true)
    );
    assert_eq!(
        call("", "{"),
        (400, "Unexpected end of JSON input".to_owned(), false)
    );
    assert_eq!(call(&key, "{}").0, 400);
}

#[test]
fn the_body_parser_and_the_http_server_refuse_early() {
    let (server, mut connection, _) = start();
    connection.send(
        "POST /v1/tasks HTTP/1.1\r\nContent-Type: application/json; charset=ISO-8859-1\r\nContent-Length: 2\r\n\r\n{}",
    );
    let answer = connection.receive();
    assert_eq!(answer.status, 415);
    assert_eq!(
        answer.body,
        r#"{"statusCode":415,"message":"unsupported charset \"ISO-8859-1\""}"#
    );

    let large = format!(r#"{{"title":"{}"}}"#, "x".repeat(1024 * 1024));
    let answer = connection.call("POST", "/v1/tasks", "", &large);
    assert_eq!(answer.status, 413);
    assert_eq!(
        answer.body,
        r#"{"statusCode":413,"message":"request entity too large"}"#
    );

    let path = format!("/v1/tasks/{}", "x".repeat(20_000));
    let answer = connection.call("PATCH", &path, "", "{}");
    assert_eq!((answer.status, answer.body.as_str()), (431, ""));
    assert!(connection.is_closed());

    for (request, status) in [
        (
            "POST /v1/tasks HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            411,
        ),
        (
            "POST /v1/tasks HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            400,
        ),
        (
            "POST /v1/tasks HTTP/1.1\r\nContent-Length: +2\r\n\r\n{}",
            400,
        ),
        ("nonsense\r\n\r\n", 400),
    ] {
        let mut connection = Connection::open(&server);
        connection.send(request);
        assert_eq!(connection.receive().status, status, "{request}");
        assert!(connection.is_closed(), "{request}");
    }
}

#[test]
fn a_broken_client_disturbs_nobody() {
    let (server, mut connection, key) = start();
    for bytes in [
        &b""[..], b"\r\n\r\n\r\n", b"\xff\xfe\x00 \x80 HTTP/1.1\r\n\xff: \xff\r\n\r\n", b"PATCH /v1/tasks/%f HTTP/1.1\r\n\r\n",
        b"PATCH /v1/tasks/%ff%00 HTTP/1.1\r\n\r\n", b"PATCH /v1/tasks/%\xc3\xbc HTTP/1.1\r\n\r\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n\xff\xff{\n",
        b"POST /v1/tasks HTTP/1.1\r\nContent-Length: 50\r\n\r\nshort", b"POST /v1/ta",
    ] {
        let mut broken = Connection::open(&server);
        broken.send(bytes);
        broken.0.get_ref().shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        broken.0.read_to_end(&mut answer).unwrap();
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
    }
    let deep = "[".repeat(200_000);
    assert_eq!(
        connection.call("POST", "/v1/tasks", &key, &deep).status,
        400
    );
    create(&mut connection, &key);
}

#[test]
fn the_throttle_counts_per_operation_whatever_the_key() {
    let options = Options {
        throttle_limit: 3,
        ..Options::default()
    };
    let server = StandIn::start(options).unwrap();
    let mut connection = Connection::open(&server);
    let key = format!("X-API-Key: {}\r\n", server.api_key());

    for (headers, status, remaining) in [(&*key, 201, 2), ("", 401, 1), (&*key, 201, 0)] {
        let answer = connection.call("POST", "/v1/tasks", headers, CREATE);
        assert_eq!(
            (answer.status, answer.number("x-ratelimit-remaining")),
            (status, remaining)
        );
        assert_eq!(answer.number("x-ratelimit-limit"), 3);
        assert!(
            (1..=60).contains(&answer.number("x-ratelimit-reset")),
            "seconds left"
        );
        assert_eq!(answer.header("retry-after"), None);
    }

    let refused = connection.call("POST", "/v1/tasks", &key, CREATE);
    assert_eq!((refused.status, refused.number("retry-after")), (429, 60));
    assert_eq!(
        refused.body,
        r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#
    );
    assert!(!refused.head.to_lowercase().contains("x-ratelimit"));
    thread::sleep(Duration::from_millis(1100));
    let refused = connection.call("POST", "/v1/tasks", &key, CREATE);
    assert!(
        (1..60).contains(&refused.number("retry-after")),
        "counts down"
    );

    let other = connection.call("PATCH", "/v1/tasks/tsk_nope", &key, "{}");
    assert_eq!(
        (other.status, other.number("x-ratelimit-remaining")),
        (400, 2),
        "counted apart"
    );
    assert_eq!(server.tasks().len(), 2, "a refused create creates nothing");
}

#[test]
fn the_throttle_lets_go_however_often_it_is_asked() {
    let window = Duration::from_millis(300);
    let options = Options {
        throttle_limit: 1,
        throttle_window: window,
        ..Options::default()
    };
    let server = StandIn::start(options).unwrap();
    let mut connection = Connection::open(&server);
    let key = format!("X-API-Key: {}\r\n", server.api_key());
    assert_eq!(
        connection.call("POST", "/v1/tasks", &key, CREATE).status,
        201
    );

    let begin = Instant::now();
    let mut refusals = 0;
    let admitted = loop {
        let answer = connection.call("POST", "/v1/tasks", &key, CREATE);
        if answer.status != 429 {
            break answer;
        }
        assert_eq!(answer.number("retry-after"), 1, "whole seconds, rounded up");
        refusals += 1;
        thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(admitted.status, 201);
    assert!(
        refusals > 0 && begin.elapsed() >= window,
        "{refusals} in {:?}",
        begin.elapsed()
    );
}

#[test]
fn idle_connections_are_closed() {
    let options = Options {
        keep_alive_timeout: Duration::from_millis(500),
        ..Options::default()
    };
    let server = StandIn::start(options).unwrap();
    let mut connection = Connection::open(&server);
    assert_eq!(connection.call("GET", "/x", "", "").status, 404);
    assert!(connection.is_closed());
}

#[test]
fn dropping_ends_open_connections_at_once() {
    let (server, mut connection, key) = start();
    create(&mut connection, &key);
    let mut half_sent = Connection::open(&server);
    half_sent.send("POST /v1/tasks HT");
    let silent = Connection::open(&server);

    let begin = Instant::now();
    drop(server);
    assert!(
        begin.elapsed() < Duration::from_secs(4),
        "{:?}",
        begin.elapsed()
    );
    assert!(connection.is_closed());
    drop((half_sent, silent));
}
