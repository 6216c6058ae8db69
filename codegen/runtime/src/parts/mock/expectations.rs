//! The expectations of a test, what was received, and what was wrong with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::answer::Reply;
use super::check::{self, Checked};
use super::description::{Description, Endpoint, Read};
use super::http::{Answer, Received};
use super::route;
use super::server::lock;
use super::text::cut;

/// How the mock answers what the description does not allow, and what no expectation is set for.
/// The client tries neither again.
const REFUSED: u16 = 400;
const UNEXPECTED: u16 = 501;

/// Makes the answer to a request that an expectation has accepted.
pub(super) type Respond = Box<dyn FnOnce() -> Reply>;

/// Gives the answer, or says why the request is not the expected one.
type Accept = Box<dyn Fn(&Checked) -> Result<Respond, String> + Send + Sync>;

/// One expectation, whatever its types.
pub(super) struct Entry {
    pub(super) endpoint: &'static Endpoint,
    /// What it wants of requests, in words.
    pub(super) wants: Vec<String>,
    /// How often it is to be met; none for at least once.
    pub(super) times: Option<u32>,
    pub(super) met: AtomicU32,
    pub(super) accept: Accept,
}

pub(super) struct Expectations {
    description: Read,
    entries: Mutex<Vec<Arc<Entry>>>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// Every request and what it met.
    received: Vec<String>,
    problems: Vec<String>,
}

impl Expectations {
    pub(super) fn of(description: &Description) -> Self {
        Expectations {
            description: description.read(),
            entries: Mutex::default(),
            log: Mutex::default(),
        }
    }

    pub(super) fn add(&self, entry: Entry) {
        lock(&self.entries).push(Arc::new(entry));
    }

    /// Answers a request, and keeps what there is to say of it.
    pub(super) fn reply(&self, received: &Received) -> Reply {
        let what = described(received);
        let (reply, problem) = match self.judge(received) {
            Ok(reply) => (reply, None),
            Err((status, reason)) => {
                let problem = match status {
                    REFUSED => format!("refused: {what}: {reason}"),
                    _ => format!("unexpected: {what}: {reason}"),
                };
                let body = json!({"statusCode": status, "message": format!("mock: {problem}")});
                let body = body.to_string().into_bytes();
                let answer = Answer::new(status, "application/json", body);
                (Reply::Answer(answer), Some(problem))
            }
        };
        let mut log = lock(&self.log);
        log.received.push(format!("{what}: {}", reply.described()));
        log.problems.extend(problem);
        reply
    }

    /// Keeps that something came which is no request.
    pub(super) fn unreadable(&self, reason: &str) {
        let problem = format!("refused: what is no HTTP request: {reason}");
        lock(&self.log).problems.push(problem);
    }

    fn judge(&self, received: &Received) -> Result<Reply, (u16, String)> {
        let refused = |reason| (REFUSED, reason);
        let route =
            route::find(&self.description, &received.method, &received.path).map_err(refused)?;
        let id = route.endpoint.id;
        let request = check::check(&self.description, &route, received)
            .map_err(|problems| refused(format!("{id}: {}", problems.join("; "))))?;
        // Not held while a test's own code runs, which may set expectations.
        let entries = lock(&self.entries).clone();
        let mut reasons = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if !std::ptr::eq(entry.endpoint, route.endpoint) {
                continue;
            }
            let accepted = guarded(|| (entry.accept)(&request));
            let reason = match accepted.and_then(|accepted| accepted) {
                Err(reason) => reason,
                Ok(respond) if entry.claim() => {
                    return guarded(respond).map_err(|reason| (UNEXPECTED, reason));
                }
                Ok(_) => "it is used up".to_owned(),
            };
            reasons.push(format!("expectation {} of {id}: {reason}", index + 1));
        }
        Err((
            UNEXPECTED,
            match reasons.is_empty() {
                true => format!("no expectation is set for {id}"),
                false => reasons.join("; "),
            },
        ))
    }

    /// What is wrong, if anything is, with what was expected and received.
    pub(super) fn report(&self) -> Option<String> {
        let entries = lock(&self.entries);
        let log = lock(&self.log);
        let unmet = entries.iter().filter(|entry| !entry.is_met());
        let unmet = unmet.map(|entry| format!("not met: {}", entry.described()));
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
            "the mock is not satisfied:\n{}expected:\n{}received:\n{}",
            list(&problems),
            list(&expected),
            list(&log.received)
        ))
    }
}

impl Entry {
    /// Counts a request that is accepted, unless there were as many as expected.
    fn claim(&self) -> bool {
        let more = |met: u32| match self.times {
            Some(times) if met >= times => None,
            _ => Some(met.saturating_add(1)),
        };
        let update = self
            .met
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, more);
        update.is_ok()
    }

    fn is_met(&self) -> bool {
        let met = self.met.load(Ordering::SeqCst);
        self.times.map_or(met > 0, |times| met == times)
    }

    fn described(&self) -> String {
        let mut text = self.endpoint.id.to_owned();
        for want in &self.wants {
            text.push(' ');
            text.push_str(want);
        }
        let times = match self.times {
            None => "at least once".to_owned(),
            Some(times) => format!("{times} times"),
        };
        let met = self.met.load(Ordering::SeqCst);
        format!("{text}, {times}; received {met} times")
    }
}

/// A request in one line, without its headers, which hold the key.
fn described(received: &Received) -> String {
    let mut text = format!("{} {}", received.method, received.path);
    if !received.query.is_empty() {
        text.push('?');
        text.push_str(&received.query);
    }
    if !received.body.is_empty() {
        text.push(' ');
        text.push_str(&String::from_utf8_lossy(&received.body));
    }
    cut(&text)
}

/// Runs a test's own code, whose panic is told where the expectation is and does not end the server.
fn guarded<T>(code: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(code)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("its closure panicked: {}", text.unwrap_or("no text"))
    })
}
