//! The bytes that the client sends, and how it decodes responses.

mod absent_null_value;
mod environment;
mod interceptors;
mod path_segments;
mod published_commands;
mod responses;
mod send_sync;
#[path = "../support/mod.rs"]
mod support;
mod unlisted;
