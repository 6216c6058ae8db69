//! The client that all calls go through.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method};
use reqwest::Url;

use super::operation::SecurityRequirements;
use super::request::Request;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::Redactor;
use super::security::Credentials;

/// A client of the API: an address, credentials and a pool of connections.
///
/// Cheap to clone; clones share the pool. Calls need a Tokio runtime with its I/O and time drivers.
#[derive(Clone)]
pub struct Client {
    inner: Arc<ClientInner>,
}

pub(crate) struct ClientInner {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    /// What the API's operations want.
    pub(crate) security: SecurityRequirements,
    pub(crate) redactor: Redactor,
    pub(crate) attempt_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) max_response_size: u64,
}

impl Client {
    pub(crate) fn new_inner(inner: ClientInner) -> Self {
        Client {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn inner(&self) -> &Arc<ClientInner> {
        &self.inner
    }

    /// A request to an endpoint that the description does not list, under the same rules of
    /// credentials, time and retry.
    ///
    /// `path` starts with a slash and is sent as it is: what is special in it must be
    /// percent-encoded. It goes below the base URL, and cannot leave it.
    ///
    /// GET, HEAD, OPTIONS, PUT and DELETE count as repeatable, unless
    /// [`Request::repeatable`] says otherwise.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::to_path(self, method, path)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &self.inner.timeout)
            .field("attempt_timeout", &self.inner.attempt_timeout)
            .field("retry", &self.inner.retry)
            .finish_non_exhaustive()
    }
}
