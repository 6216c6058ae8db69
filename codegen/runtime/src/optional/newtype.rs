//! Newtypes of recursive lists and maps.

/// Implements the conversions of a newtype, which serializes as its field.
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
                <$inner as crate::runtime::read::Read>::read(deserializer).map($type)
            }
        }

        crate::runtime::read::by_serde!($type);
    };
}

pub(crate) use newtype;
