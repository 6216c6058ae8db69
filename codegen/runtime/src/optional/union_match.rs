//! Unions that need a discriminator or the best match to find the type of a value.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which of these a client needs depends on its description"
)]

use chrono::DateTime;
use serde::Serialize;
use serde::ser::Error;
use serde_json::{Map, Value};

use crate::runtime::read::Read;

pub(crate) use crate::runtime::serde_union::{encode, open_union};

/// Implements `Serialize` and `Deserialize` for an open union without a discriminator. Each row is a variant; they
/// are tried in this order, and `Other` keeps a value that none accepts.
///
/// A pattern after `unless` matches unknown values of an open type, which do not count as values of the variant.
macro_rules! untagged {
    ($type:ident { $($variant:ident ($inner:ty $(, $wrapper:path)?) $(unless $unknown:pat)?,)* }) => {
        serde_union::write!($type { $($variant ($($wrapper)?),)* });

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let mut best = serde_union::Best::new(&value);
                $(best.offer::<$inner>(
                    |_value| serde_union::is_known!(_value $(, $unknown)?),
                    |value| $type::$variant(value.into()),
                );)*
                Ok(best.take().unwrap_or($type::Other(value)))
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

/// Implements `Serialize` and `Deserialize` for an open union with a discriminator. Each row is a variant with its
/// discriminator value, and the field of the discriminator, if there is one. Variants without such a value are
/// tried as those of `untagged`.
macro_rules! tagged {
    ($type:ident by $key:literal {
        $($tag:literal => $variant:ident ($inner:ty $(, $wrapper:path)?) $(at $field:ident)?,)*
        $($other:ident ($other_inner:ty $(, $other_wrapper:path)?) $(unless $unknown:pat)?,)*
    }) => {
        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(
                &self,
                serializer: __S,
            ) -> Result<__S::Ok, __S::Error> {
                match self {
                    $($type::$variant(value) => {
                        serde_union::write_tagged!(value, serializer, $key, $tag $(, $field)?)
                    })*
                    $($type::$other(value) => serde_union::encode!(value, serializer $(, $other_wrapper)?),)*
                    $type::Other(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let known = match serde_union::tag(&value, $key).as_deref() {
                    $(Some($tag) => {
                        let known = <$inner as crate::runtime::read::Read>::read(&value);
                        known.ok().map(|value| $type::$variant(value.into()))
                    })*
                    _ => {
                        #[allow(unused_mut)]
                        let mut best = serde_union::Best::new(&value);
                        $(best.offer::<$other_inner>(
                            |_value| serde_union::is_known!(_value $(, $unknown)?),
                            |value| $type::$other(value.into()),
                        );)*
                        best.take()
                    }
                };
                Ok(known.unwrap_or($type::Other(value)))
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

macro_rules! write {
    ($type:ident { $($variant:ident ($($wrapper:path)?),)* }) => {
        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(
                &self,
                serializer: __S,
            ) -> Result<__S::Ok, __S::Error> {
                match self {
                    $($type::$variant(value) => serde_union::encode!(value, serializer $(, $wrapper)?),)*
                    $type::Other(value) => value.serialize(serializer),
                }
            }
        }
    };
}

macro_rules! write_tagged {
    ($value:ident, $serializer:ident, $key:literal, $tag:literal) => {
        serde_union::with_tag($value, $key, $tag, false)?.serialize($serializer)
    };
    ($value:ident, $serializer:ident, $key:literal, $tag:literal, $field:ident) => {
        if $value.$field == $tag {
            $value.serialize($serializer)
        } else {
            serde_union::with_tag($value, $key, $tag, true)?.serialize($serializer)
        }
    };
}

macro_rules! is_known {
    ($value:ident) => {
        true
    };
    ($value:ident, $unknown:pat) => {
        !matches!($value, $unknown)
    };
}

pub(crate) use {is_known, tagged, untagged, write, write_tagged};

/// Returns the discriminator value as text.
pub(crate) fn tag(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Serializes a value with its discriminator value. `replaced` overwrites an existing one.
pub(crate) fn with_tag<T: Serialize, E: Error>(
    value: &T,
    key: &str,
    tag: &str,
    replaced: bool,
) -> Result<Value, E> {
    let mut value = serde_json::to_value(value).map_err(E::custom)?;
    if let Value::Object(map) = &mut value {
        if replaced || !map.contains_key(key) {
            map.insert(key.to_owned(), tag.into());
        }
    }
    Ok(value)
}

/// Finds the type that matches a value best: the first that keeps all of it, or else the one that loses least.
pub(crate) struct Best<'v, U> {
    given: &'v Value,
    best: Option<(usize, U)>,
    /// What at least one type keeps.
    kept: Value,
}

impl<'v, U> Best<'v, U> {
    pub(crate) fn new(given: &'v Value) -> Self {
        Best {
            given,
            best: None,
            kept: Value::Null,
        }
    }

    /// Tries a type.
    pub(crate) fn offer<T: Read + Serialize>(
        &mut self,
        is_known: fn(&T) -> bool,
        wrap: fn(T) -> U,
    ) {
        if matches!(self.best, Some((0, _))) {
            return;
        }
        let Some(value) = T::read(self.given).ok().filter(is_known) else {
            return;
        };
        let Ok(kept) = serde_json::to_value(&value) else {
            return;
        };
        let lost = lost(self.given, &kept);
        if self.best.as_ref().is_none_or(|(least, _)| lost < *least) {
            self.best = Some((lost, wrap(value)));
        }
        join(&mut self.kept, kept);
    }

    /// Returns the best match, or `None` if several types each keep a part that the others lose.
    pub(crate) fn take(self) -> Option<U> {
        let (least, value) = self.best?;
        (least <= lost(self.given, &self.kept)).then_some(value)
    }
}

/// Returns the number of keys, items, integers and strings of a value that a type does not keep.
fn lost(given: &Value, kept: &Value) -> usize {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => given
            .iter()
            .map(|(key, value)| kept.get(key).map_or(1, |kept| lost(value, kept)))
            .sum(),
        (Value::Array(given), Value::Array(kept)) => {
            let pairs = given.iter().zip(kept);
            pairs.map(|(given, kept)| lost(given, kept)).sum::<usize>()
                + given.len().saturating_sub(kept.len())
        }
        // A float does not keep all digits of a large integer.
        (Value::Number(given), Value::Number(kept)) => match (given.as_i128(), kept.as_f64()) {
            (Some(integer), Some(kept_float)) => {
                let is_kept = kept.as_i128() == Some(integer) || kept_float as i128 == integer;
                usize::from(!is_kept)
            }
            _ => 0,
        },
        // The same date-time may have a different text.
        (Value::String(given), Value::String(kept)) => {
            usize::from(given != kept && DateTime::parse_from_rfc3339(given).is_err())
        }
        _ => 0,
    }
}

/// Merges what another type keeps of the same value.
fn join(all: &mut Value, kept: Value) {
    match (all, kept) {
        (Value::Object(all), Value::Object(kept)) => join_objects(all, kept),
        (Value::Array(all), Value::Array(kept)) => {
            for (all, kept) in all.iter_mut().zip(kept) {
                join(all, kept);
            }
        }
        (all @ Value::Null, kept) => *all = kept,
        _ => {}
    }
}

fn join_objects(all: &mut Map<String, Value>, kept: Map<String, Value>) {
    for (key, value) in kept {
        join(all.entry(key).or_insert(Value::Null), value);
    }
}
