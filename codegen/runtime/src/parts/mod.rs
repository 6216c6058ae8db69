//! What only some clients need. Each file but this one is a part, which the generator emits where a
//! description asks for it.

pub mod base64;
pub mod basic;
pub mod bearer;
pub mod cookie;
pub mod query_key;
