//! Builds a client, and checks its settings before anything is sent.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use reqwest::Url;

use super::base_url;
use super::client::Client;
use super::client_inner::ClientInner;
use super::connections::{ConnectionSettings, Connections};
use super::error::Error;
use super::header;
use super::interceptor::Interceptor;
use super::operation::{Api, Scheme};
use super::proxy::Proxy;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::{Redactor, Secret};
use super::security::Credentials;

/// Configures a [`Client`].
///
/// [`build`](ClientBuilder::build) checks all settings.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    credentials: Vec<(usize, Result<Secret, String>)>,
    base_url: Option<String>,
    user_agent: Option<String>,
    headers: Vec<(String, String)>,
    connect_timeout: Option<Duration>,
    pool_idle_timeout: Option<Duration>,
    pool_max_idle: Option<usize>,
    attempt_timeout: Duration,
    timeout: Duration,
    retry: RetryPolicy,
    max_response_size: u64,
    interceptors: Vec<Arc<dyn Interceptor>>,
    roots_pem: Vec<Vec<u8>>,
    proxy: Proxy,
    allow_http: bool,
    http_client: Option<reqwest::Client>,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(150);
const MAX_RESPONSE_SIZE: u64 = 16 * 1024 * 1024;

/// Many servers close idle connections after 5 s. A request on such a connection is lost, and could not be
/// retried unless it is repeatable, so the client closes idle connections earlier.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

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

    /// Builds a client that blocks the calling thread. Nothing is sent.
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

    fn checked(self) -> Result<Client, String> {
        let text = self
            .base_url
            .as_deref()
            .or(self.api.base_url)
            .ok_or("the base URL is missing; set `base_url` on the client builder")?;
        let base_url = base_url::parse(text, self.allow_http)?;
        let headers = self.default_headers()?;
        let credentials = Credentials::new(self.api.schemes, &self.credentials)?;
        let is_set = |name: &str| headers.contains_key(name);
        if credentials.choose(self.api.security, is_set).is_none() {
            let required = credentials.required(self.api.security);
            return Err(format!(
                "the {required} is missing; set it on the client builder"
            ));
        }
        Ok(Client::new_inner(ClientInner {
            connections: self.connections(&base_url)?,
            base_url,
            has_own_base_url: self.base_url.is_some(),
            allow_http: self.allow_http,
            redactor: self.redactor(&credentials, &headers),
            headers,
            credentials,
            security: self.api.security,
            attempt_timeout: self.attempt_timeout,
            timeout: self.timeout,
            retry: self.retry,
            budget: RetryBudget::new(),
            max_response_size: self.max_response_size,
            interceptors: self.interceptors,
        }))
    }

    fn default_headers(&self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        let agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let agent = HeaderValue::from_str(agent).map_err(|_| {
            "the user agent contains characters that are not allowed in a header".to_owned()
        })?;
        headers.insert(USER_AGENT, agent);
        for (name, value) in &self.headers {
            let (name, value) = header::parse(name, value)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// Returns a redactor of all credentials, as the caller set them and as they are sent.
    fn redactor(&self, credentials: &Credentials, headers: &HeaderMap) -> Redactor {
        let given = self.credentials.iter();
        let given = given.filter_map(|(_, given)| Some(given.as_ref().ok()?.expose()));
        let headers = headers.iter();
        let headers = headers
            .filter(|(name, value)| value.is_sensitive() || credentials.is_header(name))
            .filter_map(|(_, value)| value.to_str().ok());
        Redactor::of_client(given.chain(credentials.texts()).chain(headers))
    }

    fn check_ready_made(&self) -> Result<(), String> {
        let taken = [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("pool_idle_timeout", self.pool_idle_timeout.is_some()),
            ("pool_max_idle", self.pool_max_idle.is_some()),
            ("add_root_certificate", !self.roots_pem.is_empty()),
            ("proxy or no_proxy", !matches!(self.proxy, Proxy::System)),
        ];
        match taken.iter().find(|(_, set)| *set) {
            Some((name, _)) => Err(format!(
                "`{name}` has no effect on a client of `http_client`; set it where that client is built"
            )),
            None => Ok(()),
        }
    }

    fn connections(&self, base_url: &Url) -> Result<Connections, String> {
        if let Some(client) = &self.http_client {
            self.check_ready_made()?;
            return Ok(Connections::Callers(client.clone()));
        }
        #[cfg(not(feature = "rustls-no-provider"))]
        if base_url.scheme() == "https" {
            return Err(
                "the base URL is https, but the crate is compiled without TLS; enable its feature \
                 `rustls`, or set `http_client`"
                    .to_owned(),
            );
        }
        Connections::new(ConnectionSettings {
            base_url: base_url.clone(),
            connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
            idle_timeout: self.pool_idle_timeout.unwrap_or(IDLE_TIMEOUT),
            max_idle: self.pool_max_idle.unwrap_or(usize::MAX),
            proxy: self.proxy.clone(),
            #[cfg(feature = "rustls-no-provider")]
            tls: {
                let proxied = matches!(self.proxy, Proxy::Url(_));
                let is_used = base_url.scheme() == "https" || proxied;
                super::tls::configuration(is_used, &self.roots_pem)?
            },
        })
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
