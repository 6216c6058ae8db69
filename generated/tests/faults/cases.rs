//! The faults, each with a server that has the fault.

use std::time::Duration;

use comp_ai_client::ClientBuilder;

use super::support::responses::{flood, reset, untyped};
use super::support::{CannedResponse, Server, TASK, builder, closed_port, error, task};

/// A fault.
pub struct Case {
    /// First column of the table: what the server does.
    pub name: &'static str,
    /// Whether the connection is used by a successful call before.
    pub warm: bool,
    target: Target,
    pub attempt_timeout: Option<Duration>,
    max_response_size: Option<u64>,
}

enum Target {
    /// A server with this script.
    Script(Vec<CannedResponse>),
    /// The same server with an https URL.
    Tls(Vec<CannedResponse>),
    /// A URL without a server.
    Nobody(String),
}

const GIGABYTE: usize = 1 << 30;

/// Timeout for servers that do not respond.
const SHORT_TIMEOUT: Duration = Duration::from_secs(1);

impl Case {
    fn new(name: &'static str, target: Target) -> Self {
        Case {
            name,
            warm: false,
            target,
            attempt_timeout: None,
            max_response_size: None,
        }
    }

    fn script(name: &'static str, script: impl Into<Vec<CannedResponse>>) -> Self {
        Case::new(name, Target::Script(script.into()))
    }

    /// Starts the server that has the fault, if there is one, and returns a builder for its client.
    pub fn start(&self) -> (Option<Server>, ClientBuilder) {
        let (server, mut builder) = match &self.target {
            Target::Script(script) => {
                let server = Server::start(script.clone());
                let builder = builder(server.origin());
                (Some(server), builder)
            }
            Target::Tls(script) => {
                let server = Server::start(script.clone());
                let builder = builder(format!("https://{}", server.address())).no_proxy();
                (Some(server), builder)
            }
            Target::Nobody(url) => (None, builder(url).danger_allow_http()),
        };
        if let Some(limit) = self.attempt_timeout {
            builder = builder.attempt_timeout(limit);
        }
        if let Some(limit) = self.max_response_size {
            builder = builder.max_response_size(limit);
        }
        (server, builder)
    }
}

/// Every fault, in the order of the table.
pub fn all() -> Vec<Case> {
    let mut cases = connections();
    cases.extend(responses());
    cases.extend(statuses());
    cases.extend(sequences());
    cases
}

fn connections() -> Vec<Case> {
    // A label of more than 63 characters fails without a request to a name server.
    let unresolvable = format!("http://{}.invalid", "x".repeat(64));
    let stall = |name, response: CannedResponse| Case {
        attempt_timeout: Some(SHORT_TIMEOUT),
        ..Case::script(name, response.stalled())
    };
    let plain_http = CannedResponse::empty(400).at_first_byte().closing();
    vec![
        Case::new("refuses connections", Target::Nobody(closed_port())),
        Case::new(
            "has a name that does not resolve",
            Target::Nobody(unresolvable),
        ),
        Case::new(
            "does not speak TLS on an https port",
            Target::Tls(vec![plain_http]),
        ),
        Case {
            attempt_timeout: Some(SHORT_TIMEOUT),
            ..Case::new(
                "stalls in the TLS handshake",
                Target::Tls(vec![CannedResponse::none().at_first_byte().stalled()]),
            )
        },
        Case::script(
            "closes connections at once",
            CannedResponse::none().when_connected().closing(),
        ),
        Case::script(
            "resets before it reads the request",
            reset().at_first_byte(),
        ),
        Case::script("resets after it has read the request", reset()),
        Case::script(
            "closes instead of responding",
            CannedResponse::none().closing(),
        ),
        Case {
            warm: true,
            ..Case::script(
                "drops an idle connection as the request starts",
                [task(), reset().at_first_byte(), task()],
            )
        },
        stall("stalls before the response", CannedResponse::none()),
        stall(
            "stalls in the head",
            CannedResponse::raw("HTTP/1.1 201 Cre"),
        ),
        stall("stalls in the body", CannedResponse::empty(201)),
        stall("stalls in the body of a 503", CannedResponse::empty(503)),
    ]
}

fn responses() -> Vec<Case> {
    let created = |name, body: &[u8]| Case::script(name, untyped(201, body));
    let flood = |name, status| Case {
        max_response_size: Some(64 * 1024),
        ..Case::script(name, flood(status, GIGABYTE, &Default::default()))
    };
    let announced = |name, length| {
        let response = untyped(201, TASK).announcing(length);
        Case::script(name, response.closing())
    };
    let raw = |name, bytes: String| Case::script(name, CannedResponse::raw(bytes).closing());
    let with_length = format!("Content-Length: {}\r\n\r\n{TASK}", TASK.len());
    let interim = format!("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\n{with_length}");
    let headers = task().header("X-Long", &"x".repeat(1 << 20));
    vec![
        raw(
            "responds with garbage instead of HTTP",
            "\0\u{16}garbage\r\n\r\n".to_owned(),
        ),
        Case::script("responds with headers of 1 MB", headers.closing()),
        raw(
            "cuts off a chunked body",
            format!("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n999\r\n{TASK}"),
        ),
        Case::script("responds with 103, then 201", CannedResponse::raw(interim)),
        raw(
            "responds with 201 in HTTP/1.0, without a length",
            format!("HTTP/1.0 201 Created\r\n\r\n{TASK}"),
        ),
        announced("sends a content-length that is too long", TASK.len() + 1),
        announced("sends a content-length that is too short", TASK.len() - 1),
        created("responds with incomplete JSON", &TASK.as_bytes()[..50]),
        created(
            "responds with JSON of another shape",
            br#"{"id":"tsk_abc123","title":7}"#,
        ),
        created("responds with 201 and HTML", b"<html>hello</html>"),
        created(
            "responds with 201 and text that is not UTF-8",
            b"{\"id\":\"\xff\xfe\"}",
        ),
        created("responds with 201 and an empty body", b""),
        Case::script("responds with 204", CannedResponse::empty(204)),
        flood("responds with 201 and a body of 1 GB", 201),
        flood("responds with 500 and a body of 1 GB", 500),
    ]
}

fn statuses() -> Vec<Case> {
    let message = |name, status| Case::script(name, error(status, "no"));
    let list = r#"{"message":["title is wrong","status is wrong"],"statusCode":400}"#;
    let not_utf8 = CannedResponse::new(400, "text/plain", b"\xff\xfe");
    let html = CannedResponse::new(502, "text/html", "<h1>no</h1>");
    let elsewhere = format!("{}/elsewhere", closed_port());
    let later = |status, wait| error(status, "later").header("Retry-After", wait);
    vec![
        message("responds with 400", 400),
        Case::script(
            "responds with 400 and a list of messages",
            CannedResponse::json(400, list),
        ),
        Case::script("responds with 400 and text that is not UTF-8", not_utf8),
        message("responds with 401", 401),
        message("responds with 403", 403),
        message("responds with 404", 404),
        message("responds with 413", 413),
        Case::script(
            "responds with 413 before it reads the body",
            error(413, "no").before_body(),
        ),
        message("responds with 415", 415),
        Case::script(
            "responds with 431 and an empty body",
            CannedResponse::empty(431),
        ),
        message("responds with 429", 429),
        Case::script("responds with 429 and `Retry-After: 0`", later(429, "0")),
        Case::script(
            "responds with 429 and `Retry-After: 600`",
            later(429, "600"),
        ),
        message("responds with 500", 500),
        Case::script("responds with 502 and HTML", html),
        message("responds with 503", 503),
        Case::script(
            "responds with 503 and `Retry-After: 600`",
            later(503, "600"),
        ),
        message("responds with 504", 504),
        Case::script(
            "responds with 307 to another origin",
            CannedResponse::empty(307).header("Location", &elsewhere),
        ),
    ]
}

fn sequences() -> Vec<Case> {
    let busy = || error(503, "busy");
    let slow = || error(429, "slow");
    let bad = || error(400, "no");
    vec![
        Case::script("responds with 503, then 201", [busy(), task()]),
        Case::script("responds with 429, then 201", [slow(), task()]),
        Case::script("resets, then responds with 201", [reset(), task()]),
        Case::script("resets, then responds with 400", [reset(), bad()]),
        Case::script("responds with 429, then 400", [slow(), bad()]),
        Case::script("responds with 429, then resets", [slow(), reset()]),
    ]
}
