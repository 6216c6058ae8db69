//! Security schemes.

use super::keyed::keyed;

keyed! {
    /// HTTP authentication schemes whose credentials have a form of their own.
    HttpScheme {
        Basic "basic",
        Bearer "bearer",
    }
}

impl HttpScheme {
    /// The scheme of a name, which is not case-sensitive (RFC 9110, section 11.1).
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        HttpScheme::of_key(&name.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::HttpScheme;

    #[test]
    fn names_are_not_case_sensitive() {
        assert_eq!(HttpScheme::of_name("Bearer"), Some(HttpScheme::Bearer));
        assert_eq!(HttpScheme::of_name("BASIC"), Some(HttpScheme::Basic));
        assert_eq!(HttpScheme::of_name("digest"), None);
        assert_eq!(HttpScheme::of_name("bearerAuth"), None);
    }
}
