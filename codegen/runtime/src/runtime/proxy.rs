//! The proxy of a client.

use reqwest::Url;

#[derive(Clone)]
pub(crate) enum Proxy {
    /// The system's proxies for https, no proxy for http.
    System,
    None,
    Url(String),
}

impl Proxy {
    /// Configures reqwest.
    ///
    /// # Errors
    ///
    /// The reason never contains the URL, which may have a password.
    pub(crate) fn set(
        &self,
        builder: reqwest::ClientBuilder,
        https: bool,
    ) -> Result<reqwest::ClientBuilder, String> {
        Ok(match self {
            Proxy::System if https => builder,
            Proxy::System | Proxy::None => builder.no_proxy(),
            Proxy::Url(text) => {
                let unreadable = |_| "the proxy URL is invalid".to_owned();
                let url = check(text)?;
                builder
                    .no_proxy()
                    .proxy(reqwest::Proxy::all(url).map_err(unreadable)?)
            }
        })
    }
}

/// Parses and checks a proxy URL. reqwest ignores a proxy URL that it does not support, and would send requests
/// without the proxy.
pub(crate) fn check(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or("the proxy URL is invalid; write it like http://proxy.example.com:3128")?;
    let usable = url
        .as_str()
        .parse::<http::Uri>()
        .is_ok_and(|uri| uri.authority().is_some());
    if !usable {
        return Err("the proxy URL contains invalid characters".to_owned());
    }
    if cfg!(not(feature = "rustls-no-provider")) && url.scheme() == "https" {
        return Err("the proxy URL is https, but the crate is compiled without TLS; enable its feature `rustls`".to_owned());
    }
    Ok(url)
}
