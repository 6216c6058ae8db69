//! Enums of integers.

use std::fmt;

/// An integer that an enum of the description does not list.
///
/// Only an enum's own conversion from integers makes one, so a listed value is never hidden in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// The integer as it was received or given.
    pub fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Makes an unknown value of an enum. A function and not a method, so that it stays out of the
/// client's public API.
pub(crate) fn unknown_integer(integer: i64) -> UnknownInteger {
    UnknownInteger(integer)
}

/// The conversions of an open enum of integers: one row a known variant.
macro_rules! int_enum {
    ($type:ident { $($variant:ident = $integer:literal,)+ }) => {
        impl $type {
            /// Every value that the description lists, in its order.
            pub const KNOWN: &'static [$type] = &[$($type::$variant,)+];

            /// The value as it stands on the wire.
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
                i64::deserialize(deserializer).map($type::from)
            }
        }
    };
}

pub(crate) use int_enum;
