//! Enums whose variants are words of a description.

/// Declares such an enum, one row each: the variant, and its key in a description.
macro_rules! keyed {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident $key:literal,)+ }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum $name {
            $($variant,)+
        }

        impl $name {
            /// The key of each variant.
            pub(crate) const KEYS: &'static [&'static str] = &[$($key,)+];

            pub(crate) const fn key(self) -> &'static str {
                $name::KEYS[self as usize]
            }

            pub(crate) fn of_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some($name::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use keyed;

/// Returns the keys and one more.
pub(super) const fn and<const N: usize>(
    keys: &'static [&'static str],
    last: &'static str,
) -> [&'static str; N] {
    assert!(keys.len() + 1 == N, "there are other keys");
    let mut all = [last; N];
    all.split_at_mut(N - 1).0.copy_from_slice(keys);
    all
}
