//! Builds a client, and checks all that it is given before anything is sent.

use std::fmt;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use reqwest::Url;

use super::base_url;
use super::client::{Client, ClientInner};
use super::error::Error;
use super::header;
use super::operation::{Api, Scheme};
use super::proxy::Proxy;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::{Redactor, Secret};
use super::security::Credentials;

/// Sets up a [`Client`].
///
/// Empty is checked before [`build`](ClientBuilder::build).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    credentials: Vec<(usize, Result<Secret, String>)>,
    base_url: Option<String>,
    user_agent: Option<String>,
    headers: Vec<(String, String)>,
    connect_timeout: Option<Duration>,
    attempt_timeout: Duration,
    timeout: Duration,
    retry: RetryPolicy,
    max_response_size: u64,
    roots_pem: Vec<Vec<u8>>,
    proxy: Proxy,
    allow_http: bool,
    http_client: Option<reqwest::Client>,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(150);
const MAX_RESPONSE_SIZE: u64 = 16 * 1024 * 1024;

/// Common servers drop idle connections after 5 s. A request that is on its way at that instant is
/// lost, and one that is not repeatable could not be sent again, so the client drops them first.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// A builder for clients of `api`. A function and not a method, so that it stays out of the
/// client's public API.
pub fn builder(api: &'static Api) -> ClientBuilder {
    ClientBuilder {
        api,
        credentials: Vec::new(),
        base_url: None,
        user_agent: None,
        headers: Vec::new(),
        connect_timeout: None,
        attempt_timeout: ATTEMPT_TIMEOUT,
        timeout: TIMEOUT,
        retry: RetryPolicy::default(),
        max_response_size: MAX_RESPONSE_SIZE,
        roots_pem: Vec::new(),
        proxy: Proxy::System,
        allow_http: false,
        http_client: None,
    }
}

/// Gives a builder the credential of a scheme, or the reason why it is none, in words behind its
/// name. A function and not a method, as each API has methods of its own for its schemes.
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

/// A builder with the credentials and the base URL of the environment.
pub fn builder_from_env(api: &'static Api) -> Result<ClientBuilder, Error> {
    let mut builder = builder(api);
    for (index, scheme) in api.schemes.iter().enumerate() {
        if let Some(text) = variable(scheme.variable)? {
            builder = credential(builder, index, Ok(text));
        }
    }
    if builder.credentials.is_empty() && !api.schemes.is_empty() {
        return Err(Error::configuration(missing_variables(api.schemes)));
    }
    if let Some(url) = variable(api.base_url_variable)? {
        builder = builder.base_url(url);
    }
    Ok(builder)
}

fn missing_variables(schemes: &[Scheme]) -> String {
    if let [only] = schemes {
        let (variable, what) = (only.variable, only.display_name);
        return format!("the environment variable {variable} is not set; it must hold the {what}");
    }
    let variables = schemes.iter();
    let variables =
        variables.map(|scheme| format!("{} ({})", scheme.variable, scheme.display_name));
    let variables: Vec<String> = variables.collect();
    format!(
        "none of these environment variables is set: {}",
        variables.join(", ")
    )
}

fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Error::configuration(format!(
            "the environment variable {name} is not valid Unicode"
        ))),
    }
}

impl ClientBuilder {
    /// The address of the server, in place of the API's own: `https`, and perhaps a path.
    /// `http` is accepted for loopback addresses.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Accepts an `http` base URL that is not loopback, which sends credentials and all data in the
    /// clear.
    pub fn danger_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The header `User-Agent`, in place of the crate's name and version.
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = Some(value.into());
        self
    }

    /// A header for every request; one that a call sets takes its place. What cannot be a header is
    /// an error of [`build`](ClientBuilder::build).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The longest time to make a connection; 10 s by default.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// The longest time for one attempt, from its start to the last byte of its answer; 30 s by
    /// default.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// The longest time for a call, over all its attempts and waits; 150 s by default.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// How often and how patiently calls are tried again; [`RetryPolicy`] has the defaults.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The largest body of an answer that is accepted, in bytes; 16 MiB by default.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Trusts the certificates of this PEM text besides those of the system. Wants one of the
    /// features for TLS.
    pub fn add_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots_pem.push(pem.into());
        self
    }

    /// Sends every request through this proxy, at an `http` or `https` URL. By default, `https`
    /// follows the system's proxies and `http` goes through none.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Sends no request through a proxy.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// A ready-made reqwest client, for what this builder does not offer.
    ///
    /// It must itself see to what cannot be changed from outside: not to follow redirects (they
    /// would carry credentials to another host), not to retry (a request that is not repeatable
    /// would be sent twice), a connect timeout, an idle timeout below the server's, and proxies.
    /// It cannot be combined with a connect timeout, a root certificate or a proxy of this builder.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Builds the client. Empty is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](super::ErrorKind::Configuration) if a credential, the base URL or
    /// anything else that was set cannot be used; the text says why, and never repeats a secret.
    pub fn build(self) -> Result<Client, Error> {
        self.checked().map_err(Error::configuration)
    }

    /// Builds a client that blocks the calling thread. Empty is sent.
    ///
    /// # Errors
    ///
    /// As [`build`](ClientBuilder::build); and if the thread that does the work cannot be started.
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
            .ok_or("there is no base URL; give one to the builder")?;
        let base_url = base_url::parse(text, self.allow_http)?;
        let headers = self.default_headers()?;
        let credentials = Credentials::new(self.api.schemes, &self.credentials)?;
        let is_set = |name: &str| headers.contains_key(name);
        if credentials.choose(self.api.security, is_set).is_none() {
            let required = credentials.required(self.api.security);
            return Err(format!("there is no {required}; give one to the builder"));
        }
        let http = match &self.http_client {
            Some(client) => {
                self.check_ready_made()?;
                client.clone()
            }
            None => self.reqwest(&base_url)?,
        };
        Ok(Client::new_inner(ClientInner {
            http,
            base_url,
            redactor: self.redactor(&credentials, &headers),
            headers,
            credentials,
            security: self.api.security,
            attempt_timeout: self.attempt_timeout,
            timeout: self.timeout,
            retry: self.retry,
            budget: RetryBudget::new(),
            max_response_size: self.max_response_size,
        }))
    }

    fn default_headers(&self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        let agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let agent = HeaderValue::from_str(agent)
            .map_err(|_| "the user agent holds characters that a header cannot".to_owned())?;
        headers.insert(USER_AGENT, agent);
        for (name, value) in &self.headers {
            let (name, value) = header::parse(name, value)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// Credentials, as they were given and as they are sent, and headers of their kind.
    fn redactor(&self, credentials: &Credentials, headers: &HeaderMap) -> Redactor {
        let given = self.credentials.iter();
        let given = given.filter_map(|(_, given)| Some(given.as_ref().ok()?.expose()));
        let headers = headers.iter();
        let headers = headers
            .filter(|(name, value)| value.is_sensitive() || credentials.is_of_header(name))
            .filter_map(|(_, value)| value.to_str().ok());
        Redactor::of_client(given.chain(credentials.texts()).chain(headers))
    }

    fn check_ready_made(&self) -> Result<(), String> {
        let taken = [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("add_root_certificate", !self.roots_pem.is_empty()),
            ("proxy or no_proxy", !matches!(self.proxy, Proxy::System)),
        ];
        match taken.iter().find(|(_, set)| *set) {
            Some((name, _)) => Err(format!(
                "`{name}` cannot change a ready-made client; set it where that client is built"
            )),
            None => Ok(()),
        }
    }

    fn reqwest(&self, base_url: &Url) -> Result<reqwest::Client, String> {
        let https = base_url.scheme() == "https";
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .pool_idle_timeout(IDLE_TIMEOUT);
        builder = self.proxy.set(builder, https)?;
        self.with_tls(builder, https)?
            .build()
            .map_err(|error| format!("the HTTP client cannot be built: {}", error.without_url()))
    }

    #[cfg(feature = "rustls-no-provider")]
    fn with_tls(
        &self,
        builder: reqwest::ClientBuilder,
        https: bool,
    ) -> Result<reqwest::ClientBuilder, String> {
        let proxied = matches!(self.proxy, Proxy::Url(_));
        let configuration = super::tls::configuration(https || proxied, &self.roots_pem)?;
        Ok(builder.tls_backend_preconfigured(configuration))
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    fn with_tls(
        &self,
        builder: reqwest::ClientBuilder,
        https: bool,
    ) -> Result<reqwest::ClientBuilder, String> {
        if https {
            return Err(
                "the base URL is https, but the crate was built without TLS; enable its feature \
                 `rustls`, or give a ready-made client"
                    .to_owned(),
            );
        }
        Ok(builder)
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers, base URL and proxy may hold secrets before they are checked.
        f.debug_struct("ClientBuilder")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
