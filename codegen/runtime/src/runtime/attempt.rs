//! One attempt of a call: sends the request and reads the response.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::Url;

use super::base_url;
use super::client_inner::ClientInner;
use super::connections::Pool;
use super::delivery::Delivery;
use super::error::ErrorKind;
use super::prepared::PreparedRequest;
use super::retry_decision::{Failure, RawResponse};

/// Sends the request once and reads the response. Leaves the body of a successful response in `stream`.
pub(crate) async fn attempt(
    client: &ClientInner,
    pool: &Pool,
    prepared: &mut PreparedRequest,
    until: Option<Instant>,
    stream: Option<&mut Option<Box<reqwest::Response>>>,
) -> Result<RawResponse, Failure> {
    let mut request = reqwest::Request::new(prepared.method.clone(), url(client, prepared));
    *request.headers_mut() = headers(client, prepared);
    let delivery = Arc::new(Delivery::default());
    let body = prepared.take_body().unwrap_or_default();
    *request.body_mut() = Some(delivery.watch(body));
    let seen = pool.responses();
    // One timer for head and body: to create a timer costs more than to poll it.
    let mut limit = pin!(at(until));
    let mut exchange = pin!(Some(pool.http.execute(request)));
    let response = poll_fn(|context| match exchange.as_mut().as_pin_mut() {
        Some(exchange) => exchange.poll(context),
        None => Poll::Pending,
    });
    let mut response = match within(limit.as_mut(), response).await {
        Some(Ok(response)) => response,
        Some(Err(error)) => {
            return Err(Failure::of_reqwest(error).of_server(prepared.base_url(&client.base_url)));
        }
        None if delivery.is_undone_by(|| exchange.set(None)) => {
            return Err(Failure::not_connected().of_server(prepared.base_url(&client.base_url)));
        }
        None => {
            client.connections.discard_silent(pool, seen);
            return Err(Failure::timed_out("no response in time"));
        }
    };
    let seen = pool.count_response();
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
        .unwrap_or_else(|| {
            client.connections.discard_silent(pool, seen);
            Err(Failure::timed_out(
                "the response body did not arrive in time",
            ))
        });
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

fn url(client: &ClientInner, prepared: &PreparedRequest) -> Url {
    match (&prepared.base_url, &prepared.path, &*prepared.query) {
        (None, Cow::Borrowed(path), "") => client.urls.join(&client.base_url, path),
        (own, path, query) => base_url::join(own.as_ref().unwrap_or(&client.base_url), path, query),
    }
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
        while let Some(chunk) = response.chunk().await.map_err(Failure::of_reqwest)? {
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
