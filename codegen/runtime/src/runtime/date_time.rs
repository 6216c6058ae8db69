//! Date-times as JavaScript servers write them: in UTC, with at least milliseconds.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// Serializes the date-times in `T` as RFC 3339, such as `2025-01-01T00:00:00.000Z`, with more digits if the value
/// has them.
pub(crate) struct Rfc3339<'a, T>(pub(crate) &'a T);

/// Returns the text of a date-time in a path, query or header.
pub(crate) fn to_text(value: &DateTime<Utc>) -> String {
    let format = match value.timestamp_subsec_nanos() {
        nanos if nanos % 1_000_000 == 0 => SecondsFormat::Millis,
        nanos if nanos % 1_000 == 0 => SecondsFormat::Micros,
        _ => SecondsFormat::Nanos,
    };
    value.to_rfc3339_opts(format, true)
}

impl Serialize for Rfc3339<'_, DateTime<Utc>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_text(self.0))
    }
}

impl<T> Serialize for Rfc3339<'_, Option<T>>
where
    for<'a> Rfc3339<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(value) => serializer.serialize_some(&Rfc3339(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T> Serialize for Rfc3339<'_, Vec<T>>
where
    for<'a> Rfc3339<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Rfc3339))
    }
}

impl<T> Serialize for Rfc3339<'_, BTreeMap<String, T>>
where
    for<'a> Rfc3339<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, Rfc3339(value))))
    }
}
