//! HTTP methods that a Path Item Object can have.

use super::media_type::is_token;

/// A method, in the order of the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// A method without a key of its own.
    Other(String),
}

impl Method {
    /// The methods with a key of their own.
    pub(crate) const ALL: [Method; 9] = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Head,
        Method::Patch,
        Method::Trace,
        Method::Query,
    ];

    /// Whether HTTP defines what the body of a request means.
    pub(crate) fn has_body(&self) -> bool {
        match self {
            Method::Put
            | Method::Post
            | Method::Options
            | Method::Patch
            | Method::Query
            | Method::Other(_) => true,
            Method::Get | Method::Delete | Method::Head | Method::Trace => false,
        }
    }

    /// The method of a key of a Path Item Object, unless the key is no method.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Method::ALL.into_iter().find(|method| method.key() == key)
    }

    /// The method of a name in a request line.
    pub(crate) fn of_name(name: &str) -> Self {
        let mut known = Method::ALL.into_iter();
        let known = known.find(|method| method.as_str() == name);
        known.unwrap_or_else(|| Method::Other(name.to_owned()))
    }

    /// Whether a request can have the method. `CONNECT` asks for a tunnel, not for a resource.
    pub(crate) fn is_valid(&self) -> bool {
        is_token(self.as_str()) && self.as_str() != "CONNECT"
    }

    /// The key in a Path Item Object, or in its `additionalOperations`.
    pub(crate) fn key(&self) -> &str {
        match self {
            Method::Get => "get",
            Method::Put => "put",
            Method::Post => "post",
            Method::Delete => "delete",
            Method::Options => "options",
            Method::Head => "head",
            Method::Patch => "patch",
            Method::Trace => "trace",
            Method::Query => "query",
            Method::Other(name) => name,
        }
    }

    /// The name in a request line.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
            Method::Query => "QUERY",
            Method::Other(name) => name,
        }
    }

    /// Whether the method is known to be idempotent, as RFC 9110 or its own document defines it.
    pub(crate) fn is_idempotent(&self) -> bool {
        !matches!(self, Method::Post | Method::Patch | Method::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn every_key_names_its_method() {
        for method in Method::ALL {
            assert_eq!(method.as_str(), method.key().to_ascii_uppercase());
            assert_eq!(Method::of_name(method.as_str()), method);
            assert_eq!(Method::of_key(method.key()), Some(method));
        }
        assert_eq!(Method::of_key("GET"), None);
        assert_eq!(Method::of_key("parameters"), None);
    }

    #[test]
    fn every_token_but_connect_is_a_method() {
        let link = Method::of_name("LINK");
        assert_eq!((link.key(), link.as_str()), ("LINK", "LINK"));
        assert!(link.is_valid() && !link.is_idempotent());
        for name in ["CONNECT", "A B", ""] {
            assert!(!Method::of_name(name).is_valid(), "{name}");
        }
    }
}
