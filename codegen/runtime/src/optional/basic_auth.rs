//! User names and passwords of the scheme `Basic` (RFC 7617), in UTF-8.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Joins a user name and a password by a colon.
pub fn pair(user: impl Into<String>, password: impl Into<String>) -> Result<String, String> {
    let user = user.into();
    if user.contains(':') {
        return Err("are invalid: the user name contains a colon".to_owned());
    }
    Ok(format!("{user}:{}", password.into()))
}

/// Returns the value of the `Authorization` header for a joined user name and password.
pub fn encode(pair: &str) -> Result<String, String> {
    if !pair.contains(':') {
        return Err("are not separated by a colon; write `user:password`".to_owned());
    }
    if pair.contains(char::is_control) {
        return Err("contain control characters".to_owned());
    }
    Ok(format!("Basic {}", STANDARD.encode(pair)))
}
