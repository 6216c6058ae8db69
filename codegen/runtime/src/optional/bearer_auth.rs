//! Tokens of the scheme `Bearer` (RFC 6750).

use crate::runtime::unencoded;

/// Returns the value of the `Authorization` header for a token.
pub fn encode(token: &str) -> Result<String, String> {
    Ok(format!("Bearer {}", unencoded(token)?))
}
