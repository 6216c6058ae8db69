//! The value of a union while its variant is chosen: it can be decoded any number of times, and notes what is
//! kept of it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

use crate::runtime::fit;

/// Name of the newtype that a `Node` deserializes as [`Attempts`] at its value.
pub const ATTEMPTS: &str = "$union::attempts";

/// Reads what identifies a `Node`.
pub struct NodeId;

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
pub struct Attempts<'v>(pub &'v Value);

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
