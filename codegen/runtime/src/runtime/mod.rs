//! The part of the client that does not depend on the description: transport, retries, errors, and the
//! serialization of the generated types.

pub(crate) mod attempt;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod checked;
pub(crate) mod client;
pub(crate) mod client_inner;
pub(crate) mod connections;
#[allow(
    dead_code,
    reason = "which functions a client needs depends on its description"
)]
pub(crate) mod date_time;
pub(crate) mod delivery;
#[allow(dead_code, reason = "a description may have no enum of strings")]
pub(crate) mod enum_value;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod error_kind;
pub(crate) mod error_message;
pub(crate) mod escapes;
pub(crate) mod failure;
#[allow(dead_code, reason = "a description may have no union")]
pub(crate) mod fit;
pub(crate) mod header;
pub(crate) mod interception;
pub(crate) mod interceptor;
pub(crate) mod json;
pub(crate) mod operation;
pub(crate) mod patch;
pub(crate) mod path;
pub(crate) mod prepared;
pub(crate) mod proxy;
pub(crate) mod rate_limit;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which types a client needs depends on its description"
)]
pub(crate) mod read;
pub(crate) mod received;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod retry_decision;
pub(crate) mod secret;
pub(crate) mod security;
pub(crate) mod send;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a description may have no object"
)]
pub(crate) mod serde_object;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a description may have no enum or newtype of strings"
)]
pub(crate) mod serde_string;
#[cfg(feature = "rustls-no-provider")]
pub(crate) mod tls;
pub(crate) mod trace;
mod value_path;
#[cfg(feature = "blocking")]
pub(crate) mod worker;

#[allow(unused_imports, reason = "an API may require no credentials")]
pub use self::builder::credential;
pub use self::builder::{ClientBuilder, builder};
pub use self::call::{Call, Empty, Json, ResponseFormat, SendFuture};
pub use self::client::Client;
pub use self::enum_value::{ParseEnumError, UnknownValue};
pub use self::environment::builder_from_env;
pub use self::error::{Error, ErrorKind};
pub use self::interceptor::{Attempt, AttemptOutcome, Interceptor};
#[allow(
    unused_imports,
    reason = "a description may have no operation, none with parameters, and no security"
)]
pub use self::operation::{
    Api, CredentialLocation, Operation, PathParameter, Scheme, SecurityRequirements,
};
pub use self::patch::Patch;
pub use self::rate_limit::RateLimit;
#[allow(unused_imports, reason = "a description may have no operation")]
pub use self::request::{Request, request};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
#[allow(unused_imports, reason = "an API may require no credentials")]
pub use self::security::unencoded;
