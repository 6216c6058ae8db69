//! Tokens of the scheme `Bearer`: RFC 6750.

use crate::runtime::unencoded;

/// The value of the header `Authorization` for a token.
pub fn encode(token: &str) -> Result<String, String> {
    Ok(format!("Bearer {}", unencoded(token)?))
}
