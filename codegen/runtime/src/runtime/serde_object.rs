//! JSON objects: structs whose fields are required, nullable, optional, or optional and nullable.
//!
//! A macro with a few shared functions replaces serde's derives: `Patch` needs no attribute on each field, and
//! a large API compiles in less than half the time.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::fit;
use super::read::{As, Read};

pub(crate) use super::patch::Patch;

/// Implements `Serialize` and `Deserialize` for a struct. Each row is a field, with its JSON name and its kind.
///
/// | row | type of the field | absent | null |
/// |---|---|---|---|
/// | `required` | `T` | error | whatever `T` accepts |
/// | `nullable` | `Option<T>` | `None`; serialized as null | `None` |
/// | `optional` | `Option<T>` | `None` | `None`; serialized as absent |
/// | `patch` | `Patch<T>` | `Absent` | `Null` |
/// | `rest` | a map | | every key without a row |
///
/// `as wrapper` after the kind serializes `wrapper(&value)` in place of the value. Needs the module
/// `serde_object` in scope. Its own names start with underscores, because a struct may have the name `D` or
/// `Fields`.
macro_rules! object {
    ($type:ident { $($name:literal => $field:ident ($kind:ident $(as $wrapper:path)?),)* $(rest $rest:ident ($($rest_wrapper:path)?),)? }) => {
        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(
                &self,
                serializer: __S,
            ) -> Result<__S::Ok, __S::Error> {
                use serde::ser::SerializeMap;
                #[allow(unused_mut, reason = "a struct whose fields are all read-only writes none")]
                let mut map = serializer.serialize_map(None)?;
                $(serde_object::$kind!(write map, $name, &self.$field $(, $wrapper)?);)*
                $(for (key, value) in &self.$rest {
                    map.serialize_entry(key, serde_object::wrapped!(value $(, $rest_wrapper)?))?;
                })?
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                struct __Fields;

                impl<'de> serde::de::Visitor<'de> for __Fields {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object (", stringify!($type), ")"))
                    }

                    fn visit_map<__A: serde::de::MapAccess<'de>>(
                        self,
                        #[allow(unused_mut)] mut map: __A,
                    ) -> Result<$type, __A::Error> {
                        $(let mut $field = None;)*
                        $(let mut $rest = Default::default();)?
                        while let Some(key) = map.next_key::<serde_object::Key<'de>>()? {
                            match key.as_str() {
                                $($name => serde_object::read(&mut $field, $name, &mut map)?,)*
                                _ => serde_object::unlisted!(map, key $(, $rest)?),
                            }
                        }
                        Ok($type {
                            $($field: serde_object::$kind!(take $name, $field),)*
                            $($rest,)?
                        })
                    }
                }

                deserializer.deserialize_map(__Fields)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

macro_rules! required {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {
        $map.serialize_entry($name, serde_object::wrapped!($value $(, $wrapper)?))?
    };
    (take $name:literal, $slot:ident) => {
        serde_object::present($slot, $name)?
    };
}

macro_rules! nullable {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {
        $map.serialize_entry($name, serde_object::wrapped!($value $(, $wrapper)?))?
    };
    (take $name:literal, $slot:ident) => {
        serde_object::or_null($slot)
    };
}

macro_rules! optional {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {
        if let Some(value) = $value {
            $map.serialize_entry($name, serde_object::wrapped!(value $(, $wrapper)?))?
        }
    };
    (take $name:literal, $slot:ident) => {
        $slot.flatten()
    };
}

macro_rules! patch {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {
        match $value {
            serde_object::Patch::Absent => {}
            serde_object::Patch::Null => $map.serialize_entry($name, &())?,
            serde_object::Patch::Value(value) => {
                $map.serialize_entry($name, serde_object::wrapped!(value $(, $wrapper)?))?
            }
        }
    };
    (take $name:literal, $slot:ident) => {
        serde_object::to_patch($slot)
    };
}

macro_rules! wrapped {
    ($value:expr) => {
        $value
    };
    ($value:expr, $wrapper:path) => {
        &$wrapper($value)
    };
}

macro_rules! unlisted {
    ($map:ident, $key:ident) => {{
        $map.next_value::<serde::de::IgnoredAny>()?;
    }};
    ($map:ident, $key:ident, $rest:ident) => {
        serde_object::keep(&mut $rest, $key, &mut $map)?
    };
}

pub(crate) use {nullable, object, optional, patch, required, unlisted, wrapped};

/// A key, borrowed from the input unless it has escape sequences.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Deserializes the value of a field into its slot.
pub(crate) fn read<'de, A, T>(
    slot: &mut Option<T>,
    key: &'static str,
    map: &mut A,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Read,
{
    if slot.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    let As(value) = map.next_value()?;
    *slot = Some(value);
    Ok(())
}

/// Deserializes the value of an unlisted key into the map of those.
pub(crate) fn keep<'de, A, M, T>(rest: &mut M, key: Key<'de>, map: &mut A) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    M: Extend<(String, T)>,
    T: Read,
{
    let As(value) = map.next_value()?;
    rest.extend([(key.0.into_owned(), value)]);
    Ok(())
}

/// Returns the value of a required field.
pub(crate) fn present<T, E: Error>(slot: Option<T>, key: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(key))
}

/// Returns the value of a required field that may be null.
pub(crate) fn or_null<T>(slot: Option<Option<T>>) -> Option<T> {
    slot.unwrap_or_else(|| {
        fit::absent();
        None
    })
}

/// Converts a slot to absent, null or a value.
pub(crate) fn to_patch<T>(slot: Option<Option<T>>) -> Patch<T> {
    match slot {
        None => Patch::Absent,
        Some(None) => Patch::Null,
        Some(Some(value)) => Patch::Value(value),
    }
}
