//! The proxy of a client.

use std::ffi::OsString;

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
        base_url: &Url,
    ) -> Result<reqwest::ClientBuilder, String> {
        Ok(match self {
            Proxy::System if base_url.scheme() == "https" => {
                let host = base_url.host_str().unwrap_or_default();
                check_environment(|name| std::env::var_os(name), host)?;
                builder
            }
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

/// Checks the environment variables with the proxy for an https host, in reqwest's order. reqwest ignores one
/// that it cannot use, and would send requests without the proxy.
///
/// # Errors
///
/// The reason never contains the URL.
pub(crate) fn check_environment(
    variable: impl Fn(&str) -> Option<OsString>,
    host: &str,
) -> Result<(), String> {
    // reqwest uses no proxy in a CGI program, whose requests set some of these variables.
    if variable("REQUEST_METHOD").is_some() {
        return Ok(());
    }
    let first = |names: &[&'static str]| {
        let mut set = names
            .iter()
            .filter_map(|name| Some((*name, variable(name)?)));
        set.find(|(_, value)| !value.is_empty())
    };
    let exceptions = first(&["NO_PROXY", "no_proxy"]);
    if exceptions.is_some_and(|(_, hosts)| is_listed(&hosts.to_string_lossy(), host)) {
        return Ok(());
    }
    let proxy =
        first(&["HTTPS_PROXY", "https_proxy"]).or_else(|| first(&["ALL_PROXY", "all_proxy"]));
    let Some((name, value)) = proxy else {
        return Ok(());
    };
    let usable = value.to_str().is_some_and(|value| {
        // Without a scheme, it is http.
        let url = match value.contains("://") {
            true => value.to_owned(),
            false => format!("http://{value}"),
        };
        check(&url).is_ok()
            && value
                .parse::<http::Uri>()
                .is_ok_and(|uri| uri.authority().is_some())
    });
    match usable {
        true => Ok(()),
        false => Err(format!(
            "the environment variable {name} is not a proxy URL that can be used; write it like \
             http://proxy.example.com:3128, or call `no_proxy` or `proxy` on the client builder"
        )),
    }
}

/// Whether the list of `NO_PROXY` has the name of the host, or a domain of it.
fn is_listed(list: &str, host: &str) -> bool {
    list.split(',').map(str::trim).any(|entry| {
        let domain = entry.strip_prefix('.').unwrap_or(entry);
        let before = host.strip_suffix(domain);
        entry == "*"
            || !domain.is_empty()
                && before.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
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
