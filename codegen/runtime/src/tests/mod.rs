//! Tests of the runtime. Requests and responses are tested with a generated client.

mod base_url;
mod connect;
mod enum_value;
mod error;
mod items;
mod json;
#[cfg(feature = "rustls")]
mod operation_servers;
mod patch;
mod path;
mod proxy;
mod retry_after;
mod retry_decision;
mod secret;
mod value_path;
#[cfg(feature = "blocking")]
mod worker;
