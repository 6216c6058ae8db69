//! Objects with read-only fields: the rows of `object` and two more.
//!
//! | row | type of the field | absent | null |
//! |---|---|---|---|
//! | `read_optional` | `Option<T>` | `None` | `None` |
//! | `read_patch` | `Patch<T>` | `Absent` | `Null` |
//!
//! Neither is ever serialized. Absent is never an error, even if the description requires the property in
//! responses: the mock server decodes requests as the same type.

#![allow(
    unused_imports,
    unused_macros,
    reason = "which of these a client needs depends on its description"
)]

pub(crate) use crate::runtime::serde_object::*;

macro_rules! read_optional {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {};
    (take $name:literal, $slot:ident) => {
        $slot.flatten()
    };
}

macro_rules! read_patch {
    (write $map:ident, $name:literal, $value:expr $(, $wrapper:path)?) => {};
    (take $name:literal, $slot:ident) => {
        serde_object::to_patch($slot)
    };
}

pub(crate) use {read_optional, read_patch};
