//! Checks the settings of a client, and makes a client of them. Nothing is sent.

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use reqwest::Url;

use super::base_url::{self, KeptUrls};
use super::builder::{CONNECT_TIMEOUT, ClientBuilder, IDLE_TIMEOUT};
use super::client::Client;
use super::client_inner::ClientInner;
use super::connections::{ConnectionSettings, Connections};
use super::header;
use super::proxy::Proxy;
use super::retry::RetryBudget;
use super::secret::Redactor;
use super::security::Credentials;
#[cfg(feature = "rustls-no-provider")]
use super::tls::Tls;

impl ClientBuilder {
    pub(crate) fn checked(self) -> Result<Client, String> {
        let text = self
            .base_url
            .as_deref()
            .or(self.api.base_url)
            .ok_or("the base URL is missing; set `base_url` on the client builder")?;
        let base_url = base_url::parse(text, self.allow_http)?;
        let headers = self.default_headers()?;
        let credentials = Credentials::new(self.api.schemes, &self.credentials)?;
        let is_set = |name: &str| headers.contains_key(name);
        if credentials.choose(self.api.security, &is_set).is_none() {
            let required = credentials.required(self.api.security);
            return Err(format!(
                "the {required} is missing; set it on the client builder"
            ));
        }
        Ok(Client::new_inner(ClientInner {
            connections: self.connections(&base_url)?,
            base_url,
            urls: KeptUrls::default(),
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
        let mut texts = credentials.texts();
        for (_, given) in &self.credentials {
            if let Ok(secret) = given {
                texts.push(secret.expose());
            }
        }
        for (name, value) in headers {
            match value.to_str() {
                Ok(text) if value.is_sensitive() || credentials.is_header(name) => texts.push(text),
                _ => {}
            }
        }
        Redactor::of_client(&texts)
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
        let settings = ConnectionSettings {
            connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
            idle_timeout: self.pool_idle_timeout.unwrap_or(IDLE_TIMEOUT),
            max_idle: self.pool_max_idle.unwrap_or(usize::MAX),
            proxy: self.proxy.clone(),
            #[cfg(feature = "rustls-no-provider")]
            tls: Tls::new(&self.roots_pem)?,
        };
        Connections::new(settings, base_url)
    }
}
