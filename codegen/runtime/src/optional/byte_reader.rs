//! Response bodies that are read chunk by chunk by a blocking client.

use std::fmt;
use std::io::{self, Read};
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::{HeaderMap, StatusCode};

use crate::optional::byte_stream::{ByteStream, Streamed};
use crate::runtime::blocking::Call;
use crate::runtime::call::sealed::Decode;
use crate::runtime::error::Error;
use crate::runtime::received::ReceivedResponse;
use crate::runtime::worker::{Wait, Worker};

/// The body of a successful response as it arrives: a [`ByteStream`] that blocks the calling thread.
/// Requires the feature `blocking`.
///
/// It is an iterator over the chunks, and implements [`Read`], whose errors contain an [`Error`].
pub struct ByteReader {
    /// `None` during [`chunk`](ByteReader::chunk) and after an error.
    stream: Option<ByteStream>,
    head: (StatusCode, HeaderMap),
    /// Rest of the chunk that `read` has begun.
    rest: Bytes,
    operation: &'static str,
    repeatable: bool,
    worker: Worker,
}

impl<T, F> Call<T, F> {
    /// Returns a call for the response body as a reader, without a limit of its size.
    pub fn stream(self) -> Call<ByteReader, Streamed> {
        let mut call = self.call.with_format();
        call.state.options.is_streamed = true;
        Call {
            call,
            worker: self.worker,
        }
    }
}

impl Decode<ByteReader> for Streamed {
    fn decode(received: &mut ReceivedResponse) -> Result<ByteReader, String> {
        let worker = received.worker.clone();
        Ok(ByteReader {
            stream: Some(Streamed::decode(received)?),
            head: (received.response.status, received.response.headers.clone()),
            rest: Bytes::new(),
            operation: received.operation,
            repeatable: received.repeatable,
            worker: worker.ok_or("an async call returns a `ByteStream`")?,
        })
    }
}

impl ByteReader {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.head.0
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.1
    }

    /// Sets the maximum time to wait for a chunk. Default: the client's time limit of an attempt.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.stream = self.stream.map(|stream| stream.idle_timeout(limit));
        self
    }

    /// Waits for the next chunk. Returns `None` at the end of the body, and after an error.
    ///
    /// # Errors
    ///
    /// The same as those of [`ByteStream::chunk`].
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(mut stream) = self.stream.take() else {
            return Ok(None);
        };
        let wait = Wait {
            operation: self.operation,
            repeatable: self.repeatable,
            limit: stream.idle_timeout,
        };
        let next = async move {
            let chunk = stream.chunk().await;
            (stream, chunk)
        };
        let (stream, chunk) = self.worker.run(next, &wait)?;
        if chunk.is_ok() {
            self.stream = Some(stream);
        }
        chunk
    }
}

impl Iterator for ByteReader {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.chunk().transpose()
    }
}

impl Read for ByteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.chunk().map_err(io::Error::other)? {
                Some(rest) => self.rest = rest,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.rest.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.advance(length);
        Ok(length)
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteReader")
            .field("status", &self.head.0)
            .finish_non_exhaustive()
    }
}
