//! Sends a request, as often as its retries allow, with reqwest and Tokio's clock.

use std::error::Error as _;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::Url;

use super::base_url;
use super::client_inner::ClientInner;
use super::error::{Error, ErrorKind};
use super::prepared::{CallOptions, PreparedRequest};
use super::received::ReceivedResponse;
use super::retry::RetryPolicy;
use super::retry_decision::{Attempts, Failure, Now, RawResponse, RetryDecision};
use super::secret::Redactor;
use super::trace::Span;

/// Makes a call: its attempts, and the waits between them.
pub(crate) async fn send(
    client: Arc<ClientInner>,
    prepared: Result<PreparedRequest, Error>,
    options: CallOptions,
) -> Result<ReceivedResponse, Error> {
    let mut prepared = prepared?;
    if tokio::runtime::Handle::try_current().is_err() {
        let reason =
            "there is no Tokio runtime; await the call in one, or use the feature `blocking`";
        return Err(Error::invalid_input(reason).of_operation(prepared.operation));
    }
    let span = Span::of(&client, &prepared);
    let result = span
        .around(exchange(&client, &mut prepared, &options, &span))
        .await;
    span.end(match &result {
        Ok(received) => Ok((received.response.status, received.attempts)),
        Err(error) => Err(error),
    });
    result
}

async fn exchange(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    options: &CallOptions,
    span: &Span,
) -> Result<ReceivedResponse, Error> {
    let once = RetryPolicy::none();
    let (policy, limit) = match prepared.is_single_use() {
        // A body of any size has the time of the call.
        true => (&once, Duration::MAX),
        false => {
            let policy = options.retry.as_ref().unwrap_or(&client.retry);
            (policy, client.attempt_timeout)
        }
    };
    let mut start = now();
    let deadline = start.checked_add(options.timeout.unwrap_or(client.timeout));
    let mut attempts = Attempts::new(
        policy,
        &client.budget,
        prepared.operation,
        prepared.repeatable,
        deadline,
    );
    loop {
        let until = attempts.begin(start, limit);
        let mut rest = None;
        let stream = options.is_streamed.then_some(&mut rest);
        let outcome = attempt(client, prepared, until, stream).await;
        span.attempt(attempts.made(), &outcome);
        let ended = || Now {
            instant: now(),
            system: SystemTime::now(),
        };
        match attempts.decide(outcome, ended, fastrand::f64()) {
            RetryDecision::Done(response) => {
                return Ok(ReceivedResponse {
                    response,
                    rest,
                    idle_timeout: client.attempt_timeout,
                    operation: prepared.operation,
                    repeatable: prepared.repeatable,
                    attempts: attempts.made(),
                    span: span.clone(),
                    redactor: redactor(client, prepared),
                    #[cfg(feature = "blocking")]
                    worker: None,
                });
            }
            RetryDecision::Failed(error) => {
                let error = error.redacting(redactor(client, prepared));
                return Err(error.with_hint(prepared.hints));
            }
            RetryDecision::Retry(wait) => tokio::time::sleep(wait).await,
        }
        start = now();
    }
}

/// Returns the time of Tokio's clock, which a test may have paused.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// Sends the request once and reads the response. Leaves the body of a successful response in `stream`.
async fn attempt(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    until: Option<Instant>,
    stream: Option<&mut Option<Box<reqwest::Response>>>,
) -> Result<RawResponse, Failure> {
    let url = base_url::join(&client.base_url, &prepared.path, &prepared.query);
    let mut request = reqwest::Request::new(prepared.method.clone(), url);
    *request.headers_mut() = headers(client, prepared);
    *request.body_mut() = prepared.take_body();
    // One timer for head and body: to create a timer costs more than to poll it.
    let mut limit = pin!(at(until));
    let mut response = match within(limit.as_mut(), client.http.execute(request)).await {
        Some(Ok(response)) => response,
        Some(Err(error)) => return Err(failure(error).of_server(&client.base_url)),
        None => return Err(timed_out("no response in time")),
    };
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    if let (Some(rest), true) = (stream, status.is_success()) {
        *rest = Some(Box::new(response));
        return Ok(RawResponse {
            status,
            headers,
            body: Bytes::new(),
        });
    }
    let mut body = ResponseBody::new(client.max_response_size);
    let end = within(limit, body.read(&mut response))
        .await
        .unwrap_or_else(|| Err(timed_out("the response body did not arrive in time")));
    match end {
        // An error response needs no body: what arrived of it is kept.
        Err(failure) if status.is_success() => Err(Failure {
            head: Some(Box::new((status, headers))),
            ..failure
        }),
        _ => Ok(RawResponse {
            status,
            headers,
            body: body.into_bytes(),
        }),
    }
}

/// Returns the redactor of everything secret in the request, which a server may echo.
fn redactor(client: &ClientInner, prepared: &PreparedRequest) -> Redactor {
    let own = prepared.headers.iter().map(|(_, value)| value);
    client.redactor.and(own)
}

/// Returns the client's headers and credentials, replaced or extended by the headers of the request.
fn headers(client: &ClientInner, prepared: &PreparedRequest) -> HeaderMap {
    let most = client.headers.len() + prepared.credentials.len() + prepared.headers.len() + 1;
    let mut headers = HeaderMap::with_capacity(most);
    let credentials = client.credentials.headers(prepared.credentials);
    let set = prepared.headers.iter().map(|(name, value)| (name, value));
    for (name, value) in client.headers.iter().chain(credentials).chain(set) {
        headers.insert(name.clone(), value.clone());
    }
    if prepared.needs_empty_content_length() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    headers
}

/// Sleeps until an instant, or for ever.
async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant.into()).await,
        None => std::future::pending().await,
    }
}

/// Returns the output of `future`, or `None` if `limit` ends first.
async fn within<T>(
    mut limit: Pin<&mut impl Future<Output = ()>>,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// A response body, up to a maximum size.
struct ResponseBody {
    limit: u64,
    first: Bytes,
    rest: BytesMut,
}

impl ResponseBody {
    fn new(limit: u64) -> Self {
        ResponseBody {
            limit,
            first: Bytes::new(),
            rest: BytesMut::new(),
        }
    }

    /// Reads to the end. A body that arrives in one chunk, as most do, is not copied.
    async fn read(&mut self, response: &mut reqwest::Response) -> Result<(), Failure> {
        let mut size: u64 = 0;
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            let room = usize::try_from(self.limit - size).unwrap_or(usize::MAX);
            let fits = chunk.len() <= room;
            let chunk = chunk.slice(..chunk.len().min(room));
            size += chunk.len() as u64;
            if self.first.is_empty() {
                self.first = chunk;
            } else {
                if self.rest.is_empty() {
                    self.rest.extend_from_slice(&self.first);
                }
                self.rest.extend_from_slice(&chunk);
            }
            if !fits {
                return Err(Failure {
                    kind: ErrorKind::TooLarge,
                    sent: true,
                    detail: format!(
                        "the response body is larger than {} bytes; raise `max_response_size` on the \
                         client builder",
                        self.limit
                    ),
                    head: None,
                });
            }
        }
        Ok(())
    }

    fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() {
            self.first
        } else {
            self.rest.freeze()
        }
    }
}

fn timed_out(detail: &str) -> Failure {
    Failure {
        kind: ErrorKind::Timeout,
        sent: true,
        detail: detail.to_owned(),
        head: None,
    }
}

/// Converts an error of reqwest, without its URL, which contains data of the caller.
pub(crate) fn failure(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let (kind, what) = match (error.is_timeout(), error.is_connect()) {
        (true, true) => (ErrorKind::Timeout, "no connection in time"),
        (true, false) => (ErrorKind::Timeout, "no response in time"),
        (false, true) => (ErrorKind::Connect, "could not connect"),
        (false, false) => (ErrorKind::Transport, "the connection failed"),
    };
    let causes = causes(&error);
    // What rustls reports if the server's first bytes are not TLS.
    let hint = match causes.contains("InvalidContentType") {
        true => {
            "; the server does not speak TLS on this port, so check port and scheme of the base URL"
        }
        false => "",
    };
    Failure {
        kind,
        sent: !error.is_connect(),
        detail: format!("{what}: {causes}{hint}"),
        head: None,
    }
}

impl Failure {
    /// Adds host and port to the message of a failed connection.
    fn of_server(mut self, base_url: &Url) -> Self {
        if let (false, Some(host)) = (self.sent, base_url.host_str()) {
            let port = base_url.port_or_known_default().unwrap_or_default();
            let (what, cause) = self.detail.split_once(": ").unwrap_or((&self.detail, ""));
            let to = match self.kind {
                ErrorKind::Timeout => "with",
                _ => "to",
            };
            self.detail = format!("{what} {to} {host}:{port}: {cause}");
        }
        self
    }
}

/// Joins the causes below reqwest's own message, without repetitions.
fn causes(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) && !words.starts_with("client error (") {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&words);
        }
        next = cause.source();
    }
    if text.is_empty() {
        text = error.to_string();
    }
    text
}
