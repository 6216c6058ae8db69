//! Enums of integers.

use std::fmt;

/// An integer enum value that the description does not list.
///
/// Only the conversion of an integer to an enum creates one, so it is never a listed value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// Returns the integer.
    pub fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Creates an unknown value. A function, so that it stays out of the public API.
pub(crate) fn unknown_integer(integer: i64) -> UnknownInteger {
    crate::runtime::fit::unlisted();
    UnknownInteger(integer)
}

/// Implements an open enum of integers. Each row is a known variant.
macro_rules! int_enum {
    ($type:ident { $($variant:ident = $integer:literal,)+ }) => {
        impl $type {
            /// Every value that the description lists, in the order of the description.
            pub const KNOWN: &'static [$type] = &[$($type::$variant,)+];

            /// Returns the integer.
            pub fn as_i64(self) -> i64 {
                match self {
                    $($type::$variant => $integer,)+
                    $type::Unknown(integer) => integer.as_i64(),
                }
            }

            /// Whether the description lists this value.
            pub fn is_known(self) -> bool {
                !matches!(self, $type::Unknown(_))
            }
        }

        impl From<i64> for $type {
            fn from(integer: i64) -> Self {
                match integer {
                    $($integer => $type::$variant,)+
                    _ => $type::Unknown(int_enum::unknown_integer(integer)),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(&self, serializer: __S) -> Result<__S::Ok, __S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                <i64 as crate::runtime::read::Read>::read(deserializer).map($type::from)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

pub(crate) use int_enum;
