//! Bodies of requests that are bytes, whatever they mean.

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

/// The body of a request: bytes, or a stream of them.
///
/// Bytes and text convert to it. A request with a stream is sent once: it is never tried again, and
/// its time limit is that of the call.
pub struct RequestBody {
    content: Content,
    length: Option<u64>,
}

enum Content {
    Whole(Bytes),
    Stream(Pieces),
}

type Piece = Result<Bytes, Box<dyn Error + Send + Sync>>;
type Pieces = Pin<Box<dyn Stream<Item = Piece> + Send>>;

impl RequestBody {
    /// The pieces of a stream. The call fails if one of them is an error.
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

    /// All that a reader gives, such as a file. It is read on threads that may block.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        let state = State::Idle(Box::new(reader));
        RequestBody {
            content: Content::Stream(Box::pin(Reading(state))),
            length: None,
        }
    }

    /// Says how many bytes a stream will give, for servers that want to know before.
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
    /// Sets the body, as bytes; their media type is `application/octet-stream` unless the header
    /// `Content-Type` is set to another one.
    pub fn bytes(mut self, body: impl Into<RequestBody>) -> Self {
        let RequestBody { content, length } = body.into();
        let body = match content {
            Content::Whole(bytes) => Body::Whole(bytes),
            Content::Stream(pieces) => {
                let pieces = Mutex::new(pieces);
                Body::SingleUse(Some(reqwest::Body::wrap(Sent { pieces, length })))
            }
        };
        let content_type = HeaderValue::from_static("application/octet-stream");
        self.set_body(body, content_type);
        self
    }
}

/// A stream as a body. A stream need not be `Sync`, and a body must be.
struct Sent {
    pieces: Mutex<Pieces>,
    length: Option<u64>,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let pieces = self.pieces.get_mut();
        let pieces = pieces.unwrap_or_else(PoisonError::into_inner);
        let next = ready!(pieces.as_mut().poll_next(context));
        Poll::Ready(next.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// A stream with its pieces and errors converted.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|piece| piece.map(Into::into).map_err(Into::into)))
    }
}

/// What a reader gives, piece by piece.
struct Reading(State);

type Reader = Box<dyn Read + Send>;

enum State {
    Idle(Reader),
    Busy(JoinHandle<(Reader, io::Result<Bytes>)>),
    Ended,
}

const PIECE: usize = 64 * 1024;

fn read(mut reader: Reader) -> (Reader, io::Result<Bytes>) {
    let mut buffer = vec![0; PIECE];
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
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
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
                        Ok((_, Ok(piece))) if piece.is_empty() => None,
                        Ok((reader, Ok(piece))) => {
                            self.0 = State::Idle(reader);
                            Some(Ok(piece))
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
