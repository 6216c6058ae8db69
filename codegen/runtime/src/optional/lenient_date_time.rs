//! Date-times of servers that leave out the time zone.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, ParseError, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::date_time::to_text;
use crate::runtime::read::{by_serde, date_time_flaw};

/// A date-time in UTC. In responses it may have no time zone, such as `2025-12-31T23:59:59`: then UTC is meant.
///
/// It is sent with its time zone, such as `2025-12-31T23:59:59.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LenientDateTime(pub DateTime<Utc>);

impl From<DateTime<Utc>> for LenientDateTime {
    fn from(date_time: DateTime<Utc>) -> Self {
        LenientDateTime(date_time)
    }
}

impl From<LenientDateTime> for DateTime<Utc> {
    fn from(date_time: LenientDateTime) -> Self {
        date_time.0
    }
}

impl FromStr for LenientDateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let parsed = text.parse().or_else(|error| {
            let local = text.replacen(' ', "T", 1).parse::<NaiveDateTime>();
            local.map(|local| local.and_utc()).map_err(|_| error)
        });
        parsed.map(LenientDateTime)
    }
}

/// Displays the date-time in RFC 3339, as it is sent.
impl fmt::Display for LenientDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&to_text(&self.0))
    }
}

impl Serialize for LenientDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LenientDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| D::Error::custom(date_time_flaw(&text)))
    }
}

by_serde!(LenientDateTime);
