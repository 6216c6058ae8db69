//! The items of a body, as its chunks arrive.

use std::marker::PhantomData;
use std::mem;

use bytes::{Buf, Bytes};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::byte_stream::Head;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::json;

/// How a body consists of items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events, as the HTML standard defines them. Each is an object with the keys `data`,
    /// `event`, `id` and `retry` that it has.
    Events,
    /// Server-sent events whose `data` is the item.
    EventData,
    /// A JSON text in each line.
    Lines,
    /// JSON texts, each after a record separator (RFC 7464).
    Sequence,
}

/// The items of a body.
pub(crate) struct Items<T> {
    head: Head,
    framing: Framing,
    splitter: Splitter,
    chunk: Bytes,
    /// Number of items so far.
    count: u64,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Items<T> {
    pub(crate) fn new(head: Head, framing: Framing, max_size: u64) -> Self {
        Items {
            head,
            framing,
            splitter: Splitter::new(framing, usize::try_from(max_size).unwrap_or(usize::MAX)),
            chunk: Bytes::new(),
            count: 0,
            item: PhantomData,
        }
    }

    /// Adds a chunk, once there is no item left in the chunk before.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// Returns the next item of the chunks so far.
    pub(crate) fn next(&mut self) -> Option<Result<T, Error>> {
        loop {
            let item = self.splitter.next(&mut self.chunk)?;
            if let Some(decoded) = self.decoded(item) {
                return Some(decoded);
            }
        }
    }

    /// Returns the item that ends with the body.
    pub(crate) fn last(&mut self) -> Option<Result<T, Error>> {
        let item = self.splitter.last()?;
        self.decoded(item)
    }

    fn decoded(&mut self, item: Result<Vec<u8>, TooLarge>) -> Option<Result<T, Error>> {
        let (kind, reason, item) = match item {
            Ok(item) => match decode(self.framing, &item)? {
                Ok(decoded) => {
                    self.count += 1;
                    return Some(Ok(decoded));
                }
                Err(reason) => (
                    ErrorKind::Decode,
                    format!("does not decode: {reason}"),
                    item,
                ),
            },
            Err(TooLarge) => {
                let limit = self.splitter.max_size;
                let reason = format!(
                    "is larger than {limit} bytes; raise `max_response_size` on the client builder"
                );
                (ErrorKind::TooLarge, reason, Vec::new())
            }
        };
        self.count += 1;
        let detail = format!("item {} of the stream {reason}", self.count);
        Some(Err(self.head.error(kind, detail, item.into())))
    }
}

/// Decodes an item. Returns `None` for an event without data, which is no event.
pub(crate) fn decode<T: DeserializeOwned>(
    framing: Framing,
    item: &[u8],
) -> Option<Result<T, String>> {
    if matches!(framing, Framing::Lines | Framing::Sequence) {
        return Some(json::decode(item));
    }
    let event = match std::str::from_utf8(item) {
        Ok(text) => event(text)?,
        Err(error) => return Some(Err(format!("the text is not UTF-8: {error}"))),
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let data = event.get("data").map(text).unwrap_or_default();
    if framing == Framing::EventData {
        let decoded = json::decode(data.as_bytes());
        return Some(
            decoded
                .or_else(|reason| serde_json::from_value(Value::String(data)).map_err(|_| reason)),
        );
    }
    let mut event = Value::Object(event);
    Some(T::deserialize(&event).or_else(|_| {
        // The schema of `data` may describe the JSON in it.
        if let Ok(value) = serde_json::from_str(&data) {
            event["data"] = value;
        }
        json::decode(event.to_string().as_bytes())
    }))
}

/// Returns the fields of an event, by the rules of the HTML standard.
fn event(text: &str) -> Option<Map<String, Value>> {
    let mut event = Map::new();
    let mut data: Option<String> = None;
    for line in text.lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => data = Some(value.to_owned()),
            },
            "event" => {
                event.insert("event".to_owned(), value.into());
            }
            "id" if !value.contains('\0') => {
                event.insert("id".to_owned(), value.into());
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                if let Ok(milliseconds) = value.parse::<u64>() {
                    event.insert("retry".to_owned(), milliseconds.into());
                }
            }
            _ => {}
        }
    }
    event.insert("data".to_owned(), data?.into());
    Some(event)
}

/// An item has more bytes than are kept in memory.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// Splits a body into its items, wherever its chunks begin and end.
pub(crate) struct Splitter {
    framing: Framing,
    max_size: usize,
    /// Whole lines of the item, each ended by a line feed.
    item: Vec<u8>,
    /// The line that has begun. Of an item that is too large, it is empty or not, but not whole.
    line: Vec<u8>,
    is_too_large: bool,
    /// A byte order mark may begin the body.
    is_first_line: bool,
    /// The line feed of a carriage return may follow.
    after_return: bool,
}

impl Splitter {
    pub(crate) fn new(framing: Framing, max_size: usize) -> Self {
        Splitter {
            framing,
            max_size,
            item: Vec::new(),
            line: Vec::new(),
            is_too_large: false,
            is_first_line: true,
            after_return: false,
        }
    }

    /// Takes the bytes of a chunk up to the end of an item.
    pub(crate) fn next(&mut self, chunk: &mut Bytes) -> Option<Result<Vec<u8>, TooLarge>> {
        let ends: &[u8] = match self.framing {
            Framing::Events | Framing::EventData => b"\r\n",
            Framing::Lines => b"\n",
            Framing::Sequence => b"\x1e",
        };
        while !chunk.is_empty() {
            if mem::take(&mut self.after_return) && chunk[0] == b'\n' {
                chunk.advance(1);
                continue;
            }
            let end = chunk.iter().position(|byte| ends.contains(byte));
            let piece = chunk.split_to(end.unwrap_or(chunk.len()));
            if self.add(&piece) {
                return Some(Err(TooLarge));
            }
            if end.is_some() {
                self.after_return = chunk.get_u8() == b'\r';
                if let Some(item) = self.end_line() {
                    return Some(Ok(item));
                }
            }
        }
        None
    }

    /// Returns the item at the end of the body. An event ends with an empty line: one without is incomplete.
    pub(crate) fn last(&mut self) -> Option<Result<Vec<u8>, TooLarge>> {
        match self.framing {
            Framing::Events | Framing::EventData => None,
            Framing::Lines | Framing::Sequence => self.end_line().map(Ok),
        }
    }

    /// Adds a piece of a line. Returns whether the item thereby becomes too large.
    fn add(&mut self, piece: &[u8]) -> bool {
        let was_too_large = self.is_too_large;
        let size = self.item.len() + self.line.len() + piece.len();
        self.is_too_large |= size > self.max_size;
        if self.is_too_large {
            self.item.clear();
            self.line.truncate(1);
            self.line.extend(piece.first());
        } else {
            self.line.extend_from_slice(piece);
        }
        self.is_too_large && !was_too_large
    }

    /// Ends a line. Returns the item that ends with it.
    fn end_line(&mut self) -> Option<Vec<u8>> {
        let mut line = mem::take(&mut self.line);
        if mem::take(&mut self.is_first_line) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        let is_event = matches!(self.framing, Framing::Events | Framing::EventData);
        if is_event && !line.is_empty() {
            // A comment is no part of an event.
            if line[0] != b':' && !self.is_too_large {
                self.item.append(&mut line);
                self.item.push(b'\n');
            }
            return None;
        }
        let item = match is_event {
            true => mem::take(&mut self.item),
            false => line,
        };
        let was_too_large = mem::take(&mut self.is_too_large);
        let is_empty = item.iter().all(u8::is_ascii_whitespace);
        (!was_too_large && !is_empty).then_some(item)
    }
}
