//! HTTP's registered authentication schemes, where a description names one without defining it.

/// The scheme that the name of an undefined security scheme can only mean.
pub(crate) fn implied_by(name: &str) -> Option<&'static str> {
    ["bearer", "basic"]
        .into_iter()
        .find(|scheme| scheme.eq_ignore_ascii_case(name))
}
