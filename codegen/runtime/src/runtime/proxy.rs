//! Which proxy requests go through.

use reqwest::Url;

#[derive(Clone)]
pub(crate) enum Proxy {
    /// Those of the system for https, none for http.
    System,
    None,
    Url(String),
}

impl Proxy {
    /// Tells reqwest. The reasons for a refusal never repeat the URL, which may hold a password.
    pub(crate) fn set(
        &self,
        builder: reqwest::ClientBuilder,
        https: bool,
    ) -> Result<reqwest::ClientBuilder, String> {
        Ok(match self {
            Proxy::System if https => builder,
            Proxy::System | Proxy::None => builder.no_proxy(),
            Proxy::Url(text) => {
                let unreadable = |_| "the proxy's URL cannot be read".to_owned();
                let url = check(text)?;
                builder
                    .no_proxy()
                    .proxy(reqwest::Proxy::all(url).map_err(unreadable)?)
            }
        })
    }
}

/// Reads a proxy's URL. One that reqwest cannot use it passes over in silence, and requests would go
/// around the proxy.
pub(crate) fn check(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or("the proxy's URL cannot be read; write it like http://proxy.example.com:3128")?;
    let usable = url
        .as_str()
        .parse::<http::Uri>()
        .is_ok_and(|uri| uri.authority().is_some());
    if !usable {
        return Err("the proxy's URL holds characters that it cannot".to_owned());
    }
    if cfg!(not(feature = "rustls-no-provider")) && url.scheme() == "https" {
        return Err("the proxy's URL is https, but the crate was built without TLS".to_owned());
    }
    Ok(url)
}
