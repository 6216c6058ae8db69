//! Request bodies that are bytes of any meaning.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use crate::runtime::Request;
use crate::runtime::prepared::Body;

/// A request body: bytes, or a stream of bytes.
///
/// Bytes and strings convert to it. A request with a stream is never retried, and its attempt has the time limit
/// of the call.
pub struct RequestBody {
    content: Content,
    length: Option<u64>,
}

enum Content {
    Whole(Bytes),
    Stream(Chunks),
}

type Chunk = Result<Bytes, Box<dyn Error + Send + Sync>>;
type Chunks = Pin<Box<dyn Stream<Item = Chunk> + Send>>;

impl RequestBody {
    /// Creates a body from a stream of chunks. The call fails if a chunk is an error.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        RequestBody {
            content: Content::Stream(Box::pin(Converted(Box::pin(stream)))),
            length: None,
        }
    }

    /// Creates a body from a reader, such as a file. It is read on Tokio's threads for blocking code.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        let state = State::Idle(Box::new(reader));
        RequestBody {
            content: Content::Stream(Box::pin(Reading(state))),
            length: None,
        }
    }

    /// Sets the number of bytes of a stream, which is sent as `Content-Length`. Default: a chunked request.
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        RequestBody {
            content: Content::Whole(bytes.into()),
            length: None,
        }
    }
}

impl Request {
    /// Sets the body to bytes. The content type is `application/octet-stream`, unless the header `Content-Type`
    /// is set afterwards.
    pub fn bytes(mut self, body: impl Into<RequestBody>) -> Self {
        let RequestBody { content, length } = body.into();
        let body = match content {
            Content::Whole(bytes) => Body::Whole(bytes),
            Content::Stream(chunks) => {
                let chunks = Mutex::new(chunks);
                Body::SingleUse(Some(reqwest::Body::wrap(Sent { chunks, length })))
            }
        };
        let content_type = HeaderValue::from_static("application/octet-stream");
        self.set_body(body, content_type);
        self
    }
}

/// A stream as an HTTP body. The mutex makes it `Sync`, which a body must be.
struct Sent {
    chunks: Mutex<Chunks>,
    length: Option<u64>,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let chunks = self.chunks.get_mut();
        let chunks = chunks.unwrap_or_else(PoisonError::into_inner);
        let next = ready!(chunks.as_mut().poll_next(context));
        Poll::Ready(next.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// A stream whose chunks and errors are converted.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Chunk;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

/// A reader as a stream of chunks.
struct Reading(State);

type Reader = Box<dyn Read + Send>;

enum State {
    Idle(Reader),
    Busy(JoinHandle<(Reader, io::Result<Bytes>)>),
    Ended,
}

/// Maximum size of a chunk, in bytes.
const CHUNK_SIZE: usize = 64 * 1024;

fn read(mut reader: Reader) -> (Reader, io::Result<Bytes>) {
    let mut buffer = vec![0; CHUNK_SIZE];
    let result = loop {
        match reader.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    let result = result.map(|length| {
        buffer.truncate(length);
        buffer.into()
    });
    (reader, result)
}

impl Stream for Reading {
    type Item = Chunk;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Chunk>> {
        loop {
            match std::mem::replace(&mut self.0, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(reader) => {
                    self.0 = State::Busy(tokio::task::spawn_blocking(|| read(reader)));
                }
                State::Busy(mut task) => {
                    let Poll::Ready(done) = Pin::new(&mut task).poll(context) else {
                        self.0 = State::Busy(task);
                        return Poll::Pending;
                    };
                    return Poll::Ready(match done {
                        Ok((_, Ok(chunk))) if chunk.is_empty() => None,
                        Ok((reader, Ok(chunk))) => {
                            self.0 = State::Idle(reader);
                            Some(Ok(chunk))
                        }
                        Ok((_, Err(error))) => Some(Err(error.into())),
                        Err(error) => Some(Err(error.into())),
                    });
                }
            }
        }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match &self.content {
            Content::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream(_) => self.length,
        };
        f.debug_struct("RequestBody")
            .field("length", &length)
            .finish()
    }
}
