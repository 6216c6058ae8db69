//! Users and passwords of the scheme `Basic`: RFC 7617, in UTF-8.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// User and password as one text, parted by a colon.
pub fn pair(user: impl Into<String>, password: impl Into<String>) -> Result<String, String> {
    let user = user.into();
    if user.contains(':') {
        return Err("cannot be sent: the user's name holds a colon".to_owned());
    }
    Ok(format!("{user}:{}", password.into()))
}

/// The value of the header `Authorization` for such a text.
pub fn encode(pair: &str) -> Result<String, String> {
    if !pair.contains(':') {
        return Err("are not parted by a colon".to_owned());
    }
    if pair.contains(char::is_control) {
        return Err("hold control characters".to_owned());
    }
    Ok(format!("Basic {}", STANDARD.encode(pair)))
}
