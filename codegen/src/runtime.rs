//! The hand-written half of every client, as it is emitted.

/// The folder of the sources, relative to the workspace.
pub const FOLDER: &str = "codegen/runtime/src/runtime";

macro_rules! sources {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../runtime/src/runtime/", $path)))),*]
    };
}

/// Every source file: its path below [`FOLDER`], and its text.
pub const SOURCES: &[(&str, &str)] = sources![
    "attempts.rs",
    "base_url.rs",
    "blocking.rs",
    "builder.rs",
    "call.rs",
    "client.rs",
    "error.rs",
    "header.rs",
    "json.rs",
    "message.rs",
    "mod.rs",
    "operation.rs",
    "patch.rs",
    "path.rs",
    "proxy.rs",
    "rate_limit.rs",
    "request.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "secret.rs",
    "send.rs",
    "tls.rs",
    "trace.rs",
    "wire/date_time.rs",
    "wire/mod.rs",
    "wire/object.rs",
    "wire/text.rs",
    "wire/union.rs",
];

/// The manifest of the crate in which the sources are edited.
pub const MANIFEST: &str = include_str!("../runtime/Cargo.toml");
