//! Tests of the parts that do no I/O. What goes over the wire is tested on a generated client.

mod base_url;
mod connect;
mod error;
mod path;
mod proxy;
mod retry_after;
mod retry_decision;
