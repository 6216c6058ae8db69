//! The versions of OpenAPI that are read.

use std::fmt;

/// A version, without the number of its edition: 3.0.3 is 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// The version of a version number, such as `3.1.2`. A later 3.x is read as the last version here.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        let mut numbers = text.split('.');
        let (major, minor) = (numbers.next()?, numbers.next()?);
        match (major, minor.parse::<u32>().ok()?) {
            ("3", 0) => Some(Version::V3_0),
            ("3", 1) => Some(Version::V3_1),
            ("3", _) => Some(Version::V3_2),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Version::V3_0 => "3.0",
            Version::V3_1 => "3.1",
            Version::V3_2 => "3.2",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn the_first_two_numbers_decide() {
        assert_eq!(Version::of_text("3.0.4"), Some(Version::V3_0));
        assert_eq!(Version::of_text("3.1"), Some(Version::V3_1));
        assert_eq!(Version::of_text("3.2.0-rc1"), Some(Version::V3_2));
        assert_eq!(Version::of_text("3.10.0"), Some(Version::V3_2));
        assert_eq!(Version::of_text("2.0"), None);
        assert_eq!(Version::of_text("3"), None);
        assert_eq!(Version::of_text("three.one"), None);
    }
}
