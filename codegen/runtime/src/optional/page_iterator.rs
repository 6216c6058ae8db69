//! Lists that a server returns in pages, for the blocking client.

use std::fmt;
use std::time::Duration;
use std::vec;

use serde::de::DeserializeOwned;

use crate::optional::pages::Pages;
use crate::runtime::blocking::Client;
use crate::runtime::error::Error;
use crate::runtime::response::Response;
use crate::runtime::retry::RetryPolicy;

/// The [`Pages`] of a list, as an iterator that blocks the calling thread. Requires the feature `blocking`.
///
/// [`items`](PageIterator::items) returns an iterator over the items of all pages.
///
/// ```text
/// for item in client.list_things_pages(&params).items() {
///     println!("{:?}", item?);
/// }
/// ```
///
/// An error is the last value of both iterators.
#[must_use = "iterators do nothing unless they are iterated"]
pub struct PageIterator<T, I> {
    pages: Pages<T, I>,
    client: Client,
}

impl<T, I> PageIterator<T, I> {
    pub(crate) fn new(pages: Pages<T, I>, client: &Client) -> Self {
        PageIterator {
            pages,
            client: client.clone(),
        }
    }

    /// Sets the maximum time for the call of each page. Default: the client's.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.pages = self.pages.timeout(limit);
        self
    }

    /// Sets the retry policy of the call of each page. Default: the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pages = self.pages.retry(policy);
        self
    }

    /// Sets a header of the call of each page, and replaces the client's header of that name.
    ///
    /// An invalid header is an error of the first call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.pages = self.pages.header(name, value);
        self
    }

    /// Returns an iterator over the items of the pages that were not returned yet.
    pub fn items(self) -> ItemIterator<T, I> {
        ItemIterator {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

impl<T: DeserializeOwned, I> Iterator for PageIterator<T, I> {
    type Item = Result<Response<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.pages.take_call()? {
            Ok(call) => {
                let result = self.client.call(call).send();
                self.pages.receive(result)
            }
            Err(error) => Err(error),
        })
    }
}

/// The items of all pages of a list, as an iterator that blocks the calling thread. Requires the feature
/// `blocking`.
///
/// A page is requested when all items of the page before were returned.
#[must_use = "iterators do nothing unless they are iterated"]
pub struct ItemIterator<T, I> {
    pages: PageIterator<T, I>,
    /// Rest of the current page.
    page: vec::IntoIter<I>,
}

impl<T: DeserializeOwned, I> Iterator for ItemIterator<T, I> {
    type Item = Result<I, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = self.pages.pages.take_items(page),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<T, I> fmt::Debug for PageIterator<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageIterator").field(&self.pages).finish()
    }
}

impl<T, I> fmt::Debug for ItemIterator<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemIterator")
            .field(&self.pages.pages)
            .finish()
    }
}
