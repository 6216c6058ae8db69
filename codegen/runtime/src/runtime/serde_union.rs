//! Unions: a value of one of several types, or any other value, which is kept as JSON.

/// Implements `Serialize` and `Deserialize` for an open union. Each row is a variant; they are tried in this
/// order, and `Other` keeps a value that none accepts.
///
/// Needs the module `serde_union` in scope. Its own names start with underscores, because a schema may have
/// the name `D`.
macro_rules! open_union {
    ($type:ident { $($variant:ident ($inner:ty $(, $wrapper:path)?),)* }) => {
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

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                $(if let Ok(value) = <$inner as crate::runtime::read::Read>::read(&value) {
                    // Into a box, if the type contains itself.
                    return Ok($type::$variant(value.into()));
                })*
                Ok($type::Other(value))
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

macro_rules! encode {
    ($value:ident, $serializer:ident) => {
        $value.serialize($serializer)
    };
    ($value:ident, $serializer:ident, $wrapper:path) => {
        $wrapper($value).serialize($serializer)
    };
}

pub(crate) use {encode, open_union};
