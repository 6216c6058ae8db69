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
    /// The files of its own modules: their paths below [`PARTS_FOLDER`], and their texts.
    pub files: &'static [(&'static str, &'static str)],
    /// The public names that the crate exports from it.
    pub exports: &'static [&'static str],
    /// The feature with which alone it is compiled, if there is one.
    pub feature: Option<&'static str>,
    /// The other parts that it names.
    pub parts: &'static [&'static str],
    /// The dependencies that only it needs.
    pub dependencies: &'static [&'static str],
    /// The features that only it needs, each behind the dependency that has it.
    pub features: &'static [(&'static str, &'static str)],
    /// The features of the crate that only it needs.
    pub crate_features: &'static [&'static str],
}

macro_rules! parts {
    ($($name:ident { $($field:ident: $value:expr),* })*) => {
        &[$(Part {
            $($field: $value,)*
            ..Part::new(
                stringify!($name),
                include_str!(concat!("../runtime/src/parts/", stringify!($name), ".rs")),
            )
        }),*]
    };
}

impl Part {
    const fn new(name: &'static str, text: &'static str) -> Self {
        Part {
            name,
            text,
            files: &[],
            exports: &[],
            feature: None,
            parts: &[],
            dependencies: &[],
            features: &[],
            crate_features: &[],
        }
    }
}

macro_rules! files_of_parts {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../runtime/src/parts/", $path)))),*]
    };
}

const MOCK_FILES: &[(&str, &str)] = files_of_parts![
    "mock/check.rs",
    "mock/credentials.rs",
    "mock/endpoint.rs",
    "mock/expectation.rs",
    "mock/expectations.rs",
    "mock/http.rs",
    "mock/lock.rs",
    "mock/rejection.rs",
    "mock/request.rs",
    "mock/response.rs",
    "mock/route.rs",
    "mock/server.rs",
    "mock/text.rs",
];

/// Every part, by name.
pub const PARTS: &[Part] = parts! {
    answers { exports: &["Described"] }
    base64 { exports: &["Base64"], dependencies: &["base64"] }
    basic { dependencies: &["base64"] }
    bearer {}
    binary { exports: &["Binary", "Bytes"] }
    choice {}
    cookie {}
    cookie_key { parts: &["cookie"] }
    decimal { exports: &["Decimal", "InvalidDecimal"], features: &[("serde_json", "raw_value")] }
    form { parts: &["reserved"] }
    integers { exports: &["UnknownInteger"] }
    literals { exports: &["UnknownLiteral"] }
    maybe { exports: &["Maybe"] }
    mock {
        feature: Some("mock"),
        files: MOCK_FILES,
        crate_features: &["mock"]
    }
    multipart { exports: &["FormPart", "Multipart"] }
    query_key {}
    read_only {}
    reader { exports: &["ByteReader"], feature: Some("blocking") }
    request_body { exports: &["RequestBody"], dependencies: &["futures-core", "http-body"] }
    reserved {}
    reserved_query { parts: &["reserved", "style"] }
    stream { exports: &["ByteStream", "Streamed"] }
    style {}
    styled_cookie { parts: &["cookie", "style"] }
    styled_header { parts: &["style"] }
    styled_path { parts: &["style"] }
    styled_query { parts: &["style"] }
    text { exports: &["Text"] }
    transparent {}
};

/// The manifest of the crate in which the sources are edited.
pub const MANIFEST: &str = include_str!("../runtime/Cargo.toml");
