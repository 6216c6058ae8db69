//! Response bodies that are streams of items: server-sent events, JSON lines and JSON sequences.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::byte_stream::{ByteStream, Head, Streamed};
use super::items::{Framing, Items};
use crate::runtime::Request;
use crate::runtime::call::{Call, sealed::Decode};
use crate::runtime::error::Error;
use crate::runtime::received::ReceivedResponse;

/// The items of a successful response as they arrive. There may be any number of them, without an end.
///
/// The time limits of the call apply until the head of the response has arrived. Then each chunk of the
/// body has a time limit of its own; the default is the time limit of an attempt. The size limit of a
/// response applies to each item. Dropping the stream before its end closes the connection. The client
/// does not connect again: after an error, make the call again, with the `id` of the last event if the
/// server supports that.
pub struct ItemStream<T> {
    bytes: ByteStream,
    items: Items<T>,
}

impl<T> ItemStream<T> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.bytes.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.bytes.headers()
    }

    /// Sets the maximum time to wait for a chunk of the body. Default: the client's time limit of an
    /// attempt.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.bytes = self.bytes.idle_timeout(limit);
        self
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// Waits for the next item. Returns `None` at the end of the body. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) if the item is not valid, and
    /// [`TooLarge`](crate::ErrorKind::TooLarge) if it is larger than the client's maximum; the error says
    /// which item, and the next call returns the item after it. Otherwise the same as those of
    /// [`ByteStream::chunk`]. After a time limit, the next call continues to wait.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(item);
            }
            match self.bytes.chunk().await {
                Ok(Some(chunk)) => self.items.push(chunk),
                Ok(None) => return self.items.last(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Request {
    /// Returns the call for a response that is a stream of items.
    pub fn items<T, F>(self) -> Call<ItemStream<T>, F> {
        let mut call = Call::new(self);
        call.state.options.is_streamed = true;
        call
    }
}

/// A format of streams.
pub(crate) trait ItemFormat {
    const FRAMING: Framing;
}

/// Server-sent events (`text/event-stream`). Each item is an event: an object with `data`, `event`, `id` and
/// `retry`, as far as the server sends them. An event without `data` is skipped, and so are comments, as the
/// HTML standard defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {}

impl ItemFormat for Events {
    const FRAMING: Framing = Framing::Events;
}

/// Server-sent events (`text/event-stream`). Each item is the JSON in the `data` of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {}

impl ItemFormat for EventData {
    const FRAMING: Framing = Framing::EventData;
}

/// JSON lines (`application/jsonl`, `application/x-ndjson`). Each line that is not empty is an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonLines {}

impl ItemFormat for JsonLines {
    const FRAMING: Framing = Framing::Lines;
}

/// A JSON text sequence (`application/json-seq`, RFC 7464). Each text after a record separator is an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonSequence {}

impl ItemFormat for JsonSequence {
    const FRAMING: Framing = Framing::Sequence;
}

impl<T: DeserializeOwned, F: ItemFormat> Decode<ItemStream<T>> for F {
    fn decode(received: &mut ReceivedResponse) -> Result<ItemStream<T>, String> {
        Ok(ItemStream {
            items: Items::new(Head::of(received), F::FRAMING, received.max_size),
            bytes: Streamed::decode(received)?,
        })
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemStream").field(&self.bytes).finish()
    }
}
