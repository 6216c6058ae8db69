//! The hand-written half of every generated client. It is a crate, so that the compiler, the editor and the tests
//! work on it.
//!
//! The generator copies the module `runtime` into each client, and those files of the module `optional` that its
//! description needs. The files of `runtime` use each other by `super` and `self`; optional modules use them by
//! `crate::runtime`. Tests are in the module `tests`, which is not copied.

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
#[cfg(feature = "blocking")]
pub use self::optional::page_iterator::{ItemIterator, PageIterator};
pub use self::optional::pages::{Items, Pages};
pub use self::optional::redirect::Redirect;
pub use self::optional::request_body::RequestBody;
pub use self::optional::response_enum::ResponseEnum;
pub use self::optional::text::Text;
pub use self::runtime::*;

#[cfg(test)]
mod tests;
