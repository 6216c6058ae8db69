//! A call: a request, how patiently it is sent, and the type that its answer is decoded as.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::error::{Error, ErrorInner, ErrorKind};
use super::json;
use super::request::{PreparedRequest, Request};
use super::response::Response;
use super::retry::RetryPolicy;
use super::retry_decision::RawResponse;
use super::secret::Redactor;
use super::send;
use super::trace::Span;

/// A call that is ready to be made, and is made when it is awaited or sent.
///
/// Awaiting it gives the decoded body, [`send`](Call::send) gives it with status and headers. It
/// owns all that it needs. Dropping the future stops the call, its retries and its waits.
///
/// `T` is the type of the decoded body, and `F` the [`Format`] that it has.
#[must_use = "a call is not made until it is awaited or sent"]
pub struct Call<T, F = Json> {
    pub(crate) request: Request,
    pub(crate) options: Options,
    format: PhantomData<fn() -> (T, F)>,
}

/// What a call changes of its client's settings.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether a success is handed over as soon as its head has arrived.
    pub(crate) is_streamed: bool,
}

/// An answer, and what is known of the call that got it.
pub struct ReceivedResponse {
    pub(crate) answer: RawResponse,
    /// What is still to come of it, if it is streamed.
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) rest: Option<Box<reqwest::Response>>,
    /// The longest time to wait for a piece of that.
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) idle_timeout: Duration,
    pub(crate) operation: &'static str,
    pub(crate) repeatable: bool,
    pub(crate) attempts: u32,
    pub(crate) span: Span,
    pub(crate) redactor: Redactor,
    /// What keeps the thread of a client that blocks.
    #[cfg(feature = "blocking")]
    #[allow(dead_code, reason = "only streams read it")]
    pub(crate) worker: Option<super::blocking::Worker>,
}

/// A format of answers that hold a `T`. It is sealed: all formats come with this crate.
pub trait Format<T>: Decode<T> {}

/// Seals [`Format`]: what is behind it cannot be named outside of this crate.
pub trait Decode<T> {
    /// Decodes an answer, or says why that is not possible.
    fn decode(received: &mut ReceivedResponse) -> Result<T, String>;
}

/// The answer's body is JSON.
#[derive(Debug)]
pub enum Json {}

/// The answer's body does not matter.
#[derive(Debug)]
pub enum Empty {}

impl<T: serde::de::DeserializeOwned> Format<T> for Json {}

impl<T: serde::de::DeserializeOwned> Decode<T> for Json {
    fn decode(received: &mut ReceivedResponse) -> Result<T, String> {
        json::decode(&received.answer.body)
    }
}

impl Format<()> for Empty {}

impl Decode<()> for Empty {
    fn decode(_: &mut ReceivedResponse) -> Result<(), String> {
        Ok(())
    }
}

impl<T, F> Call<T, F> {
    pub(crate) fn new(request: Request) -> Self {
        Call {
            request,
            options: Options::default(),
            format: PhantomData,
        }
    }

    /// The longest time for this call, over all its attempts and waits, in place of the client's.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.timeout = Some(limit);
        self
    }

    /// When this call is tried again, in place of the client's policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets a header of this call, in place of the client's of that name. What cannot be a header
    /// is the call's error.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.set_header(name, value);
        self
    }
}

impl<T, F: Format<T>> Call<T, F> {
    /// Makes the call once it is awaited; gives the decoded body together with status and headers.
    ///
    /// # Errors
    ///
    /// [`Error`] says which there are.
    pub fn send(self) -> SendFuture<T, F> {
        SendFuture {
            core: self.start(),
            format: PhantomData,
        }
    }
}

impl<T, F> Call<T, F> {
    /// Everything that does not depend on the types, so that it is compiled once.
    pub(crate) fn start(self) -> Core {
        let inner = self.request.client().inner().clone();
        let options = self.options;
        let prepared: Result<PreparedRequest, Error> = self.request.prepare();
        Box::pin(send::send(inner, prepared, options))
    }
}

impl<T, F: Format<T>> IntoFuture for Call<T, F> {
    type Output = Result<T, Error>;
    type IntoFuture = CallFuture<T, F>;

    fn into_future(self) -> CallFuture<T, F> {
        CallFuture(self.send())
    }
}

pub(crate) type Core = Pin<Box<dyn Future<Output = Result<ReceivedResponse, Error>> + Send>>;

/// A call on its way, to a [`Response`].
#[must_use = "futures do nothing unless polled"]
pub struct SendFuture<T, F> {
    core: Core,
    format: PhantomData<fn() -> (T, F)>,
}

/// A call on its way, to the decoded body.
#[must_use = "futures do nothing unless polled"]
pub struct CallFuture<T, F>(SendFuture<T, F>);

impl<T, F: Format<T>> Future for SendFuture<T, F> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(ready!(self.core.as_mut().poll(context)).and_then(decode::<T, F>))
    }
}

impl<T, F: Format<T>> Future for CallFuture<T, F> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map(|result| result.map(Response::into_body))
    }
}

/// Decodes a received answer.
pub(crate) fn decode<T, F: Format<T>>(
    mut received: ReceivedResponse,
) -> Result<Response<T>, Error> {
    match F::decode(&mut received) {
        Ok(body) => Ok(Response {
            status: received.answer.status,
            headers: received.answer.headers,
            raw_body: received.answer.body,
            body,
            attempts: received.attempts,
        }),
        Err(reason) => Err(undecodable(received, reason)),
    }
}

fn undecodable(received: ReceivedResponse, reason: String) -> Error {
    let span = received.span;
    let error = Error::new(ErrorInner {
        kind: ErrorKind::Decode,
        operation: Some(received.operation),
        detail: format!("the answer is not what the description says: {reason}"),
        status: Some(received.answer.status),
        headers: received.answer.headers,
        body: received.answer.body,
        retry_after: None,
        attempts: received.attempts,
        repeatable: received.repeatable,
        may_have_been_applied: true,
        hint: None,
        redactor: received.redactor,
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
        f.write_str("SendFuture")
    }
}

impl<T, F> fmt::Debug for CallFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallFuture")
    }
}
