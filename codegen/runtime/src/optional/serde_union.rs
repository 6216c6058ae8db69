//! Unions: a value of one of several types, or any other value, which is kept as JSON.
//!
//! A variant is chosen in this order:
//!
//! 1. If the value of the union's key is listed, its variant. If the value does not decode as that, `Other`.
//! 2. If the key is absent or its value is not listed, the best match of the variants without such a value:
//!    the variant that keeps most of the value. Counted are, at any depth, the scalars, lists and objects that are
//!    decoded, also as read-only fields. Of several, the variant with the fewest values that the description does
//!    not list, and of these the first.
//! 3. `Other`, if no variant matches, or if several variants each keep a part that the others lose.

#![allow(dead_code, reason = "a description may have no discriminator")]

use std::any::TypeId;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::{Error, Value};

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

/// Asks [`Node`] for its value any number of times.
const ATTEMPTS: &str = "$union::attempts";

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
        if let Some(found) = U::find(&mut attempts) {
            return Ok(found);
        }
        let before = fit::with(|fit| fit.kept.len());
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
    /// Whether it keeps everything.
    is_exact: bool,
    /// What at least one variant keeps.
    kept_by_any: HashSet<usize>,
}

impl Best {
    /// Starts to decode a variant. Returns how much was kept, lost and unlisted before.
    fn start(&self) -> (usize, usize, usize) {
        fit::with(|fit| (fit.kept.len(), fit.lost, fit.unlisted))
    }

    /// Compares a variant, and returns whether it is the best so far.
    fn finish(&mut self, before: (usize, usize, usize), row: usize, decodes: bool) -> bool {
        let (kept, lost, unlisted) = fit::with(|fit| {
            let kept = fit.kept.split_off(before.0);
            let (lost, unlisted) = (fit.lost - before.1, fit.unlisted - before.2);
            (fit.lost, fit.unlisted) = (before.1, before.2);
            (kept, lost, unlisted)
        });
        // A value that is unlisted as a whole is not of the type.
        if !decodes || unlisted >= kept.len() {
            return false;
        }
        self.is_exact = lost == 0 && unlisted == 0;
        if !self.is_exact {
            self.kept_by_any.extend(&kept);
        }
        let is_better = self.row.is_none()
            || self.is_exact
            || kept.len() > self.kept.len()
            || (kept.len() == self.kept.len() && unlisted < self.unlisted);
        if is_better {
            (self.row, self.kept) = (Some(row), kept);
            (self.lost, self.unlisted) = (lost, unlisted);
        }
        is_better
    }

    /// Returns the best match, unless several variants each keep a part that the others lose.
    fn take(self) -> Option<usize> {
        if !self.is_exact && self.kept_by_any.len() > self.kept.len() {
            return None;
        }
        fit::with(|fit| {
            fit.kept.extend(self.kept);
            fit.lost += self.lost;
            fit.unlisted += self.unlisted;
        });
        self.row
    }
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

/// Reads what identifies a [`Node`].
struct NodeId;

impl<'de> DeserializeSeed<'de> for NodeId {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_unit_struct(ATTEMPTS, self)
    }
}

impl Visitor<'_> for NodeId {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_u64<E>(self, address: u64) -> Result<usize, E> {
        Ok(usize::try_from(address).unwrap_or_default())
    }
}

/// A JSON value that notes what is kept of it.
struct Node<'v>(&'v Value);

impl Node<'_> {
    fn id(&self) -> usize {
        std::ptr::from_ref(self.0).addr()
    }

    fn keep(&self) {
        fit::with(|fit| fit.kept.push(self.id()));
    }

    /// Whether an `f64` keeps all digits of the number.
    fn fits_float(&self) -> bool {
        let integer = self.0.as_number().and_then(serde_json::Number::as_i128);
        integer.is_none_or(|integer| (integer as f64) as i128 == integer)
    }
}

/// Implements methods for integers. A float, such as `1.0`, is one, but a number keeps it as it is.
macro_rules! integers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            fit::with(|fit| fit.lost += usize::from(self.0.is_f64()));
            self.deserialize_any(visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.keep();
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(map) => visitor.visit_map(Entries(map.iter(), None)),
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => self.deserialize_any(visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == ATTEMPTS {
            return visitor.visit_seq(Attempts(self.0));
        }
        self.keep();
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        fit::with(|fit| fit.lost += 1);
        visitor.visit_unit()
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.fits_float() {
            true => self.deserialize_any(visitor),
            false => {
                fit::with(|fit| fit.lost += 1);
                self.0.deserialize_f64(visitor)
            }
        }
    }

    integers! { deserialize_i32 deserialize_i64 deserialize_u32 deserialize_u64 }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_u64(self.id() as u64)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i128 u8 u16 u128 f32 char str string bytes byte_buf unit seq tuple
        tuple_struct map struct enum identifier
    }
}

/// The same value, any number of times.
struct Attempts<'v>(&'v Value);

impl<'v> SeqAccess<'v> for Attempts<'v> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'v>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        seed.deserialize(Node(self.0)).map(Some)
    }
}

/// The items of a list.
struct Items<'v>(std::slice::Iter<'v, Value>);

impl<'v> SeqAccess<'v> for Items<'v> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'v>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let next = self.0.next();
        next.map(|item| seed.deserialize(Node(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of an object, and the value of the current one.
struct Entries<'v>(serde_json::map::Iter<'v>, Option<&'v Value>);

impl<'v> MapAccess<'v> for Entries<'v> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'v>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.0.next() else {
            return Ok(None);
        };
        self.1 = Some(value);
        let key = serde::de::value::BorrowedStrDeserializer::new(key);
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(Node(self.1.take().unwrap_or(&Value::Null)))
    }
}
