//! Tokens of the scheme `Bearer`: RFC 6750.

use crate::runtime::as_it_stands;

/// The value of the header `Authorization` for a token.
pub fn authorization(token: &str) -> Result<String, String> {
    Ok(format!("Bearer {}", as_it_stands(token)?))
}
