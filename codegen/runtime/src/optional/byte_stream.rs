//! Response bodies that are read chunk by chunk.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::call::{Call, sealed::Decode};
use crate::runtime::error::{Error, ErrorInner, ErrorKind};
use crate::runtime::received::ReceivedResponse;
use crate::runtime::retry_decision::Failure;
use crate::runtime::secret::Redactor;

/// The response body as a stream of chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streamed {}

/// The body of a successful response as it arrives. It may be of any size, and may be endless.
///
/// The time limits of the call apply until the head of the response has arrived. Then each chunk has a time
/// limit of its own; the default is the time limit of an attempt. Dropping the stream before its end closes
/// the connection.
pub struct ByteStream {
    response: Box<reqwest::Response>,
    pub(crate) head: Head,
    pub(crate) idle_timeout: Duration,
}

/// What is known of a response before its body.
#[derive(Clone)]
pub(crate) struct Head {
    status: StatusCode,
    headers: HeaderMap,
    operation: &'static str,
    repeatable: bool,
    attempts: u32,
    redactor: Redactor,
}

impl Head {
    pub(crate) fn of(received: &ReceivedResponse) -> Self {
        Head {
            status: received.response.status,
            headers: received.response.headers.clone(),
            operation: received.operation,
            repeatable: received.repeatable,
            attempts: received.attempts,
            redactor: received.redactor.clone(),
        }
    }

    /// Returns an error that occurs while the body is read, with the part of the body that it is about.
    pub(crate) fn error(&self, kind: ErrorKind, detail: String, body: Bytes) -> Error {
        let error = Error::new(ErrorInner {
            operation: Some(self.operation),
            detail,
            status: Some(self.status),
            headers: self.headers.clone(),
            body,
            attempts: self.attempts,
            repeatable: self.repeatable,
            may_have_been_applied: true,
            ..ErrorInner::new(kind)
        });
        error.redacting(self.redactor.clone())
    }
}

impl<T, F> Call<T, F> {
    /// Returns a call for the response body as a stream, without a limit of its size.
    pub fn stream(self) -> Call<ByteStream, Streamed> {
        let mut call = self.with_format();
        call.state.options.is_streamed = true;
        call
    }
}

impl Decode<ByteStream> for Streamed {
    fn decode(received: &mut ReceivedResponse) -> Result<ByteStream, String> {
        let response = received.response.rest.take();
        let response = response.ok_or("the body was already read")?;
        Ok(ByteStream {
            response,
            head: Head::of(received),
            idle_timeout: received.idle_timeout,
        })
    }
}

impl ByteStream {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Sets the maximum time to wait for a chunk. Default: the client's time limit of an attempt.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// Waits for the next chunk. Returns `None` at the end of the body.
    ///
    /// # Errors
    ///
    /// [`Timeout`](ErrorKind::Timeout) if no chunk arrives in time, [`Transport`](ErrorKind::Transport) if
    /// the connection is lost before the end of the body.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let next = tokio::time::timeout(self.idle_timeout, self.response.chunk());
        let (kind, detail) = match next.await {
            Ok(Ok(chunk)) => return Ok(chunk),
            Ok(Err(error)) => {
                let failure = Failure::of_reqwest(error);
                (failure.kind, failure.detail)
            }
            Err(_) => {
                let limit = self.idle_timeout;
                let detail = format!("no chunk of the response body arrived within {limit:?}");
                (ErrorKind::Timeout, detail)
            }
        };
        Err(self.head.error(kind, detail, Bytes::new()))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("status", &self.head.status)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}
