//! Answers that are read piece by piece.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::call::{Call, Decode, Format, ReceivedResponse};
use crate::runtime::error::{Error, ErrorInner, ErrorKind};
use crate::runtime::secret::Redactor;
use crate::runtime::send;

/// The answer's body is handed over as it comes.
#[derive(Debug)]
pub enum Streamed {}

/// The body of a successful answer, as it comes: of any size, and perhaps without an end.
///
/// The time limits of the call end with the answer's head. From then on each piece has a time limit
/// of its own, which is at first that of an attempt. Dropping the stream closes the connection,
/// unless the body has ended.
pub struct ByteStream {
    response: Box<reqwest::Response>,
    status: StatusCode,
    headers: HeaderMap,
    idle_timeout: Duration,
    operation: &'static str,
    repeatable: bool,
    attempts: u32,
    redactor: Redactor,
}

impl<T, F> Call<T, F> {
    /// The same call for the answer's body as it comes, without a limit of its size.
    pub fn stream(self) -> Call<ByteStream, Streamed> {
        let mut call = Call::new(self.request);
        call.options = self.options;
        call.options.is_streamed = true;
        call
    }
}

impl Format<ByteStream> for Streamed {}

impl Decode<ByteStream> for Streamed {
    fn decode(received: &mut ReceivedResponse) -> Result<ByteStream, String> {
        let response = received.rest.take().ok_or("the answer was read already")?;
        Ok(ByteStream {
            response,
            status: received.answer.status,
            headers: received.answer.headers.clone(),
            idle_timeout: received.idle_timeout,
            operation: received.operation,
            repeatable: received.repeatable,
            attempts: received.attempts,
            redactor: received.redactor.clone(),
        })
    }
}

impl ByteStream {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The longest time to wait for a piece, in place of the client's time limit of an attempt.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// The next piece, as it arrives; `None` at the end of the body.
    ///
    /// # Errors
    ///
    /// `Timeout` if nothing came in time; `Transport` if the connection was lost before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let next = tokio::time::timeout(self.idle_timeout, self.response.chunk());
        let (kind, detail) = match next.await {
            Ok(Ok(chunk)) => return Ok(chunk),
            Ok(Err(error)) => {
                let failure = send::failure(error);
                (failure.kind, failure.detail)
            }
            Err(_) => {
                let limit = self.idle_timeout;
                let detail = format!("nothing more of the answer's body came within {limit:?}");
                (ErrorKind::Timeout, detail)
            }
        };
        let error = Error::new(ErrorInner {
            kind,
            operation: Some(self.operation),
            detail,
            status: Some(self.status),
            headers: self.headers.clone(),
            attempts: self.attempts,
            repeatable: self.repeatable,
            may_have_been_applied: true,
            ..ErrorInner::default()
        });
        Err(error.redacting(self.redactor.clone()))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("status", &self.status)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}
