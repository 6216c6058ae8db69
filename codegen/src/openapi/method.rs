//! HTTP methods that a Path Item Object can have.

/// A method, in the order of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Method {
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
    pub(crate) fn has_body(self) -> bool {
        match self {
            Method::Put | Method::Post | Method::Options | Method::Patch | Method::Query => true,
            Method::Get | Method::Delete | Method::Head | Method::Trace => false,
        }
    }

    /// The method of a key of a Path Item Object, unless the key is no method.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Method::ALL.into_iter().find(|method| method.key() == key)
    }

    /// The method of a name in a request line.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Method::ALL
            .into_iter()
            .find(|method| method.as_str() == name)
    }

    /// The key in a Path Item Object.
    pub(crate) fn key(self) -> &'static str {
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
        }
    }

    /// The name in a request line.
    pub(crate) fn as_str(self) -> &'static str {
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
        }
    }

    /// Whether the method is idempotent, as RFC 9110 or its own document defines it.
    pub(crate) fn is_idempotent(self) -> bool {
        !matches!(self, Method::Post | Method::Patch)
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn every_key_names_its_method() {
        for method in Method::ALL {
            assert_eq!(Method::of_key(method.key()), Some(method));
            assert_eq!(method.as_str(), method.key().to_ascii_uppercase());
        }
        assert_eq!(Method::of_key("GET"), None);
        assert_eq!(Method::of_key("parameters"), None);
    }
}
