//! Parameter locations, and the serialization styles of each.

use super::keyed::{and, keyed};

keyed! {
    /// Where a request carries a parameter: a value of `in`.
    Location {
        Path "path",
        Query "query",
        Header "header",
        Cookie "cookie",
    }
}

keyed! {
    /// How a value is serialized: a value of `style`.
    Style {
        Matrix "matrix",
        Label "label",
        Form "form",
        Simple "simple",
        SpaceDelimited "spaceDelimited",
        PipeDelimited "pipeDelimited",
        DeepObject "deepObject",
    }
}

impl Location {
    /// The styles of parameters here; the first is the default.
    pub(crate) const fn styles(self) -> &'static [Style] {
        match self {
            Location::Path => &[Style::Simple, Style::Label, Style::Matrix],
            Location::Query => &[
                Style::Form,
                Style::SpaceDelimited,
                Style::PipeDelimited,
                Style::DeepObject,
            ],
            Location::Header => &[Style::Simple],
            Location::Cookie => &[Style::Form],
        }
    }

    /// The values of `style` of parameters here.
    pub(crate) const fn style_keys<const N: usize>(self) -> [&'static str; N] {
        let styles = self.styles();
        assert!(styles.len() == N, "a location has other styles");
        let mut keys = [""; N];
        let mut index = 0;
        while index < N {
            keys[index] = styles[index].key();
            index += 1;
        }
        keys
    }

    pub(crate) fn default_style(self) -> Style {
        self.styles()[0]
    }
}

impl Style {
    /// The values of `style` since OpenAPI 3.2.
    pub(crate) const KEYS_AND_COOKIE: [&str; 8] = and(Style::KEYS, COOKIE);

    /// The default of `explode`.
    pub(crate) fn explodes_by_default(self) -> bool {
        self == Style::Form
    }
}

/// A style of cookies that percent-encodes nothing, which is not supported.
pub(crate) const COOKIE: &str = "cookie";

/// Headers that other parts of the description decide.
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

/// Headers that frame a request or name the host: the HTTP library sets them.
const FRAMING: [&str; 5] = [
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
    "upgrade",
];

/// Whether a header parameter of this name is ignored.
pub(crate) fn is_ignored_header(name: &str) -> bool {
    is_framing_header(name) || IGNORED.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Whether the HTTP library sets the header of this name.
pub(crate) fn is_framing_header(name: &str) -> bool {
    FRAMING.iter().any(|other| name.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::{Location, Style, is_ignored_header};

    #[test]
    fn each_location_has_its_default() {
        let default = |key| Location::of_key(key).map(|location| location.default_style().key());
        assert_eq!(default("path"), Some("simple"));
        assert_eq!(default("query"), Some("form"));
        assert_eq!(default("header"), Some("simple"));
        assert_eq!(default("cookie"), Some("form"));
        assert!(Style::Form.explodes_by_default());
        assert!(!Style::DeepObject.explodes_by_default());
    }

    #[test]
    fn headers_that_follow_from_bodies_and_security_are_ignored() {
        assert!(is_ignored_header("Content-Type"));
        assert!(is_ignored_header("content-length"));
        assert!(!is_ignored_header("Content-Language"));
    }
}
