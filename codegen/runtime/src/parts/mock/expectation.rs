//! Expectations as a test sets them, in the types of the operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::Mock;
use super::answer::{Fault, Reply};
use super::check::Checked;
use super::description::Endpoint;
use super::expectations::{Entry, Expectations, Respond};
use super::http::Answer;
use super::server::lock;
use super::text::{cut, differences};

/// An expectation that is being set: which requests it is for, how often, and, last, the answer.
///
/// Expectations are tried in the order in which they were set; the first one that a request meets,
/// and that is not used up, answers it. Each attempt of a client counts as a request.
///
/// `R` is the request in the types of the operation, `T` what a success holds, `E` what the bodies
/// of the description's error answers hold.
#[must_use = "nothing is expected until an answer is given"]
pub struct Expectation<R, T, E> {
    expectations: Arc<Expectations>,
    endpoint: &'static Endpoint,
    decode: fn(&Checked) -> Result<R, String>,
    conditions: Vec<Condition<R>>,
    wants: Vec<String>,
    times: Option<u32>,
    answers: PhantomData<fn(T, E)>,
}

type Condition<R> = Box<dyn Fn(&R) -> Result<(), String> + Send + Sync>;

/// A request with a JSON body.
pub trait HasBody {
    /// The body's type.
    type Body: Serialize;

    /// The body.
    fn body(&self) -> &Self::Body;
}

/// Stands for successes that are not of one type of JSON. They are answered by
/// [`answers_raw`](Expectation::answers_raw).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {}

/// An expectation that is set, and the requests that met it.
pub struct Expected<R> {
    requests: Arc<Mutex<Vec<R>>>,
}

/// Begins an expectation. A function and not a method, so that it stays out of the public API.
pub fn expectation<R, T, E>(
    mock: &Mock,
    endpoint: &'static Endpoint,
    decode: fn(&Checked) -> Result<R, String>,
) -> Expectation<R, T, E> {
    Expectation {
        expectations: Arc::clone(&mock.expectations),
        endpoint,
        decode,
        conditions: Vec::new(),
        wants: Vec::new(),
        times: None,
        answers: PhantomData,
    }
}

impl<R: HasBody, T, E> Expectation<R, T, E> {
    /// Only requests with this body: equal on the wire, where the order of keys does not matter, but
    /// absent and null differ.
    pub fn with_body(mut self, body: &R::Body) -> Self {
        // What cannot be written as JSON, no request holds.
        let expected = serde_json::to_value(body);
        let shown = expected.as_ref().map(Value::to_string);
        let shown = shown.unwrap_or_else(|error| error.to_string());
        self.wants.push(format!("with the body {}", cut(&shown)));
        self.conditions.push(Box::new(move |request| {
            let received = serde_json::to_value(request.body());
            let differences = match (&expected, &received) {
                (Ok(expected), Ok(received)) => differences(expected, received, "body"),
                _ => vec!["the expected body cannot be written as JSON".to_owned()],
            };
            match differences.is_empty() {
                true => Ok(()),
                false => Err(differences.join("; ")),
            }
        }));
        self
    }
}

impl<R, T, E> Expectation<R, T, E>
where
    R: Clone + Send + Sync + 'static,
{
    /// Only requests for which the closure gives true.
    pub fn matching(mut self, condition: impl Fn(&R) -> bool + Send + Sync + 'static) -> Self {
        self.wants.push("matching a closure".to_owned());
        self.conditions.push(Box::new(move |request| {
            condition(request)
                .then_some(())
                .ok_or_else(|| "its closure gives false".to_owned())
        }));
        self
    }

    /// Exactly so many requests, in place of at least one. Behind them, the next expectation that
    /// fits takes over; 0 forbids them.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Answers with a success that holds this value.
    pub fn answers(self, value: T) -> Expected<R>
    where
        T: Serialize,
    {
        let reply = success(self.endpoint, &value);
        self.replies(move |_| reply.clone())
    }

    /// Answers with a success that holds what the closure makes of the request.
    pub fn answers_with(self, answer: impl Fn(&R) -> T + Send + Sync + 'static) -> Expected<R>
    where
        T: Serialize,
    {
        let endpoint = self.endpoint;
        self.replies(move |request| success(endpoint, &answer(request)))
    }

    /// Answers with this status, which is not a success, and this body.
    pub fn answers_error(self, status: u16, body: E) -> Expected<R>
    where
        E: Serialize,
    {
        let reply = json_answer(status, &body);
        self.replies(move |_| reply.clone())
    }

    /// Answers with a status and a body of any kind, such as a proxy's.
    pub fn answers_raw(
        self,
        status: u16,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> Expected<R> {
        let answer = Answer::new(status, content_type, body.into());
        self.replies(move |_| Reply::Answer(answer.clone()))
    }

    /// Answers with 429 and this `Retry-After`, in whole seconds, rounded up. The clients of the
    /// mock do not wait: they try again at once if it is zero, and else give the error at once.
    pub fn throttled(self, retry_after: Duration) -> Expected<R> {
        let body = match self.endpoint.throttled {
            Some(example) => example.to_owned(),
            None => json!({"message": "Too Many Requests"}).to_string(),
        };
        let mut answer = Answer::new(429, "application/json", body.into_bytes());
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        answer.headers.push(("Retry-After", seconds.to_string()));
        self.replies(move |_| Reply::Answer(answer.clone()))
    }

    /// Does not answer, but fails in this way.
    pub fn fault(self, fault: Fault) -> Expected<R> {
        let reply = Reply::Fault(fault, self.endpoint.success);
        self.replies(move |_| reply.clone())
    }

    fn replies(self, reply: impl Fn(&R) -> Reply + Send + Sync + 'static) -> Expected<R> {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, reply) = (Arc::clone(&requests), Arc::new(reply));
        let (decode, conditions) = (self.decode, self.conditions);
        self.expectations.add(Entry {
            endpoint: self.endpoint,
            wants: self.wants,
            times: self.times,
            met: AtomicU32::new(0),
            accept: Box::new(move |request| {
                let request = decode(request)?;
                for condition in &conditions {
                    condition(&request)?;
                }
                let (kept, reply) = (Arc::clone(&kept), Arc::clone(&reply));
                let respond: Respond = Box::new(move || {
                    lock(&kept).push(request.clone());
                    reply(&request)
                });
                Ok(respond)
            }),
        });
        Expected { requests }
    }
}

impl<R: Clone> Expected<R> {
    /// The requests that met this expectation so far.
    pub fn requests(&self) -> Vec<R> {
        lock(&self.requests).clone()
    }
}

fn success<T: Serialize>(endpoint: &Endpoint, value: &T) -> Reply {
    match endpoint.answers_json {
        true => json_answer(endpoint.success, value),
        false => Reply::Answer(Answer::empty(endpoint.success)),
    }
}

fn json_answer<T: Serialize>(status: u16, body: &T) -> Reply {
    Reply::Answer(match serde_json::to_vec(body) {
        Ok(body) => Answer::new(status, "application/json", body),
        // No value of the description's types is without JSON.
        Err(error) => {
            let text = format!("mock: the answer cannot be written as JSON: {error}");
            Answer::new(500, "text/plain", text.into_bytes())
        }
    })
}

impl<R, T, E> fmt::Debug for Expectation<R, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation")
            .field("operation", &self.endpoint.id)
            .field("wants", &self.wants)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

impl<R: fmt::Debug> fmt::Debug for Expected<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expected")
            .field(&lock(&self.requests))
            .finish()
    }
}
