//! A call: a request, its time limit and retry policy, and the type of its response.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
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

/// A call of an operation. It is made when it is awaited or sent.
///
/// Awaiting it returns the decoded body; [`send`](Call::send) returns it together with the status and
/// headers. A call borrows nothing. Dropping its future cancels it, including retries.
///
/// `T` is the type of the decoded body, `F` its [`ResponseFormat`].
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<T, F = Json> {
    pub(crate) request: Request,
    pub(crate) options: CallOptions,
    format: PhantomData<fn() -> (T, F)>,
}

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
        json::decode(&received.response.body)
    }
}

impl sealed::Decode<()> for Empty {
    fn decode(_: &mut ReceivedResponse) -> Result<(), String> {
        Ok(())
    }
}

impl<T, F> Call<T, F> {
    pub(crate) fn new(request: Request) -> Self {
        Call {
            request,
            options: CallOptions::default(),
            format: PhantomData,
        }
    }

    /// Sets the maximum time for this call, over all its attempts and waits. Default: the client's.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.timeout = Some(limit);
        self
    }

    /// Sets the retry policy of this call. Default: the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets a header of this call, and replaces the client's header of that name.
    ///
    /// An invalid header is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.set_header(name, value);
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
        SendFuture {
            future: self.start(),
            format: PhantomData,
        }
    }
}

impl<T, F> Call<T, F> {
    /// Starts everything that does not depend on the types, which is compiled only once.
    pub(crate) fn start(self) -> ReceiveFuture {
        let client = self.request.client().inner().clone();
        let options = self.options;
        let prepared = self.request.prepare();
        Box::pin(send::send(client, prepared, options))
    }
}

impl<T, F: ResponseFormat<T>> IntoFuture for Call<T, F> {
    type Output = Result<T, Error>;
    type IntoFuture = CallFuture<T, F>;

    fn into_future(self) -> CallFuture<T, F> {
        CallFuture(self.send())
    }
}

pub(crate) type ReceiveFuture =
    Pin<Box<dyn Future<Output = Result<ReceivedResponse, Error>> + Send>>;

/// Future of [`Call::send`]. Resolves to a [`Response`].
#[must_use = "futures do nothing unless polled"]
pub struct SendFuture<T, F> {
    future: ReceiveFuture,
    format: PhantomData<fn() -> (T, F)>,
}

/// Future of an awaited [`Call`]. Resolves to the decoded body.
#[must_use = "futures do nothing unless polled"]
pub struct CallFuture<T, F>(SendFuture<T, F>);

impl<T, F: ResponseFormat<T>> Future for SendFuture<T, F> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(ready!(self.future.as_mut().poll(context)).and_then(decode::<T, F>))
    }
}

impl<T, F: ResponseFormat<T>> Future for CallFuture<T, F> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map(|result| result.map(Response::into_body))
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
            .field("request", &self.request)
            .field("timeout", &self.options.timeout)
            .field("retry", &self.options.retry)
            .finish_non_exhaustive()
    }
}

impl<T, F> fmt::Debug for SendFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

impl<T, F> fmt::Debug for CallFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
