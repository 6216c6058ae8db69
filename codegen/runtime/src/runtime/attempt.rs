//! One attempt of a call: sends the request and reads the response.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::Url;

use super::base_url;
use super::client_inner::ClientInner;
use super::connections::Pool;
use super::delivery::Delivery;
use super::error::ErrorKind;
use super::prepared::PreparedRequest;
use super::retry_decision::{Failure, RawResponse};
use super::security::Credential;

/// Sends the request once and reads the response, but not the body of a success that is streamed.
pub(crate) async fn attempt(
    client: &ClientInner,
    pool: &Pool,
    prepared: &mut PreparedRequest,
    until: Option<Instant>,
    is_streamed: bool,
) -> Result<RawResponse, Failure> {
    let delivery = Arc::new(Delivery::default());
    let request = request(client, prepared, &delivery);
    let mut arrived = Arrived::new(pool.responses());
    let (end, is_undone) = {
        let mut exchange = pin!(Some(arrived.exchange(client, pool, request, is_streamed)));
        // One timer for head and body: to create a timer costs more than to poll it.
        let mut limit = pin!(until.map(|until| tokio::time::sleep_until(until.into())));
        let end = poll_fn(|context| {
            if let Some(exchange) = exchange.as_mut().as_pin_mut() {
                if let Poll::Ready(end) = exchange.poll(context) {
                    return Poll::Ready(Some(end));
                }
            }
            match limit.as_mut().as_pin_mut() {
                Some(limit) => limit.poll(context).map(|()| None),
                None => Poll::Pending,
            }
        });
        let end = end.await;
        let is_undone = end.is_none() && delivery.is_undone_by(|| exchange.set(None));
        (end, is_undone)
    };
    let end = match end {
        Some(end) => end,
        None if is_undone && !arrived.has_head => Err(Failure::not_connected()),
        None => {
            client.connections.discard_silent(pool, arrived.seen);
            let detail = match arrived.has_head {
                true => "the response body did not arrive in time",
                false => "no response in time",
            };
            Err(Failure::sent(ErrorKind::Timeout, detail.to_owned()))
        }
    };
    match arrived.end(end) {
        Err(failure) => Err(failure.of_server(prepared.base_url(&client.base_url))),
        complete => complete,
    }
}

/// Creates the request of one attempt.
fn request(
    client: &ClientInner,
    prepared: &mut PreparedRequest,
    delivery: &Arc<Delivery>,
) -> reqwest::Request {
    let mut request = reqwest::Request::new(prepared.method.clone(), url(client, prepared));
    *request.headers_mut() = headers(client, prepared);
    *request.body_mut() = Some(delivery.watch(prepared.take_body().unwrap_or_default()));
    request
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
    for (name, value) in &client.headers {
        headers.insert(name.clone(), value.clone());
    }
    for index in prepared.credentials {
        if let Some((_, Credential::Header(name, value))) = client.credentials.get(*index) {
            headers.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in &prepared.headers {
        headers.insert(name.clone(), value.clone());
    }
    if prepared.needs_empty_content_length() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    headers
}

/// What has arrived of a response.
struct Arrived {
    /// Number of responses of the pool when something last arrived.
    seen: u64,
    has_head: bool,
    /// The response, with the first chunk of its body.
    response: RawResponse,
    /// The body, if it has several chunks.
    body: BytesMut,
}

impl Arrived {
    fn new(seen: u64) -> Self {
        Arrived {
            seen,
            has_head: false,
            response: RawResponse {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: Bytes::new(),
                rest: None,
            },
            body: BytesMut::new(),
        }
    }

    /// Sends the request, and reads the response up to the maximum size. A body that arrives in one chunk, as most
    /// do, is not copied.
    async fn exchange(
        &mut self,
        client: &ClientInner,
        pool: &Pool,
        request: reqwest::Request,
        is_streamed: bool,
    ) -> Result<(), Failure> {
        let mut response = match pool.http.execute(request).await {
            Ok(response) => response,
            Err(error) => return Err(Failure::of_reqwest(error)),
        };
        self.seen = pool.count_response();
        self.has_head = true;
        self.response.status = response.status();
        self.response.headers = std::mem::take(response.headers_mut());
        if is_streamed && self.response.status.is_success() {
            self.response.rest = Some(Box::new(response));
            return Ok(());
        }
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => self.add(chunk, client.max_response_size)?,
                Ok(None) => return Ok(()),
                Err(error) => return Err(Failure::of_reqwest(error)),
            }
        }
    }

    /// Adds a chunk of the body, as far as the maximum size allows.
    fn add(&mut self, mut chunk: Bytes, most: u64) -> Result<(), Failure> {
        let size = self.body.len().max(self.response.body.len()) as u64;
        let room = usize::try_from(most - size).unwrap_or(usize::MAX);
        let fits = chunk.len() <= room;
        chunk.truncate(room);
        if self.response.body.is_empty() {
            self.response.body = chunk;
        } else {
            if self.body.is_empty() {
                self.body.extend_from_slice(&self.response.body);
            }
            self.body.extend_from_slice(&chunk);
        }
        match fits {
            true => Ok(()),
            false => Err(Failure::sent(
                ErrorKind::TooLarge,
                format!(
                    "the response body is larger than {most} bytes; raise `max_response_size` on the \
                     client builder"
                ),
            )),
        }
    }

    /// Returns the response, or why it is not complete.
    fn end(mut self, end: Result<(), Failure>) -> Result<RawResponse, Failure> {
        if !self.body.is_empty() {
            self.response.body = self.body.freeze();
        }
        let response = self.response;
        match end {
            Err(failure) if !self.has_head => Err(failure),
            Err(failure) if response.status.is_success() => Err(Failure {
                head: Some(Box::new((response.status, response.headers))),
                ..failure
            }),
            // An error response needs no body: what arrived of it is kept.
            _ => Ok(response),
        }
    }
}
