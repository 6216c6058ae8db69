//! Answers that are read piece by piece on a thread that blocks.

use std::fmt;
use std::io::{self, Read};
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::{HeaderMap, StatusCode};

use crate::optional::byte_stream::{ByteStream, Streamed};
use crate::runtime::blocking::{Call, Worker};
use crate::runtime::call::{self, Decode, Format, ReceivedResponse};
use crate::runtime::error::Error;

/// The body of a successful answer, as it comes: a [`ByteStream`] that blocks the calling thread.
///
/// It is an iterator over the pieces, and a [`Read`]; the errors of the latter hold an [`Error`].
pub struct ByteReader {
    /// Away while a piece is waited for, and after an error.
    stream: Option<ByteStream>,
    head: (StatusCode, HeaderMap),
    /// What is left of the piece that is being read.
    piece: Bytes,
    operation: &'static str,
    worker: Worker,
}

impl<T, F> Call<T, F> {
    /// The same call for the answer's body as it comes, without a limit of its size.
    pub fn stream(self) -> Call<ByteReader, Streamed> {
        let stream = self.call.stream();
        let mut call = call::Call::new(stream.request);
        call.options = stream.options;
        Call {
            call,
            worker: self.worker,
        }
    }
}

impl Format<ByteReader> for Streamed {}

impl Decode<ByteReader> for Streamed {
    fn decode(received: &mut ReceivedResponse) -> Result<ByteReader, String> {
        let worker = received.worker.clone();
        Ok(ByteReader {
            stream: Some(Streamed::decode(received)?),
            head: (received.answer.status, received.answer.headers.clone()),
            piece: Bytes::new(),
            operation: received.operation,
            worker: worker.ok_or("a call that does not block gives a `ByteStream`")?,
        })
    }
}

impl ByteReader {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.0
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.1
    }

    /// The longest time to wait for a piece, in place of the client's time limit of an attempt.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.stream = self.stream.map(|stream| stream.idle_timeout(limit));
        self
    }

    /// The next piece, as it arrives; `None` at the end of the body, and after an error.
    ///
    /// # Errors
    ///
    /// As [`ByteStream::chunk`].
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(mut stream) = self.stream.take() else {
            return Ok(None);
        };
        let next = async move {
            let chunk = stream.chunk().await;
            (stream, chunk)
        };
        let (stream, chunk) = self.worker.run(next, self.operation)?;
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
        while self.piece.is_empty() {
            match self.chunk().map_err(io::Error::other)? {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len());
        buffer[..length].copy_from_slice(&self.piece[..length]);
        self.piece.advance(length);
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
