//! Lists that a server returns in pages.

mod current;
mod history;
mod link;
mod query;

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::time::Duration;
use std::vec;

use serde::de::DeserializeOwned;

use current::Current;
use history::History;

use crate::runtime::base_url;
use crate::runtime::call::{Call, Json, decode};
use crate::runtime::error::{Error, ErrorInner, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::request::request;
use crate::runtime::response::Response;
use crate::runtime::retry::RetryPolicy;

/// The pages of a list. [`items`](Pages::items) returns the items of all pages one after the other.
///
/// ```text
/// let mut items = client.list_things_pages(&params).items();
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
///
/// let mut pages = client.list_things_pages(&params);
/// while let Some(page) = pages.next().await {
///     let page = page?; // a Response, with status and headers
///     println!("{:?}", page.body());
/// }
/// ```
///
/// The first page is the one that the parameters of the method select. Each page is a call of its own, with
/// the retries, time limits, headers and interceptors of any other call. A page is requested when
/// [`next`](Pages::next) asks for it, not earlier. There is no time limit for all pages together. Nothing is
/// borrowed, so that a task can own the pages.
///
/// # The end
///
/// | the next page is | the last page is |
/// |---|---|
/// | behind a cursor, or a URL in the response body | the one whose cursor or URL is absent, null or empty |
/// | behind a `Link` header | the one whose `Link` header has no such link |
/// | numbered, or at an offset | the first one without items |
///
/// # Errors
///
/// An error ends the iteration: after it, [`next`](Pages::next) returns `None`. To continue later, call the
/// method again with the cursor, number or offset of the first page that did not arrive.
///
/// Besides the errors of each call, these responses are errors of the kind [`Decode`](ErrorKind::Decode).
/// The page itself is returned first.
///
/// - The next page was requested before, or a numbered page is the same as the one before: the iteration would
///   never end.
/// - 1000 pages in a row have no items.
/// - The URL of the next page is invalid, too long, or not below the base URL. Credentials are sent to no other
///   server.
///
/// `T` is the type of the response body of a page, `I` the type of an item.
#[must_use = "pages are requested when `next` is called"]
pub struct Pages<T, I> {
    /// The call of the next page, which may be running.
    call: Option<Call<T>>,
    /// Why the next page cannot be requested.
    failure: Option<Error>,
    /// What the current request consists of, to derive the next one.
    current: Option<Current>,
    operation: &'static Operation,
    next: NextPage<T>,
    items: fn(&mut T) -> Option<&mut Vec<I>>,
    history: History,
}

/// How a response says which page is the next.
#[allow(dead_code, reason = "a description uses some of them")]
pub enum NextPage<T> {
    /// A query parameter, and its value for the next page.
    Cursor(&'static str, fn(&T) -> Option<String>),
    /// A query parameter with the number of the page, and the number of the first page.
    Number(&'static str, i64),
    /// A query parameter with the number of items before the page, and its value for the first page.
    Offset(&'static str, i64),
    /// The relation of the next page in the header `Link`.
    Link(&'static str),
    /// The URL of the next page.
    Url(fn(&T) -> Option<String>),
}

impl<T, I> Pages<T, I> {
    pub(crate) fn new(
        operation: &'static Operation,
        first: Call<T>,
        next: NextPage<T>,
        items: fn(&mut T) -> Option<&mut Vec<I>>,
    ) -> Self {
        Pages {
            call: Some(first),
            failure: None,
            current: None,
            operation,
            next,
            items,
            history: History::default(),
        }
    }

    /// Sets the maximum time for the call of each page. Default: the client's.
    pub fn timeout(self, limit: Duration) -> Self {
        self.set(|call| call.timeout(limit))
    }

    /// Sets the retry policy of the call of each page. Default: the client's.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.set(|call| call.retry(policy))
    }

    /// Sets a header of the call of each page, and replaces the client's header of that name.
    ///
    /// An invalid header is an error of the first call.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.set(|call| call.header(name, value))
    }

    fn set(mut self, change: impl FnOnce(Call<T>) -> Call<T>) -> Self {
        self.call = self.call.map(change);
        self
    }

    /// Returns the items of the pages that were not returned yet.
    pub fn items(self) -> Items<T, I> {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }

    /// Takes the items out of a page.
    pub(crate) fn take_items(&self, page: Response<T>) -> vec::IntoIter<I> {
        let mut body = page.into_body();
        let items = (self.items)(&mut body).map(mem::take);
        items.unwrap_or_default().into_iter()
    }

    /// Takes the call of the next page, or the error in place of it. Until [`Pages::receive`], there is no
    /// further page.
    #[allow(dead_code, reason = "the blocking client uses it")]
    pub(crate) fn take_call(&mut self) -> Option<Result<Call<T>, Error>> {
        self.remember();
        match self.call.take() {
            Some(call) => Some(Ok(call)),
            None => self.failure.take().map(Err),
        }
    }

    /// Remembers what a call sends that has not begun.
    fn remember(&mut self) {
        let Some(call) = &self.call else { return };
        let Some(request) = &call.state.request else {
            return;
        };
        self.history.is_new(&request.path, &request.query);
        self.current = Some(Current {
            client: request.client().clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers: request.headers.clone(),
            timeout: call.state.options.timeout,
            retry: call.state.options.retry.clone(),
        });
    }

    /// Finds the page after a response.
    pub(crate) fn receive(
        &mut self,
        result: Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        self.call = None;
        let mut response = result?;
        match self.after(&mut response) {
            Ok(call) => self.call = call,
            Err(detail) => {
                let error = Error::new(ErrorInner {
                    operation: Some(self.operation.id),
                    detail,
                    status: Some(response.status),
                    headers: response.headers.clone(),
                    attempts: response.attempts,
                    repeatable: self.operation.repeatable,
                    may_have_been_applied: true,
                    ..ErrorInner::new(ErrorKind::Decode)
                });
                self.failure = Some(error.redacting(response.redactor.clone()));
            }
        }
        Ok(response)
    }

    /// Returns the call of the page after a response, `None` after the last page, or why the next page cannot be
    /// requested.
    fn after(&mut self, response: &mut Response<T>) -> Result<Option<Call<T>>, String> {
        let Some(current) = self.current.take() else {
            return Ok(None);
        };
        let count = (self.items)(&mut response.body).map_or(0, |items| items.len());
        let body = &response.body;
        let target = match self.next {
            NextPage::Cursor(parameter, of) => given(of(body))
                .map(|cursor| Target::Query(query::with(&current.query, parameter, &cursor))),
            NextPage::Number(..) | NextPage::Offset(..) if count == 0 => None,
            NextPage::Number(parameter, first) => {
                self.history.differs(&response.raw_body, parameter)?;
                Some(Target::Query(current.after(parameter, first, 1)?))
            }
            NextPage::Offset(parameter, first) => {
                self.history.differs(&response.raw_body, parameter)?;
                Some(Target::Query(current.after(parameter, first, count)?))
            }
            NextPage::Link(relation) => {
                given(link::target(&response.headers, relation)?).map(Target::Url)
            }
            NextPage::Url(of) => given(of(body)).map(Target::Url),
        };
        let Some(target) = target else {
            return Ok(None);
        };
        self.history.count(count)?;
        let base_url = current.base_url(self.operation)?;
        let (path, query) = match target {
            Target::Query(query) => (current.path, query),
            Target::Url(url) => current.below(&base_url, &url, self.operation)?,
        };
        let length = base_url::join(&base_url, &path, &query).as_str().len();
        if length > base_url::MAX_LENGTH {
            return Err(format!(
                "the URL of the next page is {length} bytes long, and at most {} are possible",
                base_url::MAX_LENGTH
            ));
        }
        if !self.history.is_new(&path, &query) {
            return Err(
                "the next page was requested before, so that the pages would never end".to_owned(),
            );
        }
        let mut next = request(&current.client, self.operation, &[]);
        next.path = path;
        next.query = query;
        next.headers = current.headers;
        let mut call = Call::new(next);
        call.state.options.timeout = current.timeout;
        call.state.options.retry = current.retry;
        Ok(Some(call))
    }
}

impl<T: DeserializeOwned, I> Pages<T, I> {
    /// Requests the next page. Returns `None` after the last page, and after an error.
    ///
    /// If the future is dropped, the call goes on when `next` is called again, and no page is lost.
    ///
    /// The function `unfold` of the crate `futures` makes a stream of the pages or of their items:
    ///
    /// ```text
    /// let items = client.list_things_pages(&params).items();
    /// let stream = futures::stream::unfold(items, |mut items| async move {
    ///     let item = items.next().await?;
    ///     Some((item, items))
    /// });
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`] and the documentation of [`Pages`].
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        self.remember();
        let Some(call) = &mut self.call else {
            return self.failure.take().map(Err);
        };
        let received = poll_fn(|context| call.state.future().as_mut().poll(context));
        let result = received.await.and_then(decode::<T, Json>);
        Some(self.receive(result))
    }
}

/// The items of all [`Pages`] of a list. A page is requested when all items of the page before were returned.
#[must_use = "pages are requested when `next` is called"]
pub struct Items<T, I> {
    pages: Pages<T, I>,
    /// Rest of the current page.
    page: vec::IntoIter<I>,
}

impl<T: DeserializeOwned, I> Items<T, I> {
    /// Returns the next item, and requests the next page if that is necessary. Returns `None` after the last
    /// item, and after an error.
    ///
    /// If the future is dropped, no item is lost.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(page) => self.page = self.pages.take_items(page),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Where the next page is.
enum Target {
    /// The query of the same endpoint.
    Query(String),
    /// A URL that a server chose.
    Url(String),
}

/// Returns a text that is not empty.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

impl<T, I> fmt::Debug for Pages<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

impl<T, I> fmt::Debug for Items<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.pages.operation.id)
            .finish_non_exhaustive()
    }
}
