//! JSON as the server reads and writes it.

use serde_json::{Map, Value};

use super::request::Request;
use super::response::Response;

/// The text of an object whose members stay in the given order. Each value is a
/// JSON text, see [`value`].
pub(super) fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, text)| format!("{}:{text}", value(*key)))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// The text of a value.
pub(super) fn value(value: impl Into<Value>) -> String {
    value.into().to_string()
}

/// The members of a request's body. The server's parser runs before everything
/// else, so what it refuses is refused also on unknown paths and without a key.
/// What it does not recognise as a JSON object has no members.
pub(super) fn read_body(request: &Request) -> Result<Map<String, Value>, Response> {
    let content_type = request.header("content-type").unwrap_or_default();
    let mut parameters = content_type.split(';').map(str::trim);
    let is_json = parameters
        .next()
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"));
    let mut charsets = parameters.filter_map(charset);
    let unknown = charsets.next().filter(|charset| charset != "UTF-8");
    if let Some(charset) = unknown.filter(|_| is_json) {
        return Err(Response::early_error(
            415,
            &format!("unsupported charset \"{charset}\""),
        ));
    }
    let Some(bytes) = &request.body else {
        return Err(Response::early_error(413, "request entity too large"));
    };
    if bytes.is_empty() || !is_json {
        return Ok(Map::new());
    }
    parse(&String::from_utf8_lossy(bytes)).map_err(|message| Response::error(400, &message))
}

fn charset(parameter: &str) -> Option<String> {
    let (name, value) = parameter.split_once('=')?;
    name.eq_ignore_ascii_case("charset")
        .then(|| value.trim_matches('"').to_ascii_uppercase())
}

fn parse(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(Value::Array(_)) => Ok(Map::new()),
        // The parser is strict: a body begins with a brace or a bracket.
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

/// In the manner of V8, whose wording changes from release to release.
fn unexpected_token(text: &str, offset: usize) -> String {
    match text.get(offset..).and_then(|rest| rest.chars().next()) {
        Some(token) => format!("Unexpected token '{token}' in JSON at position {offset}"),
        None => format!("Unexpected token in JSON at position {offset}"),
    }
}
