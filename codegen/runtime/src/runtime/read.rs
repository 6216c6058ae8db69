//! Reads fields, items and variants as serde does, except that an integer may be written `1.0` or `1e3`, and that
//! the error for a date-time says what is missing.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// A type of a field, an item or a variant.
pub(crate) trait Read: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Deserializes by [`Read`].
pub(crate) struct As<T>(pub(crate) T);

impl<'de, T: Read> Deserialize<'de> for As<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(As)
    }
}

/// Implements [`Read`] by `Deserialize`.
macro_rules! by_serde {
    ($($type:ty),+ $(,)?) => {
        $(impl crate::runtime::read::Read for $type {
            fn read<'de, __D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        })+
    };
}

pub(crate) use by_serde;

by_serde!(bool, f64, String, Value, Map<String, Value>, NaiveDate);

impl<T: Read> Read for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<As<T>>::deserialize(deserializer)?;
        Ok(value.map(|As(value)| value))
    }
}

impl<T: Read> Read for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<As<T>>::deserialize(deserializer)?;
        // In place.
        Ok(items.into_iter().map(|As(item)| item).collect())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Read> Visitor<'de> for Entries<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((key, As(value))) = map.next_entry()? {
                    entries.insert(key, value);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// Whole floats up to this one are exact integers.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the integer that a float is exactly.
pub(crate) fn whole(float: f64) -> Option<i64> {
    (float.fract() == 0.0 && float.abs() <= LARGEST_EXACT).then_some(float as i64)
}

/// An integer.
trait Integer: TryFrom<i64> + TryFrom<u64> {
    const NAME: &'static str;
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        match whole(value) {
            Some(integer) => self.visit_i64(integer),
            None => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }
}

macro_rules! integers {
    ($($type:ident $deserialize:ident,)+) => {
        $(
            impl Integer for $type {
                const NAME: &'static str = stringify!($type);
            }

            impl Read for $type {
                fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.$deserialize(IntegerVisitor(PhantomData))
                }
            }
        )+
    };
}

integers! {
    i32 deserialize_i32,
    i64 deserialize_i64,
    u32 deserialize_u32,
    u64 deserialize_u64,
}

impl Read for DateTime<Utc> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = DateTime<Utc>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<DateTime<Utc>, E> {
                text.parse().map_err(|_| E::custom(date_time_flaw(text)))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Says why a text is not a date-time.
#[cold]
pub(crate) fn date_time_flaw(text: &str) -> String {
    let flaw = if text.replace(" ", "T").parse::<NaiveDateTime>().is_ok() {
        "has no time zone, such as `Z` or `+01:00`"
    } else if text.parse::<NaiveDate>().is_ok() {
        "has no time of day and no time zone"
    } else {
        "is not a date-time of RFC 3339, such as `2025-12-31T23:59:59Z`"
    };
    format!("`{text}` {flaw}")
}
