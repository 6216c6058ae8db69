//! Lists whose positions have types of their own.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};

use crate::runtime::read::{As, Read};

macro_rules! tuples {
    ($($length:literal: $($name:ident)+;)+) => {$(
        impl<$($name: Read),+> Read for ($($name,)+) {
            fn read<'de, __D: Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                struct Items<T>(PhantomData<T>);

                impl<'de, $($name: Read),+> Visitor<'de> for Items<($($name,)+)> {
                    type Value = ($($name,)+);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("a list of ", $length, " items"))
                    }

                    #[allow(non_snake_case, reason = "an item is named after its type")]
                    fn visit_seq<__A: SeqAccess<'de>>(
                        self,
                        mut list: __A,
                    ) -> Result<Self::Value, __A::Error> {
                        let mut length = 0;
                        $(
                            let Some(As($name)) = list.next_element()? else {
                                return Err(__A::Error::invalid_length(length, &self));
                            };
                            length += 1;
                        )+
                        while list.next_element::<IgnoredAny>()?.is_some() {
                            length += 1;
                        }
                        match length {
                            $length => Ok(($($name,)+)),
                            _ => Err(__A::Error::invalid_length(length, &self)),
                        }
                    }
                }

                deserializer.deserialize_seq(Items(PhantomData))
            }
        }
    )+};
}

tuples! {
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
}
