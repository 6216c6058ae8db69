//! A field that is absent, null or a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field that is optional and nullable, where absent and null have different meanings.
///
/// In an update, absent usually leaves the server's value unchanged, and null clears it; the
/// documentation of the field names exceptions. Default: [`Patch::Absent`].
///
/// In a struct of your own, write `#[serde(default, skip_serializing_if = "Patch::is_absent")]`: serde
/// itself serializes `Absent` as null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// The key is absent.
    #[default]
    Absent,
    /// The key has the value `null`.
    Null,
    /// The key has this value.
    Value(T),
}

impl<T> Patch<T> {
    /// Returns the value, or `None` if it is absent or null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Patch::Value(value) => Some(value),
            Patch::Absent | Patch::Null => None,
        }
    }

    /// Returns the owned value, or `None` if it is absent or null.
    pub fn into_option(self) -> Option<T> {
        match self {
            Patch::Value(value) => Some(value),
            Patch::Absent | Patch::Null => None,
        }
    }

    /// Converts to a `Patch` of a reference.
    pub fn as_ref(&self) -> Patch<&T> {
        match self {
            Patch::Absent => Patch::Absent,
            Patch::Null => Patch::Null,
            Patch::Value(value) => Patch::Value(value),
        }
    }

    /// Applies a function to the value, and keeps absent and null.
    pub fn map<U>(self, function: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Patch::Absent => Patch::Absent,
            Patch::Null => Patch::Null,
            Patch::Value(value) => Patch::Value(function(value)),
        }
    }

    /// Whether the key is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Patch::Absent)
    }

    /// Whether the key has the value `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Patch::Null)
    }
}

/// `None` becomes [`Absent`](Patch::Absent).
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Patch::Absent, Patch::Value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Patch::Value(value),
            None => Patch::Null,
        })
    }
}
