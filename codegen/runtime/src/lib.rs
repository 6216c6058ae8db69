//! The part of the client that does not depend on the description: transport, time, errors, and
//! how values stand on the wire.

mod attempts;
mod base_url;
mod builder;
mod call;
mod client;
mod error;
mod header;
mod json;
mod message;
mod operation;
mod patch;
mod path;
mod rate_limit;
mod request;
mod response;
mod retry;
mod retry_after;
mod send;
#[cfg(feature = "rustls-no-provider")]
mod tls;

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which of these a client needs depends on its description"
)]
pub(crate) mod wire;

pub use self::builder::{ClientBuilder, builder, builder_from_env};
pub use self::call::{Call, CallFuture, Format, Json, Nothing, SendFuture};
pub use self::client::Client;
pub use self::error::{Error, ErrorKind};
pub use self::operation::{Api, Operation, PathParameter};
pub use self::patch::Patch;
pub use self::rate_limit::RateLimit;
pub use self::request::{Request, request};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::wire::text::UnknownValue;
