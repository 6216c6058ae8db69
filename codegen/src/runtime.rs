//! The hand-written half of every client, as it is emitted: what each client has, and the parts
//! that only those get whose description needs them.

/// The folder of the sources, relative to the workspace.
pub const FOLDER: &str = "codegen/runtime/src/runtime";

/// The folder of the parts, relative to the workspace.
pub const PARTS_FOLDER: &str = "codegen/runtime/src/parts";

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
    "security.rs",
    "send.rs",
    "tls.rs",
    "trace.rs",
    "wire/date_time.rs",
    "wire/mod.rs",
    "wire/object.rs",
    "wire/text.rs",
    "wire/union.rs",
];

/// A file of the runtime that a client gets only if its description needs it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The module's name.
    pub name: &'static str,
    /// The text of the file.
    pub text: &'static str,
    /// The public names that the crate exports from it.
    pub exports: &'static [&'static str],
    /// The feature with which alone it is compiled, if there is one.
    pub feature: Option<&'static str>,
    /// The dependencies that only it needs.
    pub dependencies: &'static [&'static str],
}

macro_rules! parts {
    (@feature) => { None };
    (@feature $feature:literal) => { Some($feature) };
    ($($name:ident {
        exports: [$($export:literal),*]
        $(, feature: $feature:literal)?
        $(, dependencies: [$($dependency:literal),*])?
    })*) => {
        &[$(Part {
            name: stringify!($name),
            text: include_str!(concat!("../runtime/src/parts/", stringify!($name), ".rs")),
            exports: &[$($export),*],
            feature: parts!(@feature $($feature)?),
            dependencies: &[$($($dependency),*)?],
        }),*]
    };
}

/// Every part, by name.
pub const PARTS: &[Part] = parts! {
    answers { exports: ["Described"] }
    base64 { exports: ["Base64"], dependencies: ["base64"] }
    basic { exports: [], dependencies: ["base64"] }
    bearer { exports: [] }
    binary { exports: ["Binary", "Bytes"] }
    cookie { exports: [] }
    form { exports: [] }
    maybe { exports: ["Maybe"] }
    multipart { exports: ["FormPart", "Multipart"] }
    query_key { exports: [] }
    reader { exports: ["ByteReader"], feature: "blocking" }
    request_body { exports: ["RequestBody"], dependencies: ["futures-core", "http-body"] }
    stream { exports: ["ByteStream", "Streamed"] }
    text { exports: ["Text"] }
};

/// The manifest of the crate in which the sources are edited.
pub const MANIFEST: &str = include_str!("../runtime/Cargo.toml");
