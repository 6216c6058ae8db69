//! Keys of the Responses Object: a status code, a range such as `2XX`, or `default`.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Code(u16),
    /// The first digit of a range: 2 for `2XX`.
    Range(u16),
    Default,
}

impl Status {
    /// The status of a key, unless the key is none.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Status::Default);
        }
        let [first @ b'1'..=b'5', rest @ ..] = key.as_bytes() else {
            return None;
        };
        match rest {
            b"XX" => Some(Status::Range(u16::from(first - b'0'))),
            [b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
            _ => None,
        }
    }

    /// The key that a key in another case is meant to be.
    pub(crate) fn intended(key: &str) -> Option<String> {
        let forms = [key.to_ascii_uppercase(), key.to_ascii_lowercase()];
        forms
            .into_iter()
            .find(|form| form != key && Status::of_key(form).is_some())
    }

    /// Whether responses with this status are successes.
    pub(crate) fn is_success(self) -> bool {
        match self {
            Status::Code(code) => (200..300).contains(&code),
            Status::Range(hundreds) => hundreds == 2,
            Status::Default => false,
        }
    }

    pub(crate) fn is_default(self) -> bool {
        self == Status::Default
    }

    /// Whether responses with this status redirect, or switch to another protocol.
    pub(crate) fn is_redirect(self) -> bool {
        match self {
            Status::Code(code) => (100..400).contains(&code) && !self.is_success() && code != 304,
            Status::Range(hundreds) => matches!(hundreds, 1 | 3),
            Status::Default => false,
        }
    }

    /// Whether responses with this status have no body (RFC 9110, section 6.4.1).
    pub(crate) fn is_bodiless(self) -> bool {
        matches!(
            self,
            Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1)
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Range(hundreds) => write!(f, "{hundreds}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn keys_are_codes_ranges_or_default() {
        for (key, status) in [
            ("200", Status::Code(200)),
            ("599", Status::Code(599)),
            ("4XX", Status::Range(4)),
            ("default", Status::Default),
        ] {
            assert_eq!(Status::of_key(key), Some(status));
            assert_eq!(status.to_string(), key);
        }
        for key in [
            "600", "099", "2xx", "2X", "2XX ", "20", "2000", "Default", "", "2é",
        ] {
            assert_eq!(Status::of_key(key), None, "{key}");
        }
        assert_eq!(Status::intended("2xX").as_deref(), Some("2XX"));
        assert_eq!(Status::intended("Default").as_deref(), Some("default"));
        assert_eq!(Status::intended("2XX"), None);
        assert_eq!(Status::intended("6xx"), None);
    }

    #[test]
    fn statuses_without_a_body_and_redirects() {
        for (key, is_redirect, is_bodiless) in [
            ("101", true, true),
            ("204", false, true),
            ("205", false, true),
            ("302", true, false),
            ("304", false, true),
            ("3XX", true, false),
            ("404", false, false),
            ("default", false, false),
        ] {
            let status = Status::of_key(key).unwrap();
            assert_eq!(status.is_redirect(), is_redirect, "{key}");
            assert_eq!(status.is_bodiless(), is_bodiless, "{key}");
        }
    }

    #[test]
    fn only_2xx_is_success() {
        let is_success = |key| Status::of_key(key).is_some_and(Status::is_success);
        assert!(is_success("200") && is_success("299") && is_success("2XX"));
        assert!(!is_success("300") && !is_success("1XX") && !is_success("default"));
    }
}
