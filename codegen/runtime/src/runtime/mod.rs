//! The part of the client that does not depend on the description: transport, time, errors, and
//! how values stand on the wire.

pub(crate) mod attempts;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod error;
pub(crate) mod header;
pub(crate) mod json;
pub(crate) mod message;
pub(crate) mod operation;
pub(crate) mod patch;
pub(crate) mod path;
pub(crate) mod proxy;
pub(crate) mod rate_limit;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod secret;
pub(crate) mod security;
pub(crate) mod send;
#[cfg(feature = "rustls-no-provider")]
pub(crate) mod tls;
pub(crate) mod trace;

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which of these a client needs depends on its description"
)]
pub(crate) mod wire;

#[allow(unused_imports, reason = "an API may want no credential")]
pub use self::builder::credential;
pub use self::builder::{ClientBuilder, builder, builder_from_env};
pub use self::call::{Call, CallFuture, Format, Json, Nothing, SendFuture};
pub use self::client::Client;
pub use self::error::{Error, ErrorKind};
#[allow(
    unused_imports,
    reason = "a description may have no operation, none with parameters, and no security"
)]
pub use self::operation::{Alternatives, Api, Operation, PathParameter, Scheme};
pub use self::patch::Patch;
pub use self::rate_limit::RateLimit;
#[allow(unused_imports, reason = "a description may have no operation")]
pub use self::request::{Request, request};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
#[allow(unused_imports, reason = "an API may want no credential")]
pub use self::security::as_it_stands;
pub use self::wire::text::UnknownValue;
