//! The client for programs without async code.
//!
//! It works from plain threads and from Tokio's `spawn_blocking`. On a worker thread of an async
//! runtime it works too, but it blocks that thread, and with it whatever else should run there.

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::call::{self, Format, Json};
use super::error::{Error, ErrorInner, ErrorKind};
use super::response::Response;
use super::retry::RetryPolicy;
use super::trace;

/// A client of the API that blocks the calling thread.
///
/// Cheap to clone; clones share the pool of connections and the one thread that does the work. The
/// thread ends when the last clone and the last call are gone.
#[derive(Clone)]
pub struct Client {
    pub(crate) client: super::client::Client,
    worker: Worker,
}

/// A thread that runs calls.
#[derive(Clone)]
pub(crate) struct Worker {
    handle: tokio::runtime::Handle,
    /// The thread ends when this is dropped.
    _running: Arc<oneshot::Sender<()>>,
}

impl Client {
    pub(crate) fn start(client: super::client::Client) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("the runtime of the client cannot be started: {error}"))?;
        let (running, ended) = oneshot::channel();
        let handle = runtime.handle().clone();
        // The runtime lives and is dropped on its own thread: dropped on a thread of another
        // runtime, it would panic.
        thread::Builder::new()
            .name("http-client".to_owned())
            .spawn(move || {
                let _ = runtime.block_on(ended);
            })
            .map_err(|error| format!("the thread of the client cannot be started: {error}"))?;
        Ok(Client {
            client,
            worker: Worker {
                handle,
                _running: Arc::new(running),
            },
        })
    }

    /// A request to an endpoint that the description does not list; see
    /// [`Client::request`](super::Client::request). Its call is made by
    /// [`blocking::Client::call`](Client::call).
    pub fn request(&self, method: http::Method, path: &str) -> super::request::Request {
        self.client.request(method, path)
    }

    /// Makes a call of the async client's kind, such as that of a [`request`](Client::request),
    /// one that blocks.
    pub fn call<T, F>(&self, call: call::Call<T, F>) -> Call<T, F> {
        Call {
            call,
            worker: self.worker.clone(),
        }
    }
}

/// A call that is ready to be made, and is made when it is waited for or sent.
///
/// [`wait`](Call::wait) gives the decoded body, [`send`](Call::send) gives it with status and headers.
#[must_use = "a call is not made until it is waited for or sent"]
pub struct Call<T, F = Json> {
    pub(crate) call: call::Call<T, F>,
    pub(crate) worker: Worker,
}

impl<T, F> Call<T, F> {
    /// The longest time for this call, over all its attempts and waits, in place of the client's.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.call = self.call.timeout(limit);
        self
    }

    /// When this call is tried again, in place of the client's policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call = self.call.retry(policy);
        self
    }

    /// Sets a header of this call, in place of the client's of that name. What cannot be a header
    /// is the call's error.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
    }
}

impl<T, F: Format<T>> Call<T, F> {
    /// Makes the call and waits for the decoded body.
    ///
    /// # Errors
    ///
    /// As the async client's call.
    pub fn wait(self) -> Result<T, Error> {
        self.send().map(Response::into_body)
    }

    /// Makes the call and waits for the decoded body together with status and headers.
    ///
    /// # Errors
    ///
    /// As the async client's call.
    pub fn send(self) -> Result<Response<T>, Error> {
        let operation = self.call.request.operation();
        let result = self.worker.run(self.call.start(), operation);
        let mut received = result.and_then(|result| result)?;
        received.worker = Some(self.worker);
        call::decode::<T, F>(received)
    }
}

impl Worker {
    /// What a future gives, which is run on the client's thread.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
        operation: &'static str,
    ) -> Result<T, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let future = trace::in_current_span(future);
        self.handle.spawn(async move {
            // Nobody waits any more if this fails, so nobody misses it.
            let _ = sender.send(future.await);
        });
        receiver.recv().map_err(|_| {
            Error::new(ErrorInner {
                kind: ErrorKind::Transport,
                operation: Some(operation),
                detail: "the thread of the client has ended".to_owned(),
                may_have_been_applied: true,
                ..ErrorInner::default()
            })
        })
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
