//! What only some clients need. Each file but this one is a part, which the generator emits where a
//! description asks for it.

pub(crate) mod base64;
