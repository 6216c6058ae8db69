//! Checks the base URL of a client, and joins it with paths.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use reqwest::Url;

/// Parses and checks a base URL.
///
/// # Errors
///
/// The reason never contains the text, which may be secret.
pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Url, String> {
    // URL parsers remove these.
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            return Err(
                "the base URL contains white space or control characters; remove them".to_owned(),
            );
        }
    }
    let mut url = Url::parse(text).map_err(|error| {
        format!("the base URL is invalid ({error}); write it like https://api.example.com/path")
    })?;
    if url.cannot_be_a_base() || url.host_str().is_none_or(str::is_empty) {
        return Err(
            "the base URL has no host; write it like https://api.example.com/path".to_owned(),
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "the base URL contains credentials; set them on the client builder instead".to_owned(),
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(
            "the base URL has a query or a fragment; remove it, only a path may follow the host"
                .to_owned(),
        );
    }
    match url.scheme() {
        "https" => {}
        "http" if allow_http || is_loopback(&url) => {}
        "http" => {
            return Err(
                "the base URL is http, which would send credentials without encryption; use https, \
                 or call `danger_allow_http` on the client builder"
                    .to_owned(),
            );
        }
        // The message does not contain the scheme: it may be a user name or a part of a key.
        _ => return Err("the base URL does not start with https://".to_owned()),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    if http::Uri::try_from(url.as_str()).is_err() {
        return Err("the base URL is too long, or its host contains invalid characters".to_owned());
    }
    Ok(url)
}

/// Maximum length of a URL in the `http` crate, in bytes.
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

/// The URLs of paths without parameters, which are the same in every call, in the order of the paths.
#[derive(Default)]
pub(crate) struct KeptUrls(Mutex<Vec<(&'static str, Url)>>);

impl KeptUrls {
    /// Returns the URL below `base`, which is always the same one.
    pub(crate) fn join(&self, base: &Url, path: &'static str) -> Url {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.binary_search_by_key(&path, |(path, _)| path) {
            Ok(at) => kept[at].1.clone(),
            Err(at) => {
                let url = join(base, path, "");
                kept.insert(at, (path, url.clone()));
                url
            }
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    // The URL parser has brought every spelling of an address to this one.
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}
