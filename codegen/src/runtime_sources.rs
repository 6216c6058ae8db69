//! The hand-written half of every client, embedded: the modules that each client gets, and the optional
//! modules that a client gets only if its description needs them.

/// Folder of the modules that every client gets, relative to the workspace.
pub const FOLDER: &str = "codegen/runtime/src/runtime";

/// Folder of the optional modules, relative to the workspace.
pub const OPTIONAL_FOLDER: &str = "codegen/runtime/src/optional";

/// Manifest of the crate in which the sources are edited.
pub const MANIFEST: &str = include_str!("../runtime/Cargo.toml");

macro_rules! sources {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../runtime/src/", $folder, "/", $path)))),*]
    };
}

/// Path below [`FOLDER`] and text of each file that every client gets.
pub const SOURCES: &[(&str, &str)] = sources![
    "runtime":
    "attempt.rs",
    "base_url.rs",
    "blocking.rs",
    "builder.rs",
    "call.rs",
    "checked.rs",
    "client.rs",
    "client_inner.rs",
    "connections.rs",
    "date_time.rs",
    "delivery.rs",
    "enum_value.rs",
    "environment.rs",
    "error.rs",
    "error_kind.rs",
    "error_message.rs",
    "escapes.rs",
    "failure.rs",
    "fit.rs",
    "header.rs",
    "interception.rs",
    "interceptor.rs",
    "json.rs",
    "mod.rs",
    "operation.rs",
    "patch.rs",
    "path.rs",
    "prepared.rs",
    "proxy.rs",
    "rate_limit.rs",
    "read.rs",
    "received.rs",
    "request.rs",
    "request/prepare.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "retry_decision.rs",
    "secret.rs",
    "security.rs",
    "send.rs",
    "serde_object.rs",
    "serde_string.rs",
    "tls.rs",
    "trace.rs",
    "value_path.rs",
    "worker.rs",
];

/// A module that a client gets only if its description needs it.
#[derive(Clone, Copy, Debug)]
pub struct RuntimeModule {
    /// Name of the module.
    pub name: &'static str,
    /// Path below [`OPTIONAL_FOLDER`] and text of its file, and of each file of its submodules.
    pub files: &'static [(&'static str, &'static str)],
    /// Public names that the crate exports from it.
    pub exports: &'static [&'static str],
    /// Feature of the crate that it is compiled with. Default: it is always compiled.
    pub feature: Option<&'static str>,
    /// Names of the optional modules that it uses.
    pub modules: &'static [&'static str],
    /// Dependencies that no other module needs.
    pub dependencies: &'static [&'static str],
    /// Features of dependencies that no other module needs: the dependency and its feature.
    pub features: &'static [(&'static str, &'static str)],
    /// Features of the crate that no other module needs.
    pub crate_features: &'static [&'static str],
}

impl RuntimeModule {
    const fn new(name: &'static str, files: &'static [(&'static str, &'static str)]) -> Self {
        RuntimeModule {
            name,
            files,
            exports: &[],
            feature: None,
            modules: &[],
            dependencies: &[],
            features: &[],
            crate_features: &[],
        }
    }
}

/// Whether every client needs something, or one of these optional modules; `lists` says whether a module
/// lists it as its own.
pub(crate) fn is_needed(
    modules: &[&RuntimeModule],
    lists: impl Fn(&RuntimeModule) -> bool,
) -> bool {
    modules.iter().any(|module| lists(module)) || !OPTIONAL.iter().any(lists)
}

macro_rules! modules {
    ($($name:ident { $($field:ident: $value:expr),* })*) => {
        &[$(RuntimeModule {
            $($field: $value,)*
            ..RuntimeModule::new(
                stringify!($name),
                &[(
                    concat!(stringify!($name), ".rs"),
                    include_str!(concat!("../runtime/src/optional/", stringify!($name), ".rs")),
                )],
            )
        }),*]
    };
}

/// Every optional module, sorted by name.
pub const OPTIONAL: &[RuntimeModule] = modules! {
    base64 { exports: &["Base64"], dependencies: &["base64"] }
    base64_url { exports: &["Base64Url"], modules: &["base64"], dependencies: &["base64"] }
    basic_auth { dependencies: &["base64"] }
    bearer_auth {}
    binary { exports: &["Binary", "Bytes"] }
    byte_reader { exports: &["ByteReader"], feature: Some("blocking") }
    byte_stream { exports: &["ByteStream", "Streamed"] }
    cookie_api_key {}
    decimal { exports: &["Decimal", "InvalidDecimal"], features: &[("serde_json", "raw_value")] }
    form { modules: &["json_parts", "reserved", "style"] }
    int_enum { exports: &["UnknownInteger"] }
    item_reader { exports: &["ItemReader"], feature: Some("blocking"), modules: &["byte_reader"] }
    item_stream {
        exports: &["EventData", "Events", "ItemStream", "JsonLines", "JsonSequence"],
        modules: &["byte_stream", "items"]
    }
    items {}
    json_enum { exports: &["UnknownJson"] }
    json_parts {}
    json_text { exports: &["JsonText"] }
    lenient_date_time { exports: &["LenientDateTime"] }
    local_date_time { exports: &["LocalDateTime"] }
    mock { feature: Some("mock"), files: MOCK_FILES, crate_features: &["mock"] }
    multipart { exports: &["FormPart", "Multipart"] }
    newtype {}
    optional_body { exports: &["OptionalBody"] }
    page_iterator { exports: &["ItemIterator", "PageIterator"], feature: Some("blocking") }
    pages { exports: &["Items", "Pages"], files: PAGES_FILES }
    query_api_key {}
    read_only {}
    redirect { exports: &["Redirect"] }
    request_body { exports: &["RequestBody"], dependencies: &["futures-core", "http-body"] }
    reserved {}
    reserved_query { modules: &["reserved", "style"] }
    response_enum { exports: &["ResponseEnum"] }
    serde_union { modules: &["union_value"] }
    style { modules: &["json_parts"] }
    styled_cookie { modules: &["style"] }
    styled_header { modules: &["style"] }
    styled_path { modules: &["style"] }
    styled_query { modules: &["style"] }
    text { exports: &["Text"] }
    tuple {}
    union_value {}
};

const MOCK_FILES: &[(&str, &str)] = sources![
    "optional":
    "mock.rs",
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

const PAGES_FILES: &[(&str, &str)] = sources!["optional": "pages.rs", "pages/current.rs", "pages/history.rs", "pages/link.rs", "pages/query.rs"];
