//! Checks headers of the caller.

use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, HeaderName, HeaderValue,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING, UPGRADE,
};

/// Returns the header of a request, which is the last one of this name.
pub(crate) fn last<'h>(
    headers: &'h [(HeaderName, HeaderValue)],
    name: &str,
) -> Option<&'h HeaderValue> {
    let mut found = None;
    for (other, value) in headers {
        if other == name {
            found = Some(value);
        }
    }
    found
}

/// Parses a header.
///
/// # Errors
///
/// The reason never contains the value, which may be secret.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name)
        .map_err(|_| format!("`{}` is not a valid header name", name.escape_debug()))?;
    // With a wrong one of these, a server may read one request as two.
    let framing = [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE];
    if framing.contains(&name) {
        return Err(format!(
            "the client sets the header `{name}` itself; remove it"
        ));
    }
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        format!("the value of the header `{name}` contains characters that are not allowed")
    })?;
    value.set_sensitive([AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&name));
    Ok((name, value))
}
