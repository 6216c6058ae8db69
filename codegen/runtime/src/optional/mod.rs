//! Optional modules. The generator emits each one only for descriptions that need it.

pub mod base64;
pub mod base64_url;
pub mod basic_auth;
pub mod bearer_auth;
pub mod binary;
#[cfg(feature = "blocking")]
pub mod byte_reader;
pub mod byte_stream;
pub mod cookie_api_key;
pub mod decimal;
pub mod form;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod int_enum;
#[cfg(feature = "blocking")]
pub mod item_reader;
pub mod item_stream;
pub mod items;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod json_enum;
pub mod json_parts;
pub mod json_text;
pub mod lenient_date_time;
pub mod local_date_time;
#[cfg(feature = "mock")]
pub mod mock;
pub mod multipart;
#[allow(dead_code, unused_imports, unused_macros, reason = "types use it")]
pub mod newtype;
pub mod optional_body;
#[cfg(feature = "blocking")]
pub mod page_iterator;
pub mod pages;
pub mod query_api_key;
pub mod read_only;
pub mod redirect;
pub mod request_body;
pub mod reserved;
pub mod reserved_query;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "generated enums use it"
)]
pub mod response_enum;
#[allow(unused_imports, unused_macros, reason = "types use it")]
pub mod serde_union;
pub mod style;
pub mod styled_cookie;
pub mod styled_header;
pub mod styled_path;
pub mod styled_query;
pub mod text;
pub mod tuple;
pub mod union_value;
