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
                check_environment(&|name| std::env::var_os(name), host)?;
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
    variable: &dyn Fn(&str) -> Option<OsString>,
    host: &str,
) -> Result<(), String> {
    // reqwest uses no proxy in a CGI program, whose requests set some of these variables.
    if variable("REQUEST_METHOD").is_some() {
        return Ok(());
    }
    // The first one that is set.
    let first = |names: &[&'static str]| {
        for name in names {
            match variable(name) {
                Some(value) if !value.is_empty() => return Some((*name, value)),
                _ => {}
            }
        }
        None
    };
    if let Some((_, hosts)) = first(&["NO_PROXY", "no_proxy"]) {
        if is_listed(&hosts.to_string_lossy(), host) {
            return Ok(());
        }
    }
    match first(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]) {
        Some((name, value)) if !value.to_str().is_some_and(is_usable) => Err(format!(
            "the environment variable {name} is not a proxy URL that can be used; write it like \
             http://proxy.example.com:3128, or call `no_proxy` or `proxy` on the client builder"
        )),
        _ => Ok(()),
    }
}

/// Whether reqwest can use a proxy of the environment.
fn is_usable(value: &str) -> bool {
    // Without a scheme, it is http.
    let url = match value.contains("://") {
        true => value.to_owned(),
        false => format!("http://{value}"),
    };
    check(&url).is_ok() && has_authority(value)
}

fn has_authority(url: &str) -> bool {
    matches!(url.parse::<http::Uri>(), Ok(uri) if uri.authority().is_some())
}

/// Whether the list of `NO_PROXY` has the name of the host, or a domain of it.
fn is_listed(list: &str, host: &str) -> bool {
    for entry in list.split(',') {
        let entry = entry.trim();
        let domain = entry.strip_prefix('.').unwrap_or(entry);
        match host.strip_suffix(domain) {
            _ if entry == "*" => return true,
            Some(rest) if !domain.is_empty() && (rest.is_empty() || rest.ends_with('.')) => {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Parses and checks a proxy URL. reqwest ignores a proxy URL that it does not support, and would send requests
/// without the proxy.
pub(crate) fn check(text: &str) -> Result<Url, String> {
    let url = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        _ => {
            let reason = "the proxy URL is invalid; write it like http://proxy.example.com:3128";
            return Err(reason.to_owned());
        }
    };
    if !has_authority(url.as_str()) {
        return Err("the proxy URL contains invalid characters".to_owned());
    }
    if cfg!(not(feature = "rustls-no-provider")) && url.scheme() == "https" {
        return Err("the proxy URL is https, but the crate is compiled without TLS; enable its feature `rustls`".to_owned());
    }
    Ok(url)
}
