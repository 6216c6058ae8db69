//! API keys in the query.

use percent_encoding::utf8_percent_encode;

use crate::runtime::path::ENCODED;
use crate::runtime::{Request, unencoded};

/// What stands in the query for a key.
pub fn encode(key: &str) -> Result<String, String> {
    Ok(utf8_percent_encode(&unencoded(key)?, ENCODED).to_string())
}

/// Adds the key to the query.
pub fn attach(request: &mut Request, name: &str, value: &str) {
    let and = if request.query.is_empty() { "" } else { "&" };
    let name = utf8_percent_encode(name, ENCODED);
    request.query.push_str(&format!("{and}{name}={value}"));
}
