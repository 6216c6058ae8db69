//! The client that all calls go through.

use std::fmt;
use std::sync::Arc;

use http::Method;

use super::client_inner::ClientInner;
use super::request::Request;

/// A client of the API: a base URL, credentials and a pool of connections.
///
/// Cloning is cheap, and clones share the pool. Calls need a Tokio runtime with I/O and time enabled.
#[derive(Clone)]
pub struct Client {
    inner: Arc<ClientInner>,
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

    /// Starts a request to an endpoint that has no method of its own. Credentials, time limits and retries
    /// are those of other calls.
    ///
    /// `path` starts with a slash, is appended to the base URL and cannot leave it. Percent-encode special
    /// characters; set the query with [`Request::query`].
    ///
    /// GET, HEAD, OPTIONS, PUT and DELETE are repeatable by default; see [`Request::repeatable`].
    ///
    /// # Errors
    ///
    /// An invalid path is an error of the call, of the kind
    /// [`InvalidInput`](super::ErrorKind::InvalidInput).
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
