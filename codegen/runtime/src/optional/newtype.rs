//! Lists and maps of a type of their own, which hold themselves.

/// The conversions of such a type, which stands on the wire as what it holds.
macro_rules! newtype {
    ($type:ident($inner:ty)) => {
        impl From<$inner> for $type {
            fn from(value: $inner) -> Self {
                $type(value)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<__S: serde::Serializer>(
                &self,
                serializer: __S,
            ) -> Result<__S::Ok, __S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<__D: serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> Result<Self, __D::Error> {
                <$inner>::deserialize(deserializer).map($type)
            }
        }
    };
}

pub(crate) use newtype;
