//! The client for programs without async code. Requires the feature `blocking`.
//!
//! It works on plain threads and in Tokio's `spawn_blocking`. On a worker thread of an async runtime it
//! works too, but it blocks that thread.

use std::fmt;
use std::time::Duration;

use super::call::{self, Json, ResponseFormat};
use super::error::Error;
use super::response::Response;
use super::retry::RetryPolicy;
use super::worker::Worker;

/// A client of the API that blocks the calling thread. Requires the feature `blocking`.
///
/// A method of an operation returns a [`Call`], which [`wait`](Call::wait) makes, as in
/// `client.some_operation(..).wait()?`. [`ClientBuilder::build_blocking`](super::ClientBuilder::build_blocking)
/// builds a client with other settings.
///
/// Cloning is cheap: clones share the pool of connections and the one thread that sends the requests. The
/// thread ends when the last clone and the last call are dropped.
///
/// Build the client after a fork: the thread does not exist in the child process, in which calls fail with an
/// error that says so.
#[derive(Clone)]
pub struct Client {
    pub(crate) client: super::client::Client,
    worker: Worker,
}

impl Client {
    pub(crate) fn start(client: super::client::Client) -> Result<Self, String> {
        Ok(Client {
            client,
            worker: Worker::start()?,
        })
    }

    /// Starts a request to an endpoint that has no method of its own; see
    /// [`Client::request`](super::Client::request).
    ///
    /// [`blocking::Client::call`](Client::call) makes its call:
    ///
    /// ```text
    /// let request = client.request(Method::GET, "/v1/things");
    /// let things: serde_json::Value = client.call(request.call()).wait()?;
    /// ```
    pub fn request(&self, method: http::Method, path: &str) -> super::request::Request {
        self.client.request(method, path)
    }

    /// Converts an async call, such as the call of a [`request`](Client::request), to a blocking one.
    pub fn call<T, F>(&self, call: call::Call<T, F>) -> Call<T, F> {
        Call {
            call,
            worker: self.worker.clone(),
        }
    }
}

/// A call that [`wait`](Call::wait) or [`send`](Call::send) makes. Requires the feature `blocking`.
///
/// `wait` returns the decoded body, `send` returns it together with the status and headers.
#[must_use = "a call does nothing until `wait` or `send` is called"]
pub struct Call<T, F = Json> {
    pub(crate) call: call::Call<T, F>,
    pub(crate) worker: Worker,
}

impl<T, F> Call<T, F> {
    /// Sets the maximum time for this call, over all its attempts and waits. Default: the client's.
    ///
    /// The time starts when the call is made.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.call = self.call.timeout(limit);
        self
    }

    /// Sets the retry policy of this call. Default: the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call = self.call.retry(policy);
        self
    }

    /// Sets a header of this call, and replaces the client's header of that name.
    ///
    /// An invalid header is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
    }
}

impl<T, F: ResponseFormat<T>> Call<T, F> {
    /// Makes the call and returns the decoded body.
    ///
    /// # Errors
    ///
    /// The same as those of the async client; see [`Error`].
    pub fn wait(self) -> Result<T, Error> {
        self.send().map(Response::into_body)
    }

    /// Makes the call and returns the decoded body with status and headers.
    ///
    /// # Errors
    ///
    /// The same as those of the async client; see [`Error`].
    pub fn send(self) -> Result<Response<T>, Error> {
        let wait = self.call.state.wait();
        let result = self.worker.run(self.call.state.into_future(), &wait);
        let mut received = result.and_then(|result| result)?;
        received.worker = Some(self.worker);
        call::decode::<T, F>(received)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.client, f)
    }
}

impl<T, F> fmt::Debug for Call<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.call, f)
    }
}
