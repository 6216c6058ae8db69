//! Parameter locations, and the serialization styles of each.

/// Where a request carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    const ALL: [Location; 4] = [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
    ];

    /// The values of `in`, in the order of [`Self::ALL`].
    pub(crate) const KEYS: [&str; 4] = ["path", "query", "header", "cookie"];

    /// The location of a value of `in`.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let position = Location::KEYS.iter().position(|other| *other == key)?;
        Some(Location::ALL[position])
    }

    /// The value of `in`.
    pub(crate) const fn key(self) -> &'static str {
        Location::KEYS[self as usize]
    }

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

/// How a value is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Style {
    const ALL: [Style; 7] = [
        Style::Matrix,
        Style::Label,
        Style::Form,
        Style::Simple,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
    ];

    /// The values of `style`, in the order of [`Self::ALL`].
    pub(crate) const KEYS: [&str; 7] = [
        "matrix",
        "label",
        "form",
        "simple",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
    ];

    /// The style of a value of `style`.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let position = Style::KEYS.iter().position(|other| *other == key)?;
        Some(Style::ALL[position])
    }

    /// The value of `style`.
    pub(crate) const fn key(self) -> &'static str {
        Style::KEYS[self as usize]
    }

    /// The default of `explode`.
    pub(crate) fn explodes_by_default(self) -> bool {
        self == Style::Form
    }
}

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
    fn keys_and_values_are_in_the_same_order() {
        for style in Style::ALL {
            assert_eq!(Style::of_key(style.key()), Some(style));
            assert_eq!(
                format!("{style:?}").to_lowercase(),
                style.key().to_lowercase()
            );
        }
        for location in Location::ALL {
            assert_eq!(Location::of_key(location.key()), Some(location));
            assert_eq!(format!("{location:?}").to_lowercase(), location.key());
        }
        assert_eq!(Style::of_key("Form"), None);
        assert_eq!(Location::of_key("body"), None);
    }

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
