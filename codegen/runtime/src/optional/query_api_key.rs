//! API keys in the query.

use percent_encoding::utf8_percent_encode;

use crate::runtime::path::ENCODED;
use crate::runtime::unencoded;

/// Percent-encodes a key.
pub fn encode(key: &str) -> Result<String, String> {
    Ok(utf8_percent_encode(&unencoded(key)?, ENCODED).to_string())
}
