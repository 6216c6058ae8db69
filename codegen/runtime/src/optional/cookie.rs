//! Cookies of the description: RFC 6265.

use http::header::COOKIE;

use crate::runtime::Request;

/// Adds cookies to those that the request has, or else to those of its client.
pub fn add(request: &mut Request, cookies: &str) {
    let mut own = request.headers.iter().rev();
    let own = own.find_map(|(header, value)| (*header == COOKIE).then_some(value));
    let before = own.or_else(|| request.client().inner().headers.get(COOKIE));
    let cookies = match before.and_then(|cookies| cookies.to_str().ok()) {
        Some(before) => format!("{before}; {cookies}"),
        None => cookies.to_owned(),
    };
    request.set_header("cookie", &cookies);
}
