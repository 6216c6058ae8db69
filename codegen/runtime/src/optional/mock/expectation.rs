//! One expectation, as a test sets it, in the types of its operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::endpoint::Endpoint;
use super::expectations::{Entry, Expectations, Respond};
use super::http::HttpResponse;
use super::lock::lock;
use super::rejection::Rejection;
use super::request::{Decode, MockRequest};
use super::response::{Fault, MockResponse};
use super::text::{cut, differences};

/// An expectation that is not complete: it says which requests it matches and how many, and takes effect
/// with its response.
///
/// Expectations are tried in the order in which they were added. The first one that matches a request,
/// and has not received all requests that it expects, responds. Each attempt of a client counts as a
/// request.
///
/// `R` is the type of the operation's requests, `T` the type of a successful response body, `E` the type
/// of an error response body.
#[must_use = "an expectation takes effect when its response is set"]
pub struct Expectation<R, T, E> {
    expectations: Arc<Expectations>,
    endpoint: &'static Endpoint,
    decode: DecodeFn<R>,
    matchers: Vec<Matcher<R>>,
    conditions: Vec<String>,
    times: Option<u32>,
    response: PhantomData<fn(T, E)>,
}

type DecodeFn<R> = fn(&MockRequest<'_>) -> Result<R, Rejection>;
type Matcher<R> = Box<dyn Fn(&R) -> Result<(), String> + Send + Sync>;

/// A request with a JSON body.
///
/// This trait is sealed: only request types of this module implement it.
pub trait HasBody: Decode {
    /// Type of the body.
    type Body: Serialize;

    /// Returns the body.
    fn body(&self) -> &Self::Body;
}

/// Response type of an operation whose successful responses are not JSON of one type. Use
/// [`respond_with_raw`](Expectation::respond_with_raw).
#[allow(dead_code, reason = "an API may have no such operation")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {}

/// The requests that matched an expectation.
pub struct ReceivedRequests<R> {
    requests: Arc<Mutex<Vec<R>>>,
}

impl<R: Decode, T, E> Expectation<R, T, E> {
    pub(super) fn new(expectations: Arc<Expectations>, endpoint: &'static Endpoint) -> Self {
        Expectation {
            expectations,
            endpoint,
            decode: R::decode,
            matchers: Vec::new(),
            conditions: Vec::new(),
            times: None,
            response: PhantomData,
        }
    }
}

impl<R: HasBody, T, E> Expectation<R, T, E> {
    /// Matches only requests whose body serializes to the same JSON as `body`.
    ///
    /// The order of keys is not significant. An absent key and null differ.
    pub fn match_body(mut self, body: &R::Body) -> Self {
        let expected = serde_json::to_value(body);
        let shown = expected.as_ref().map(Value::to_string);
        let shown = shown.unwrap_or_else(|error| error.to_string());
        self.conditions
            .push(format!("with the body {}", cut(&shown)));
        self.matchers.push(Box::new(move |request| {
            let received = serde_json::to_value(request.body());
            let differences = match (&expected, &received) {
                (Ok(expected), Ok(received)) => differences(expected, received, "body"),
                // No request has such a body.
                _ => vec!["the expected body does not serialize to JSON".to_owned()],
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
    /// Matches only requests for which the closure returns true.
    ///
    /// A panic of the closure, such as a failed assertion, counts as no match and is reported.
    pub fn match_request(mut self, matcher: impl Fn(&R) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push("that a closure accepts".to_owned());
        self.matchers.push(Box::new(move |request| {
            matcher(request)
                .then_some(())
                .ok_or_else(|| "its closure returned false".to_owned())
        }));
        self
    }

    /// Sets the exact number of requests. Default: at least one.
    ///
    /// Further requests go to the next expectation that matches. With 0, such a request is an error.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Responds with the operation's success status and `body`.
    pub fn respond_with(self, body: T) -> ReceivedRequests<R>
    where
        T: Serialize,
    {
        let response = success(self.endpoint, &body);
        self.respond(move |_| response.clone())
    }

    /// Responds with the operation's success status and the body that the closure creates for the
    /// request.
    pub fn respond_with_fn(
        self,
        body: impl Fn(&R) -> T + Send + Sync + 'static,
    ) -> ReceivedRequests<R>
    where
        T: Serialize,
    {
        let endpoint = self.endpoint;
        self.respond(move |request| success(endpoint, &body(request)))
    }

    /// Responds with an error status and `body`, of the description's type for errors.
    ///
    /// # Panics
    ///
    /// If `status` is not between 200 and 599.
    #[track_caller]
    pub fn respond_with_error(self, status: u16, body: E) -> ReceivedRequests<R>
    where
        E: Serialize,
    {
        assert_is_final(status);
        let response = json_response(status, &body);
        self.respond(move |_| response.clone())
    }

    /// Responds with any status, content type and body, such as those of a proxy.
    ///
    /// # Panics
    ///
    /// If `status` is not between 200 and 599.
    #[track_caller]
    pub fn respond_with_raw(
        self,
        status: u16,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> ReceivedRequests<R> {
        assert_is_final(status);
        let response = HttpResponse::new(status, content_type, body.into());
        self.respond(move |_| MockResponse::Http(response.clone()))
    }

    /// Responds with 429 and this `Retry-After`, rounded up to whole seconds.
    ///
    /// Clients of the mock server never wait, because of their retry policy: with zero they retry at once, with
    /// more they return the error at once.
    pub fn respond_with_rate_limit(self, retry_after: Duration) -> ReceivedRequests<R> {
        let body = match self.endpoint.rate_limit_body {
            Some(example) => example.to_owned(),
            None => json!({"message": "Too Many Requests"}).to_string(),
        };
        let mut response = HttpResponse::new(429, "application/json", body.into_bytes());
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        response.headers.push(("Retry-After", seconds.to_string()));
        self.respond(move |_| MockResponse::Http(response.clone()))
    }

    /// Fails in this way in place of a response.
    pub fn fail_with(self, fault: Fault) -> ReceivedRequests<R> {
        let response = MockResponse::Fault(fault, self.endpoint.success);
        self.respond(move |_| response.clone())
    }

    fn respond(
        self,
        response: impl Fn(&R) -> MockResponse + Send + Sync + 'static,
    ) -> ReceivedRequests<R> {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (recorded, response) = (Arc::clone(&requests), Arc::new(response));
        let (decode, matchers) = (self.decode, self.matchers);
        self.expectations.add(Entry {
            endpoint: self.endpoint,
            conditions: self.conditions,
            times: self.times,
            received: AtomicU32::new(0),
            matches: Box::new(move |request| {
                let request = decode(request).map_err(|rejection| rejection.to_string())?;
                for matcher in &matchers {
                    matcher(&request)?;
                }
                let (recorded, response) = (Arc::clone(&recorded), Arc::clone(&response));
                let respond: Respond = Box::new(move || {
                    lock(&recorded).push(request.clone());
                    response(&request)
                });
                Ok(respond)
            }),
        });
        ReceivedRequests { requests }
    }
}

impl<R: Clone> ReceivedRequests<R> {
    /// Returns the requests so far, in the order in which they arrived.
    pub fn requests(&self) -> Vec<R> {
        lock(&self.requests).clone()
    }
}

#[track_caller]
fn assert_is_final(status: u16) {
    assert!(
        (200..600).contains(&status),
        "{status} is not the status of a response; use one between 200 and 599"
    );
}

fn success<T: Serialize>(endpoint: &Endpoint, body: &T) -> MockResponse {
    match endpoint.has_json_body {
        true => json_response(endpoint.success, body),
        false => MockResponse::Http(HttpResponse::empty(endpoint.success)),
    }
}

fn json_response<T: Serialize>(status: u16, body: &T) -> MockResponse {
    MockResponse::Http(match serde_json::to_vec(body) {
        Ok(body) => HttpResponse::new(status, "application/json", body),
        // Every value of the generated types serializes.
        Err(error) => {
            let text = format!("mock server: the response body does not serialize: {error}");
            HttpResponse::new(500, "text/plain", text.into_bytes())
        }
    })
}

impl<R, T, E> fmt::Debug for Expectation<R, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation")
            .field("operation", &self.endpoint.operation.id)
            .field("conditions", &self.conditions)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

impl<R: fmt::Debug> fmt::Debug for ReceivedRequests<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReceivedRequests")
            .field(&lock(&self.requests))
            .finish()
    }
}
