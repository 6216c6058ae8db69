//! API keys in cookies.

use crate::runtime::unencoded;

/// Returns the key, which a cookie contains as it is.
pub fn encode(key: &str) -> Result<String, String> {
    let key = unencoded(key)?;
    match key.contains([' ', '\t', '"', ',', ';', '\\']) {
        true => Err("contains characters that are not allowed in a cookie".to_owned()),
        false => Ok(key),
    }
}
