//! The hand-written half of every generated client, as a crate of its own, so that the compiler, the
//! editor and the tests work where it is edited.
//!
//! The module `runtime` is copied into each client as it stands, and of the module `parts` the files
//! that its description needs. The files of `runtime` name each other by `super` and `self` only;
//! parts name them by `crate::runtime`. None holds tests: those are beside them.

#[doc(hidden)]
#[allow(dead_code, reason = "generated code uses them")]
pub mod parts;
mod runtime;

pub use self::parts::answers::Described;
pub use self::parts::base64::Base64;
pub use self::parts::binary::{Binary, Bytes};
pub use self::parts::decimal::{Decimal, InvalidDecimal};
pub use self::parts::integers::UnknownInteger;
pub use self::parts::literals::UnknownLiteral;
pub use self::parts::maybe::Maybe;
pub use self::parts::multipart::{FormPart, Multipart};
#[cfg(feature = "blocking")]
pub use self::parts::reader::ByteReader;
pub use self::parts::request_body::RequestBody;
pub use self::parts::stream::{ByteStream, Streamed};
pub use self::parts::text::Text;
pub use self::runtime::*;

#[cfg(test)]
mod tests;
