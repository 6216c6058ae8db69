//! The hand-written half of every generated client, as a crate of its own, so that the compiler, the
//! editor and the tests work where it is edited.
//!
//! The module `runtime` is copied into each client as it stands, and of the module `parts` the files
//! that its description needs. The files of `runtime` name each other by `super` and `self` only;
//! parts name them by `crate::runtime`. None holds tests: those are beside them.

#[doc(hidden)]
#[allow(dead_code, reason = "generated code uses them")]
pub mod optional;
mod runtime;

pub use self::optional::base64::Base64;
pub use self::optional::binary::{Binary, Bytes};
#[cfg(feature = "blocking")]
pub use self::optional::byte_reader::ByteReader;
pub use self::optional::byte_stream::{ByteStream, Streamed};
pub use self::optional::decimal::{Decimal, InvalidDecimal};
pub use self::optional::int_enum::UnknownInteger;
pub use self::optional::json_enum::UnknownJson;
pub use self::optional::multipart::{FormPart, Multipart};
pub use self::optional::optional_body::OptionalBody;
pub use self::optional::request_body::RequestBody;
pub use self::optional::response_enum::ResponseEnum;
pub use self::optional::text::Text;
pub use self::runtime::*;

#[cfg(test)]
mod tests;
