//! Parsing of request bodies.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use super::response::{Response, error, middleware_error};

/// Parses the body of a request; `None` stands for a body that is too large.
///
/// The server's parser runs before everything else, so its errors also show on unknown routes and
/// without an API key. A body that is not a JSON object has no fields.
pub(super) fn parse(
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> Result<Map<String, Value>, Response> {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let mut parameters = content_type.unwrap_or_default().split(';').map(str::trim);
    let is_json = parameters
        .next()
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"));
    let unsupported = parameters
        .filter_map(charset)
        .find(|charset| charset != "UTF-8");
    if let Some(charset) = unsupported.filter(|_| is_json) {
        return Err(middleware_error(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            &format!("unsupported charset \"{charset}\""),
        ));
    }
    let Some(bytes) = body else {
        return Err(middleware_error(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request entity too large",
        ));
    };
    if bytes.is_empty() || !is_json {
        return Ok(Map::new());
    }
    parse_json(&String::from_utf8_lossy(bytes))
        .map_err(|message| error(StatusCode::BAD_REQUEST, &message))
}

/// The value of a `charset` parameter.
fn charset(parameter: &str) -> Option<String> {
    let (name, value) = parameter.split_once('=')?;
    name.eq_ignore_ascii_case("charset")
        .then(|| value.trim_matches('"').to_ascii_uppercase())
}

fn parse_json(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(Value::Array(_)) => Ok(Map::new()),
        // The server's parser accepts objects and arrays only.
        Ok(_) => Err(unexpected_token(text, text.len() - text.trim_start().len())),
        Err(error) if error.is_eof() => Err("Unexpected end of JSON input".to_owned()),
        Err(error) => {
            let lines_before = text
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1));
            let offset =
                lines_before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
            Err(unexpected_token(text, offset))
        }
    }
}

/// An error message in the style of V8, whose wording differs between releases.
fn unexpected_token(text: &str, offset: usize) -> String {
    match text.get(offset..).and_then(|rest| rest.chars().next()) {
        Some(token) => format!("Unexpected token '{token}' in JSON at position {offset}"),
        None => format!("Unexpected token in JSON at position {offset}"),
    }
}
