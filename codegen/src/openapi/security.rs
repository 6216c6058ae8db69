//! Security schemes.

/// HTTP authentication schemes whose credentials have a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpScheme {
    Basic,
    Bearer,
}

impl HttpScheme {
    /// The scheme of a name, which is not case-sensitive (RFC 9110, section 11.1).
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let all = [HttpScheme::Basic, HttpScheme::Bearer];
        all.into_iter()
            .find(|scheme| scheme.name().eq_ignore_ascii_case(name))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            HttpScheme::Basic => "basic",
            HttpScheme::Bearer => "bearer",
        }
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
