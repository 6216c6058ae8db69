//! Checks the address that all requests of a client go to.

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// Reads a base URL. The reasons for a refusal never repeat the text, which may hold a secret.
pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Url, String> {
    // URL parsers drop or trim these, so that what is sent is not what was written.
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("the base URL holds white space or control characters".to_owned());
    }
    let mut url = Url::parse(text).map_err(|error| {
        format!("the base URL cannot be read ({error}); write it like https://api.example.com/path")
    })?;
    if url.cannot_be_a_base() || url.host_str().is_none_or(str::is_empty) {
        return Err("the base URL has no host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL holds credentials; give the API key to the builder".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(
            "the base URL has a query or a fragment; only a path may follow the host".to_owned(),
        );
    }
    match url.scheme() {
        "https" => {}
        "http" if allow_http || is_loopback(&url) => {}
        "http" => {
            return Err(
                "the base URL is http, which would send the API key in the clear; use https, or \
                 call `danger_allow_http` on the builder"
                    .to_owned(),
            );
        }
        // Not repeated: what stands before a colon may be a user name or a part of a key.
        _ => return Err("the base URL does not begin with https://".to_owned()),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    if http::Uri::try_from(url.as_str()).is_err() {
        return Err(
            "the base URL is too long, or its host holds characters that a host cannot".to_owned(),
        );
    }
    Ok(url)
}

/// The longest URL that the HTTP library takes, in bytes.
pub(crate) const MAX_LENGTH: usize = 65_534;

/// The URL below `base` of a path that starts with a slash and is already percent-encoded.
pub(crate) fn join(base: &Url, path: &str, query: &str) -> Url {
    let mut url = base.clone();
    match base.path() {
        "/" | "" => url.set_path(path),
        prefix => url.set_path(&format!("{prefix}{path}")),
    }
    if !query.is_empty() {
        url.set_query(Some(query));
    }
    url
}

fn is_loopback(url: &Url) -> bool {
    // The URL parser has brought every spelling of an address to this one.
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || host
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}
