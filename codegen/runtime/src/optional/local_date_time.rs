//! Date-times without a time zone.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDateTime, ParseError};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::read::by_serde;

/// A date and a time of day without a time zone, such as `2025-12-31T23:59:59`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime(pub NaiveDateTime);

impl From<NaiveDateTime> for LocalDateTime {
    fn from(date_time: NaiveDateTime) -> Self {
        LocalDateTime(date_time)
    }
}

impl From<LocalDateTime> for NaiveDateTime {
    fn from(date_time: LocalDateTime) -> Self {
        date_time.0
    }
}

impl FromStr for LocalDateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.replacen(' ', "T", 1).parse().map(LocalDateTime)
    }
}

/// Displays the date-time as it is sent.
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The `Display` of chrono has a space in place of the `T`.
        f.pad(&format!("{:?}", self.0))
    }
}

impl Serialize for LocalDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            D::Error::custom(format!(
                "`{text}` is not a date-time without a time zone, such as `2025-12-31T23:59:59`"
            ))
        })
    }
}

by_serde!(LocalDateTime);
