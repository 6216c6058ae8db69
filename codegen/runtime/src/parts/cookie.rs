//! Cookies of the description: RFC 6265.

use http::header::COOKIE;

use crate::runtime::{Request, as_it_stands};

/// What stands in a cookie for an API key, which is the key itself.
pub fn value(key: &str) -> Result<String, String> {
    let key = as_it_stands(key)?;
    match key.contains([' ', '\t', '"', ',', ';', '\\']) {
        true => Err("holds characters that a cookie cannot".to_owned()),
        false => Ok(key),
    }
}

/// Adds a cookie to those that the request has, or else to those of its client.
pub fn join(request: &mut Request, name: &str, value: &str) {
    let mut own = request.headers.iter().rev();
    let own = own.find_map(|(header, value)| (*header == COOKIE).then_some(value));
    let before = own.or_else(|| request.client().inner().headers.get(COOKIE));
    let cookies = match before.and_then(|cookies| cookies.to_str().ok()) {
        Some(before) => format!("{before}; {name}={value}"),
        None => format!("{name}={value}"),
    };
    request.set_header("cookie", &cookies);
}
