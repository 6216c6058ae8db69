//! The faults, each with the script of a server that has it.

use std::time::Duration;

use comp_ai_client::ClientBuilder;

use super::answers::{TASK, answer, head, json, refusal, task};
use super::server::{Action, Server};
use super::{builder, refusing};

/// A fault, and how to meet it.
pub struct Case {
    /// What the server does, as the table says it.
    pub name: &'static str,
    /// Whether a call that succeeds comes first, on the same connection.
    pub warm: bool,
    target: Target,
    attempt_timeout: Option<Duration>,
    max_response_size: Option<u64>,
}

enum Target {
    /// A server that does this.
    Script(Vec<Action>),
    /// The same, reached as https.
    Tls(Vec<Action>),
    /// An address, with nobody behind it.
    Nobody(String),
}

const GIGABYTE: u64 = 1 << 30;

/// Short, for servers that would use up whatever is given to them.
const SHORT: Duration = Duration::from_millis(400);

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

    fn script(name: &'static str, script: impl Into<Vec<Action>>) -> Self {
        Case::new(name, Target::Script(script.into()))
    }

    /// The server answers every request with these bytes.
    fn answers(name: &'static str, bytes: Vec<u8>) -> Self {
        Case::script(name, [Action::Answer(bytes)])
    }

    /// The server that has the fault, if one is to listen, and the client that meets it.
    pub fn start(&self) -> (Option<Server>, ClientBuilder) {
        let (server, mut builder) = match &self.target {
            Target::Script(script) => {
                let server = Server::start(script.clone());
                let builder = builder(server.url());
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
    cases.extend(answers());
    cases.extend(statuses());
    cases.extend(sequences());
    cases
}

fn connections() -> Vec<Case> {
    // No resolver is asked for a name with a label of more than 63 characters.
    let unknown = format!("http://{}.invalid", "x".repeat(64));
    let stall = |name, bytes: Vec<u8>| Case {
        attempt_timeout: Some(SHORT),
        ..Case::script(name, [Action::Stall(bytes)])
    };
    vec![
        Case::new("refuses connections", Target::Nobody(refusing())),
        Case::new("has a name that does not resolve", Target::Nobody(unknown)),
        Case::new(
            "does not speak TLS on an https port",
            Target::Tls(vec![Action::AnswerAnything(answer(
                "400 Bad Request",
                &[],
                "",
            ))]),
        ),
        Case::script("closes connections at once", [Action::CloseAtOnce]),
        Case::script("resets before it reads the request", [Action::ResetUnread]),
        Case::script("resets after it has read the request", [Action::ResetRead]),
        Case::script("closes instead of answering", [Action::CloseRead]),
        Case {
            warm: true,
            ..Case::script(
                "drops an idle connection as the request starts",
                [
                    Action::Answer(task()),
                    Action::ResetUnread,
                    Action::Answer(task()),
                ],
            )
        },
        stall("stalls before the answer", Vec::new()),
        stall("stalls in the head", b"HTTP/1.1 201 Cre".to_vec()),
        stall("stalls in the body", head("201 Created", &[], 100)),
        stall(
            "stalls in the body of a 503",
            head("503 Service Unavailable", &[], 100),
        ),
    ]
}

fn answers() -> Vec<Case> {
    let created = |name, body: &[u8]| Case::answers(name, answer("201 Created", &[], body));
    let flood = |name, status: &str| Case {
        max_response_size: Some(64 * 1024),
        ..Case::script(name, [Action::Flood(head(status, &[], GIGABYTE), GIGABYTE)])
    };
    let length = |name, length: usize| {
        let mut bytes = head("201 Created", &[], length);
        bytes.extend_from_slice(TASK.as_bytes());
        Case::script(name, [Action::AnswerAndClose(bytes)])
    };
    let chunked =
        format!("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n999\r\n{TASK}");
    let chunked = chunked.into_bytes();
    let old = format!("HTTP/1.0 201 Created\r\n\r\n{TASK}").into_bytes();
    let interim = [b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(), task()].concat();
    let headers = format!("x-long: {}", "x".repeat(1 << 20));
    vec![
        Case::script(
            "answers garbage instead of HTTP",
            [Action::AnswerAndClose(b"\x00\x16garbage\r\n\r\n".to_vec())],
        ),
        Case::script(
            "answers headers of 1 MB",
            [Action::AnswerAndClose(answer(
                "201 Created",
                &[&headers],
                TASK,
            ))],
        ),
        Case::script("cuts a chunked body", [Action::AnswerAndClose(chunked)]),
        Case::answers("answers 103, then 201", interim),
        Case::script(
            "answers 201 in HTTP/1.0, without a length",
            [Action::AnswerAndClose(old)],
        ),
        length("says a content-length that is too long", TASK.len() + 1),
        length("says a content-length that is too short", TASK.len() - 1),
        created("answers JSON that is cut off", &TASK.as_bytes()[..50]),
        created(
            "answers JSON of another shape",
            br#"{"id":"tsk_abc123","title":7}"#,
        ),
        created("answers 201 with HTML", b"<html>hello</html>"),
        created(
            "answers 201 with text that is not UTF-8",
            b"{\"id\":\"\xff\xfe\"}",
        ),
        created("answers 201 with an empty body", b""),
        Case::answers("answers 204", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        flood("answers 201 with a body of 1 GB", "201 Created"),
        flood(
            "answers 500 with a body of 1 GB",
            "500 Internal Server Error",
        ),
    ]
}

fn statuses() -> Vec<Case> {
    let message = |name, status| Case::answers(name, refusal(status, "no"));
    let list = r#"{"message":["title is wrong","status is wrong"],"statusCode":400}"#;
    let html = answer(
        "502 Bad Gateway",
        &["content-type: text/html"],
        "<h1>no</h1>",
    );
    let elsewhere = format!("location: {}/elsewhere", refusing());
    let too_large = refusal("413 Payload Too Large", "no");
    let later = |status, wait: &str| {
        let body = format!(r#"{{"statusCode":{status},"message":"later"}}"#);
        answer(
            status,
            &[
                "content-type: application/json",
                &format!("retry-after: {wait}"),
            ],
            body,
        )
    };
    vec![
        message("answers 400", "400 Bad Request"),
        Case::answers(
            "answers 400 with a list of messages",
            json("400 Bad Request", list),
        ),
        Case::answers(
            "answers 400 with text that is not UTF-8",
            answer(
                "400 Bad Request",
                &["content-type: text/plain"],
                b"\xff\xfe",
            ),
        ),
        message("answers 401", "401 Unauthorized"),
        message("answers 403", "403 Forbidden"),
        message("answers 404", "404 Not Found"),
        message("answers 413", "413 Payload Too Large"),
        Case::script(
            "answers 413 before it reads the body",
            [Action::AnswerHead(too_large)],
        ),
        message("answers 415", "415 Unsupported Media Type"),
        Case::answers(
            "answers 431 with an empty body",
            answer("431 Headers", &[], ""),
        ),
        message("answers 429", "429 Too Many Requests"),
        Case::answers("answers 429 with `Retry-After: 0`", later("429 Slow", "0")),
        Case::answers(
            "answers 429 with `Retry-After: 600`",
            later("429 Slow", "600"),
        ),
        message("answers 500", "500 Internal Server Error"),
        Case::answers("answers 502 with HTML", html),
        message("answers 503", "503 Service Unavailable"),
        Case::answers(
            "answers 503 with `Retry-After: 600`",
            later("503 Later", "600"),
        ),
        message("answers 504", "504 Gateway Timeout"),
        Case::answers(
            "answers 307 to another origin",
            answer("307 Temporary Redirect", &[&elsewhere], ""),
        ),
    ]
}

fn sequences() -> Vec<Case> {
    let busy = Action::Answer(refusal("503 Service Unavailable", "busy"));
    let slow = Action::Answer(refusal("429 Too Many Requests", "slow"));
    let bad = Action::Answer(refusal("400 Bad Request", "no"));
    let good = Action::Answer(task());
    vec![
        Case::script("answers 503, then 201", [busy.clone(), good.clone()]),
        Case::script("answers 429, then 201", [slow.clone(), good.clone()]),
        Case::script("resets, then answers 201", [Action::ResetRead, good]),
        Case::script("resets, then answers 400", [Action::ResetRead, bad.clone()]),
        Case::script("answers 429, then 400", [slow.clone(), bad]),
        Case::script("answers 429, then resets", [slow, Action::ResetRead]),
    ]
}
