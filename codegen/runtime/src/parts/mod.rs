//! What only some clients need. Each file but this one is a part, which the generator emits where a
//! description asks for it.

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "generated enums use it"
)]
pub mod answers;
pub mod base64;
pub mod basic;
pub mod bearer;
pub mod binary;
pub mod choice;
pub mod cookie;
pub mod cookie_key;
pub mod decimal;
pub mod form;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod integers;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod literals;
pub mod maybe;
#[cfg(feature = "mock")]
pub mod mock;
pub mod multipart;
pub mod query_key;
pub mod read_only;
#[cfg(feature = "blocking")]
pub mod reader;
pub mod request_body;
pub mod reserved;
pub mod reserved_query;
pub mod stream;
pub mod style;
pub mod styled_cookie;
pub mod styled_header;
pub mod styled_path;
pub mod styled_query;
pub mod text;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod transparent;
