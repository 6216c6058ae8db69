//! All expectations of a mock server, the requests that it received, and the problems with them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::check;
use super::endpoint::Endpoint;
use super::http::{HttpRequest, HttpResponse};
use super::lock::lock;
use super::rejection::Rejection;
use super::request::MockRequest;
use super::response::MockResponse;
use super::route;
use super::text::cut;
use crate::runtime::Scheme;

/// Status of the response to a rejected request. The client does not retry it.
const REJECTED: u16 = 400;
/// Status of the response to a request without a matching expectation. The client does not retry it.
const UNEXPECTED: u16 = 501;

/// Creates the response to a request that an expectation matches.
pub(super) type Respond = Box<dyn FnOnce() -> MockResponse>;

/// Returns how to respond, or why the request does not match.
type Match = Box<dyn Fn(&MockRequest<'_>) -> Result<Respond, String> + Send + Sync>;

/// One expectation, without its types.
pub(super) struct Entry {
    pub(super) endpoint: &'static Endpoint,
    /// What it requires of a request, in words.
    pub(super) conditions: Vec<String>,
    /// Expected number of requests, or `None` for at least one.
    pub(super) times: Option<u32>,
    pub(super) received: AtomicU32,
    pub(super) matches: Match,
}

pub(super) struct Expectations {
    endpoints: &'static [&'static Endpoint],
    schemes: &'static [Scheme],
    entries: Mutex<Vec<Arc<Entry>>>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// Every request with its response, one line each.
    requests: Vec<String>,
    problems: Vec<String>,
}

/// Why a request gets no response of an expectation.
enum Problem {
    Rejected(Option<&'static Endpoint>, Vec<Rejection>),
    Unexpected(String),
}

impl Expectations {
    pub(super) fn new(endpoints: &'static [&'static Endpoint], schemes: &'static [Scheme]) -> Self {
        Expectations {
            endpoints,
            schemes,
            entries: Mutex::default(),
            log: Mutex::default(),
        }
    }

    pub(super) fn add(&self, entry: Entry) {
        lock(&self.entries).push(Arc::new(entry));
    }

    /// Returns the response to a request, and records both.
    pub(super) fn respond(&self, request: &HttpRequest) -> MockResponse {
        let summary = summary(request);
        let result = self.find(request);
        let response = match &result {
            Ok(response) => response.clone(),
            Err(problem) => problem.response(&summary),
        };
        let mut log = lock(&self.log);
        log.requests
            .push(format!("{summary}: {}", response.described()));
        if let Err(problem) = result {
            log.problems.push(problem.report(&summary));
        }
        response
    }

    /// Records that bytes arrived which are not an HTTP request.
    pub(super) fn record_invalid(&self, reason: &str) {
        let problem = format!("received bytes that are not an HTTP request: {reason}");
        lock(&self.log).problems.push(problem);
    }

    fn find(&self, request: &HttpRequest) -> Result<MockResponse, Problem> {
        let route = route::find(self.endpoints, &request.method, &request.path)
            .map_err(|rejection| Problem::Rejected(None, vec![rejection]))?;
        let endpoint = route.endpoint;
        let received = MockRequest::new(request, route.path);
        let rejections = check::check(endpoint, self.schemes, request, &received);
        if !rejections.is_empty() {
            return Err(Problem::Rejected(Some(endpoint), rejections));
        }
        self.first_match(endpoint, &received)
            .map_err(Problem::Unexpected)
    }

    fn first_match(
        &self,
        endpoint: &'static Endpoint,
        request: &MockRequest<'_>,
    ) -> Result<MockResponse, String> {
        let id = endpoint.operation.id;
        // Closures of the test run without the lock, as they may add expectations.
        let entries = lock(&self.entries).clone();
        let mut reasons = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if !std::ptr::eq(entry.endpoint, endpoint) {
                continue;
            }
            let matched = catch_panic(|| (entry.matches)(request)).and_then(|matched| matched);
            let reason = match matched {
                Err(reason) => reason,
                Ok(respond) if entry.claim() => return catch_panic(respond),
                Ok(_) => "it has received all requests that it expects".to_owned(),
            };
            reasons.push(format!("expectation {} of {id}: {reason}", index + 1));
        }
        Err(match reasons.is_empty() {
            true => format!("{id} has no expectation"),
            false => reasons.join("; "),
        })
    }

    /// Returns what is wrong, or `None` if every expectation is met.
    pub(super) fn report(&self) -> Option<String> {
        let entries = lock(&self.entries);
        let log = lock(&self.log);
        let unmet = entries.iter().filter(|entry| !entry.is_met());
        let unmet = unmet.map(|entry| format!("unmet expectation: {}", entry.described()));
        let problems: Vec<String> = unmet.chain(log.problems.iter().cloned()).collect();
        if problems.is_empty() {
            return None;
        }
        let expected: Vec<String> = entries.iter().map(|entry| entry.described()).collect();
        let list = |lines: &[String]| match lines {
            [] => "  nothing\n".to_owned(),
            lines => (1..)
                .zip(lines)
                .map(|(number, line)| format!("  {number}. {line}\n"))
                .collect(),
        };
        Some(format!(
            "the mock server's expectations are not met:\n{}expected:\n{}received:\n{}",
            list(&problems),
            list(&expected),
            list(&log.requests)
        ))
    }
}

impl Problem {
    /// The response that tells the client what is wrong.
    fn response(&self, summary: &str) -> MockResponse {
        let (status, message) = match self {
            Problem::Rejected(endpoint, rejections) => {
                let rejections: Vec<String> = rejections.iter().map(ToString::to_string).collect();
                let id = endpoint.map(|endpoint| format!("{}: ", endpoint.operation.id));
                let id = id.unwrap_or_default();
                let rejections = rejections.join("; ");
                (REJECTED, format!("rejected {summary}: {id}{rejections}"))
            }
            Problem::Unexpected(reason) => (UNEXPECTED, format!("unexpected {summary}: {reason}")),
        };
        let body = json!({"statusCode": status, "message": format!("mock server: {message}")});
        let body = body.to_string().into_bytes();
        MockResponse::Http(HttpResponse::new(status, "application/json", body))
    }

    /// The same for a report, where each rejection has lines of its own.
    fn report(&self, summary: &str) -> String {
        match self {
            Problem::Rejected(endpoint, rejections) => {
                let id = endpoint.map(|endpoint| format!("{} ", endpoint.operation.id));
                let id = id.unwrap_or_default();
                let lines: String = rejections.iter().map(Rejection::lines).collect();
                format!("rejected request: {id}{summary}{lines}")
            }
            Problem::Unexpected(reason) => format!("unexpected request: {summary}: {reason}"),
        }
    }
}

impl Entry {
    /// Counts a request, unless the expectation has received all that it expects.
    fn claim(&self) -> bool {
        let more = |received: u32| match self.times {
            Some(times) if received >= times => None,
            _ => Some(received.saturating_add(1)),
        };
        let update = self
            .received
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, more);
        update.is_ok()
    }

    fn is_met(&self) -> bool {
        let received = self.received.load(Ordering::SeqCst);
        self.times.map_or(received > 0, |times| received == times)
    }

    fn described(&self) -> String {
        let mut text = self.endpoint.operation.id.to_owned();
        for condition in &self.conditions {
            text.push(' ');
            text.push_str(condition);
        }
        let times = match self.times {
            None => "at least 1 request".to_owned(),
            Some(1) => "1 request".to_owned(),
            Some(times) => format!("{times} requests"),
        };
        let received = self.received.load(Ordering::SeqCst);
        format!("{text}: expected {times}, received {received}")
    }
}

/// A request in one line, without its headers, which contain the credential.
fn summary(request: &HttpRequest) -> String {
    let mut text = format!("{} {}", request.method, request.path);
    if !request.query.is_empty() {
        text.push('?');
        text.push_str(&request.query);
    }
    if !request.body.is_empty() {
        text.push(' ');
        text.push_str(&String::from_utf8_lossy(&request.body));
    }
    cut(&text)
}

/// Runs a closure of the test. A panic is reported with the expectation and does not end the server.
fn catch_panic<T>(code: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(code)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("its closure panicked: {}", text.unwrap_or("no message"))
    })
}
