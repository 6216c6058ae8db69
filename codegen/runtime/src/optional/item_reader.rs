//! Response bodies that are streams of items, read by a blocking client.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::byte_reader::ByteReader;
use super::byte_stream::{Head, Streamed};
use super::item_stream::{ItemFormat, ItemStream};
use super::items::Items;
use crate::runtime::blocking::Call;
use crate::runtime::call::sealed::Decode;
use crate::runtime::error::Error;
use crate::runtime::received::ReceivedResponse;

/// The items of a successful response as they arrive: an [`ItemStream`] that blocks the calling thread.
/// Requires the feature `blocking`.
///
/// It is an iterator over the items. After an item that is not valid, it continues with the item after it;
/// after any other error, it ends.
pub struct ItemReader<T> {
    bytes: ByteReader,
    items: Items<T>,
}

impl<T, F> Call<ItemStream<T>, F> {
    /// Returns a call for the items as a reader.
    pub(crate) fn items(self) -> Call<ItemReader<T>, F> {
        Call {
            call: self.call.with_format(),
            worker: self.worker,
        }
    }
}

impl<T: DeserializeOwned, F: ItemFormat> Decode<ItemReader<T>> for F {
    fn decode(received: &mut ReceivedResponse) -> Result<ItemReader<T>, String> {
        Ok(ItemReader {
            items: Items::new(Head::of(received), F::FRAMING, received.max_size),
            bytes: Streamed::decode(received)?,
        })
    }
}

impl<T> ItemReader<T> {
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

impl<T: DeserializeOwned> Iterator for ItemReader<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(item);
            }
            match self.bytes.chunk() {
                Ok(Some(chunk)) => self.items.push(chunk),
                Ok(None) => return self.items.last(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<T> fmt::Debug for ItemReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemReader").field(&self.bytes).finish()
    }
}
