//! Tests of the runtime. Requests and responses are tested with a generated client.

mod base_url;
mod connect;
mod enum_value;
mod error;
mod items;
mod json;
mod json_path;
#[cfg(feature = "rustls")]
mod operation_servers;
mod patch;
mod path;
mod proxy;
mod retry_after;
mod retry_decision;
mod secret;
#[cfg(feature = "blocking")]
mod worker;
