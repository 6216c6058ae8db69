//! Objects with fields that the server sets: what `object` has, and the kinds of such fields.
//!
//! | row | field's type | left out | null |
//! |---|---|---|---|
//! | `read_required` | `Option<T>` | an error | as `T` has it |
//! | `read_optional` | `Option<T>` | `None` | `None` |
//! | `read_patch` | `Patch<T>` | `Absent` | `Null` |
//!
//! None of them is ever sent.

#![allow(
    unused_imports,
    unused_macros,
    reason = "which of these a client needs depends on its description"
)]

pub(crate) use crate::runtime::wire::object::*;

macro_rules! read_required {
    (write $map:ident, $wire:literal, $value:expr $(, $wrapper:path)?) => {};
    (take $wire:literal, $slot:ident) => {
        Some(object::present($slot, $wire)?)
    };
}

macro_rules! read_optional {
    (write $map:ident, $wire:literal, $value:expr $(, $wrapper:path)?) => {};
    (take $wire:literal, $slot:ident) => {
        $slot.flatten()
    };
}

macro_rules! read_patch {
    (write $map:ident, $wire:literal, $value:expr $(, $wrapper:path)?) => {};
    (take $wire:literal, $slot:ident) => {
        object::to_patch($slot)
    };
}

pub(crate) use {read_optional, read_patch, read_required};
