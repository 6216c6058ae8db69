//! How the values of the description's types stand on the wire.

pub(crate) mod date_time;
pub(crate) mod object;
pub(crate) mod text;
pub(crate) mod union;
