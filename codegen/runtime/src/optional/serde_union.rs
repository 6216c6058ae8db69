//! Unions: a value of one of several types, or any other value, which is kept as JSON.
//!
//! A variant is chosen in this order:
//!
//! 1. If the value of the union's key is listed, its variant. If the value does not decode as that, `Other`.
//! 2. If the key is absent or its value is not listed, the best match of the variants without such a value:
//!    the variant that keeps most of the value. Counted are, at any depth, the scalars, lists and objects that are
//!    decoded, also as read-only fields. Of several, the variant with the fewest values that the description does
//!    not list and required keys that are absent, and of these the first. An object of which nothing is kept and
//!    that lacks a required key is not of the variant, even if the key may be null.
//! 3. `Other`, if no variant matches, or if several variants each keep a part that the others lose.

#![allow(dead_code, reason = "a description may have no discriminator")]

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::union_value::{ATTEMPTS, Attempts, NodeId};
use crate::runtime::fit;

/// Implements `Serialize` and `Deserialize` for an open union. Each row is a variant; the first ones are
/// preferred.
///
/// `by` names the key whose value selects the variant. The values of a variant follow after `=` if the union sends
/// the key, and after `if` if the type of the variant does so itself.
///
/// Needs the module `serde_union` in scope. Its own names start with underscores, because a schema may have
/// the name `D`.
macro_rules! union {
    ($type:ident $(by $key:literal)? {
        $($variant:ident ($inner:ty $(, $wrapper:path)?)
            $(= $($tag:literal)|+)? $(if $($own_tag:literal)|+)?,)*
    }) => {
        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(
                &self,
                serializer: __S,
            ) -> Result<__S::Ok, __S::Error> {
                match self {
                    $($type::$variant(value) => serde_union::encode!(
                        $type, value, serializer $(, as $wrapper)? $(, = $($tag)|+)?
                    ),)*
                    $type::Other(value) => value.serialize(serializer),
                }
            }
        }

        impl serde_union::Union for $type {
            const KEY: &'static str = concat!("" $(, $key)?);

            fn find<'de, __A: serde::de::SeqAccess<'de>>(attempts: &mut __A) -> Option<Self> {
                serde_union::find(attempts, &[$(serde_union::Row {
                    tags: &[$($($tag),+)? $($($own_tag),+)?],
                    // Into a box, if the type contains itself.
                    decode: |attempts| {
                        let value = attempts.next_element::<crate::runtime::read::As<$inner>>();
                        Some($type::$variant(value.ok()??.0.into()))
                    },
                }),*])
            }

            fn other(value: serde_json::Value) -> Self {
                $type::Other(value)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                serde_union::decode(deserializer)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

macro_rules! encode {
    ($type:ident, $value:ident, $serializer:ident) => {
        $value.serialize($serializer)
    };
    ($type:ident, $value:ident, $serializer:ident, as $wrapper:path) => {
        $wrapper($value).serialize($serializer)
    };
    ($type:ident, $value:ident, $serializer:ident $(, as $wrapper:path)?, = $($tag:literal)|+) => {
        serde_union::encode_tagged($value, $serializer, <$type as serde_union::Union>::KEY, &[$($tag),+])
    };
}

pub(crate) use {encode, union};

/// An open union.
pub(crate) trait Union: Sized + 'static {
    /// The key whose value selects the variant; empty if there is none.
    const KEY: &'static str;

    /// Returns the variant of a value. Each element of `attempts` is that value.
    fn find<'de, A: SeqAccess<'de>>(attempts: &mut A) -> Option<Self>;

    fn other(value: Value) -> Self;
}

/// A variant.
pub(crate) struct Row<U, A> {
    /// The values of the key that select it.
    pub(crate) tags: &'static [&'static str],
    /// Decodes the next attempt.
    pub(crate) decode: fn(&mut A) -> Option<U>,
}

/// Serializes an object with a value of the key: with its own if that selects the variant, or else with the first
/// that does.
pub(crate) fn encode_tagged<T: Serialize, S: Serializer>(
    value: &T,
    serializer: S,
    key: &str,
    tags: &[&str],
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Value::Object(map) = &mut value {
        let own = map.get(key).and_then(Value::as_str);
        if !own.is_some_and(|own| tags.contains(&own)) {
            map.insert(key.to_owned(), tags.first().copied().into());
        }
    }
    value.serialize(serializer)
}

/// Deserializes a union.
pub(crate) fn decode<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(ATTEMPTS, UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    /// A union that is in no other union.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let found = fit::outermost(|| U::find(&mut Attempts(&value)));
        Ok(found.unwrap_or_else(|| U::other(value)))
    }

    /// A union in another one.
    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<U, A::Error> {
        let before = fit::with(|fit| fit.kept.len());
        if let Some(found) = U::find(&mut attempts) {
            return Ok(found);
        }
        // What a variant has kept that did not decode.
        fit::with(|fit| fit.kept.truncate(before));
        let value = attempts.next_element()?.unwrap_or_default();
        fit::with(|fit| fit.unlisted += fit.kept.len() - before);
        Ok(U::other(value))
    }
}

/// Finds the variant of a value.
pub(crate) fn find<'de, U: Union, A: SeqAccess<'de>>(
    attempts: &mut A,
    rows: &[Row<U, A>],
) -> Option<U> {
    let before = fit::with(|fit| (fit.kept.len(), fit.lost));
    let key = (!U::KEY.is_empty()).then_some(Tag(U::KEY));
    let tag = key.and_then(|key| attempts.next_element_seed(key).ok()??);
    fit::with(|fit| {
        fit.kept.truncate(before.0);
        fit.lost = before.1;
    });
    let tagged = tag.and_then(|tag| rows.iter().find(|row| row.tags.contains(&tag.as_str())));
    if let Some(row) = tagged {
        return (row.decode)(attempts);
    }
    let node = attempts.next_element_seed(NodeId).ok()??;
    let known = fit::with(|fit| fit.choices.get(&(node, TypeId::of::<U>())).copied());
    if let Some(known) = known {
        return (rows[known?].decode)(attempts);
    }
    let mut best = Best::default();
    let mut found = None;
    for (index, row) in rows.iter().enumerate() {
        if !row.tags.is_empty() {
            continue;
        }
        let before = best.start();
        let decoded = (row.decode)(attempts);
        if best.finish(before, index, decoded.is_some()) {
            found = decoded;
        }
        if best.is_exact {
            break;
        }
    }
    let row = best.take();
    fit::with(|fit| fit.choices.insert((node, TypeId::of::<U>()), row));
    row.and(found)
}

/// The best match so far.
#[derive(Default)]
struct Best {
    row: Option<usize>,
    kept: Vec<usize>,
    lost: usize,
    unlisted: usize,
    absent: usize,
    /// Whether it keeps everything.
    is_exact: bool,
    /// What the variants keep that are not the best match.
    kept_by_others: Vec<Vec<usize>>,
}

impl Best {
    /// Starts to decode a variant. Returns how much was kept, lost, unlisted and absent before.
    fn start(&self) -> [usize; 4] {
        fit::with(|fit| [fit.kept.len(), fit.lost, fit.unlisted, fit.absent])
    }

    /// Compares a variant, and returns whether it is the best so far.
    fn finish(&mut self, before: [usize; 4], row: usize, decodes: bool) -> bool {
        let [kept_before, lost_before, unlisted_before, absent_before] = before;
        let (kept, lost, unlisted, absent) = fit::with(|fit| {
            let kept = fit.kept.split_off(kept_before);
            let lost = std::mem::replace(&mut fit.lost, lost_before) - lost_before;
            let unlisted = std::mem::replace(&mut fit.unlisted, unlisted_before) - unlisted_before;
            let absent = std::mem::replace(&mut fit.absent, absent_before) - absent_before;
            (kept, lost, unlisted, absent)
        });
        // A value that is unlisted as a whole is not of the type, and neither is an object of which nothing but
        // the object itself is kept and that lacks a required key.
        if !decodes || unlisted >= kept.len() || (absent > 0 && kept.len() == 1) {
            return false;
        }
        self.is_exact = lost == 0 && unlisted == 0 && absent == 0;
        let is_better = self.row.is_none()
            || self.is_exact
            || kept.len() > self.kept.len()
            || (kept.len() == self.kept.len() && unlisted + absent < self.unlisted + self.absent);
        let kept = match is_better {
            true => std::mem::replace(&mut self.kept, kept),
            false => kept,
        };
        self.kept_by_others.push(kept);
        if is_better {
            self.row = Some(row);
            (self.lost, self.unlisted, self.absent) = (lost, unlisted, absent);
        }
        is_better
    }

    /// Returns the best match, unless several variants each keep a part that the others lose.
    fn take(self) -> Option<usize> {
        let keeps_all = |kept: &Vec<usize>| is_part(kept, &self.kept);
        if !self.is_exact && !self.kept_by_others.iter().all(keeps_all) {
            return None;
        }
        fit::with(|fit| {
            fit.kept.extend(self.kept);
            fit.lost += self.lost;
            fit.unlisted += self.unlisted;
            fit.absent += self.absent;
        });
        self.row
    }
}

/// Whether `whole` has all nodes of `part`. Both are in the order of the value.
fn is_part(part: &[usize], whole: &[usize]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|node| whole.any(|other| other == node))
}

/// Reads the value of a key as text.
struct Tag(&'static str);

impl<'de> DeserializeSeed<'de> for Tag {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tag {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut tag = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.0 {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            tag = Some(match map.next_value()? {
                Value::String(text) => text,
                other => other.to_string(),
            });
        }
        Ok(tag)
    }
}
