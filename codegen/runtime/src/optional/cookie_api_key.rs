//! API keys in cookies.

use super::cookie;
use crate::runtime::{Request, unencoded};

/// What stands in a cookie for an API key, which is the key itself.
pub fn encode(key: &str) -> Result<String, String> {
    let key = unencoded(key)?;
    match key.contains([' ', '\t', '"', ',', ';', '\\']) {
        true => Err("holds characters that a cookie cannot".to_owned()),
        false => Ok(key),
    }
}

/// Adds the key to the cookies.
pub fn attach(request: &mut Request, name: &str, key: &str) {
    cookie::add(request, &format!("{name}={key}"));
}
