//! The settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::client::Client;
use super::error::Error;
use super::interceptor::Interceptor;
use super::operation::{Api, Scheme};
use super::proxy::Proxy;
use super::retry::RetryPolicy;
use super::secret::Secret;

/// Configures a [`Client`].
///
/// [`build`](ClientBuilder::build) checks all settings.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    pub(crate) api: &'static Api,
    pub(crate) credentials: Vec<(usize, Result<Secret, String>)>,
    pub(crate) base_url: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) pool_max_idle: Option<usize>,
    pub(crate) attempt_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_response_size: u64,
    pub(crate) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(crate) roots_pem: Vec<Vec<u8>>,
    pub(crate) proxy: Proxy,
    pub(crate) allow_http: bool,
    pub(crate) http_client: Option<reqwest::Client>,
}

pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(150);
const MAX_RESPONSE_SIZE: u64 = 16 * 1024 * 1024;

/// Many servers close idle connections after 5 s. A request on such a connection is lost, and could not be
/// retried unless it is repeatable, so the client closes idle connections earlier.
pub(crate) const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// Creates a builder for clients of `api`. A function, so that it stays out of the public API.
pub fn builder(api: &'static Api) -> ClientBuilder {
    ClientBuilder {
        api,
        credentials: Vec::new(),
        base_url: None,
        user_agent: None,
        headers: Vec::new(),
        connect_timeout: None,
        pool_idle_timeout: None,
        pool_max_idle: None,
        attempt_timeout: ATTEMPT_TIMEOUT,
        timeout: TIMEOUT,
        retry: RetryPolicy::default(),
        max_response_size: MAX_RESPONSE_SIZE,
        interceptors: Vec::new(),
        roots_pem: Vec::new(),
        proxy: Proxy::System,
        allow_http: false,
        http_client: None,
    }
}

/// Sets the credential of a scheme, or the reason why it is invalid. A function, as each API has methods of
/// its own for its schemes.
pub fn credential(
    mut builder: ClientBuilder,
    scheme: usize,
    credential: Result<String, String>,
) -> ClientBuilder {
    builder
        .credentials
        .push((scheme, credential.map(Secret::new)));
    builder
}

impl ClientBuilder {
    /// Sets the base URL of the server. It may have a path. Default: the server of the API's description.
    ///
    /// It must be `https`, or `http` to a loopback address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Accepts an `http` base URL of any host. Credentials and data are then sent without encryption.
    pub fn danger_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sets the `User-Agent` header. Default: name and version of this crate.
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = Some(value.into());
        self
    }

    /// Sets a header of every request. A call can replace it.
    ///
    /// An invalid header is an error of [`build`](ClientBuilder::build).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the maximum time to connect, including TLS. Default: 10 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Sets how long an unused connection stays open. Default: 4 s.
    ///
    /// Set it to less than the server's, which is often 5 s: a request on a connection that the server is about to
    /// close is lost, and is retried only if it is repeatable.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.pool_idle_timeout = Some(limit);
        self
    }

    /// Sets the maximum number of unused connections that stay open. Default: no limit.
    ///
    /// It does not limit how many calls are made at the same time.
    pub fn pool_max_idle(mut self, connections: usize) -> Self {
        self.pool_max_idle = Some(connections);
        self
    }

    /// Sets the maximum time for one attempt, from its start to the last byte of the response. Default: 30 s.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// Sets the maximum time for a call, over all its attempts and waits. Default: 150 s.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// Sets the retry policy of all calls. Default: [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the maximum size of a response body, in bytes. Default: 16 MiB.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Adds behaviour around each attempt of each call. Interceptors run in the order in which they were added.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Trusts the certificates of a PEM text, besides those of the system. Requires the feature `rustls` or
    /// `rustls-no-provider`.
    pub fn add_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots_pem.push(pem.into());
        self
    }

    /// Sends all requests through a proxy with an `http` or `https` URL. Default: the system's proxies for an
    /// `https` base URL, no proxy for `http`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Sends all requests without a proxy.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Sends requests with a reqwest client of your own, for settings that this builder does not have.
    ///
    /// Configure it not to follow redirects, which would send credentials to another host, and not to retry,
    /// which would send a request twice that is not repeatable. Set its connect timeout, an idle timeout below
    /// the server's, and proxies: this builder's connect timeout, pool, root certificates and proxies cannot be
    /// combined with it.
    ///
    /// Use such a client on one Tokio runtime only. For HTTP/2, set its `http2_keep_alive_interval`: this crate
    /// cannot replace a connection that is dead.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](super::ErrorKind::Configuration) if a credential is missing, or a setting is
    /// invalid. The message never contains a credential.
    pub fn build(self) -> Result<Client, Error> {
        self.checked().map_err(Error::configuration)
    }

    /// Builds a client that blocks the calling thread. Nothing is sent. Requires the feature `blocking`.
    ///
    /// # Errors
    ///
    /// The same as those of [`build`](ClientBuilder::build), and if the thread of the client cannot be started.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<super::blocking::Client, Error> {
        super::blocking::Client::start(self.build()?).map_err(Error::configuration)
    }

    /// The security schemes of the API.
    #[allow(dead_code, reason = "only the mock server reads them")]
    pub(crate) fn schemes(&self) -> &'static [Scheme] {
        self.api.schemes
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers, base URL and proxy may contain credentials.
        f.debug_struct("ClientBuilder")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
