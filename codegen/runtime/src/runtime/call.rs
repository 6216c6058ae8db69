//! A call: a request, its time limit and retry policy, and the type of its response.

use std::fmt;
use std::future::{Future, pending};
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::error::{Error, ErrorInner, ErrorKind};
use super::json;
use super::prepared::CallOptions;
use super::received::ReceivedResponse;
use super::request::Request;
use super::response::Response;
use super::retry::RetryPolicy;
use super::send;
#[cfg(feature = "blocking")]
use super::worker::Wait;

/// A call of an operation: a future, which sends its request when it is first polled.
///
/// Awaiting it returns the decoded body; [`send`](Call::send) returns it together with the status and
/// headers. A call borrows nothing, so it can be passed to `tokio::spawn`, `join_all` and the like.
/// Dropping it cancels it, including retries; the server may have received the request. After the first poll its
/// settings have no effect.
///
/// `T` is the type of the decoded body, `F` its [`ResponseFormat`].
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<T, F = Json> {
    pub(crate) state: CallState,
    format: PhantomData<fn() -> (T, F)>,
}

/// The part of a call that does not depend on its types, and is compiled only once.
pub(crate) struct CallState {
    /// The request, until it is sent.
    pub(crate) request: Option<Request>,
    pub(crate) options: CallOptions,
    /// Makes the call. Never locked: the mutex makes a call [`Sync`].
    future: Mutex<ReceiveFuture>,
}

type Received = Result<ReceivedResponse, Error>;
type ReceiveFuture = Pin<Box<dyn Future<Output = Received> + Send>>;

/// A response format that decodes to a `T`.
///
/// This trait is sealed: only types of this crate implement it.
pub trait ResponseFormat<T>: sealed::Decode<T> {}

impl<T, F: sealed::Decode<T>> ResponseFormat<T> for F {}

pub(crate) mod sealed {
    use super::ReceivedResponse;

    pub trait Decode<T> {
        /// Decodes a response, or returns the reason why that is not possible.
        fn decode(received: &mut ReceivedResponse) -> Result<T, String>;
    }
}

/// JSON in the response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {}

/// No response body, or one that is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {}

impl<T: serde::de::DeserializeOwned> sealed::Decode<T> for Json {
    fn decode(received: &mut ReceivedResponse) -> Result<T, String> {
        json::decode_or_empty(&received.response.body)
    }
}

impl sealed::Decode<()> for Empty {
    fn decode(_: &mut ReceivedResponse) -> Result<(), String> {
        Ok(())
    }
}

impl CallState {
    /// Returns the future that makes the call.
    pub(crate) fn future(&mut self) -> &mut ReceiveFuture {
        let future = self.future.get_mut();
        let future = future.unwrap_or_else(PoisonError::into_inner);
        if let Some(request) = self.request.take() {
            let client = request.client().inner().clone();
            let options = mem::take(&mut self.options);
            *future = Box::pin(send::send(client, request.prepare(), options));
        }
        future
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn into_future(mut self) -> ReceiveFuture {
        self.future();
        let future = self.future.into_inner();
        future.unwrap_or_else(PoisonError::into_inner)
    }

    /// What a caller that blocks waits for, and how long.
    #[cfg(feature = "blocking")]
    pub(crate) fn wait(&self) -> Wait {
        let request = self.request.as_ref();
        let limit = request.map(|request| request.client().inner().timeout);
        Wait {
            operation: request.map_or("request", Request::operation),
            repeatable: request.is_some_and(Request::is_repeatable),
            limit: self.options.timeout.or(limit).unwrap_or(Duration::MAX),
        }
    }
}

impl<T, F> Call<T, F> {
    pub(crate) fn new(request: Request) -> Self {
        Call {
            state: CallState {
                request: Some(request),
                options: CallOptions::default(),
                // Not polled. A box of a type without size allocates nothing.
                future: Mutex::new(Box::pin(pending())),
            },
            format: PhantomData,
        }
    }

    /// Returns the call with another response format.
    #[allow(dead_code, reason = "only streams use it")]
    pub(crate) fn with_format<U, G>(self) -> Call<U, G> {
        Call {
            state: self.state,
            format: PhantomData,
        }
    }

    /// Sets the maximum time for this call, over all its attempts and waits. Default: the client's.
    ///
    /// The time starts when the call is first polled, not when it is created. With a limit of zero, nothing
    /// is sent.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.state.options.timeout = Some(limit);
        self
    }

    /// Sets the retry policy of this call. Default: the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.state.options.retry = Some(policy);
        self
    }

    /// Sets a header of this call, and replaces the client's header of that name.
    ///
    /// An invalid header is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Some(request) = &mut self.state.request {
            request.set_header(name, value);
        }
        self
    }
}

impl<T, F: ResponseFormat<T>> Call<T, F> {
    /// Returns a future that makes the call, and resolves to the decoded body with status and headers.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send(self) -> SendFuture<T, F> {
        SendFuture(self)
    }
}

/// Future of [`Call::send`]. Resolves to a [`Response`].
#[must_use = "futures do nothing unless polled"]
pub struct SendFuture<T, F>(Call<T, F>);

impl<T, F: ResponseFormat<T>> Future for SendFuture<T, F> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.0.state.future().as_mut().poll(context));
        Poll::Ready(received.and_then(decode::<T, F>))
    }
}

impl<T, F: ResponseFormat<T>> Future for Call<T, F> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.state.future().as_mut().poll(context));
        Poll::Ready(received.and_then(decode::<T, F>).map(Response::into_body))
    }
}

/// Decodes a response.
pub(crate) fn decode<T, F: ResponseFormat<T>>(
    mut received: ReceivedResponse,
) -> Result<Response<T>, Error> {
    match F::decode(&mut received) {
        Ok(body) => Ok(Response {
            status: received.response.status,
            headers: received.response.headers,
            raw_body: received.response.body,
            body,
            attempts: received.attempts,
            redactor: received.redactor,
        }),
        Err(reason) => Err(undecodable(received, reason)),
    }
}

fn undecodable(received: ReceivedResponse, reason: String) -> Error {
    let span = received.span;
    let error = Error::new(ErrorInner {
        operation: Some(received.operation),
        detail: format!("the response body does not decode: {reason}"),
        status: Some(received.response.status),
        headers: received.response.headers,
        body: received.response.body,
        attempts: received.attempts,
        repeatable: received.repeatable,
        may_have_been_applied: true,
        redactor: received.redactor,
        ..ErrorInner::new(ErrorKind::Decode)
    });
    span.failed(&error);
    error
}

impl<T, F> fmt::Debug for Call<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.state.request)
            .field("timeout", &self.state.options.timeout)
            .field("retry", &self.state.options.retry)
            .finish_non_exhaustive()
    }
}

impl<T, F> fmt::Debug for SendFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}
