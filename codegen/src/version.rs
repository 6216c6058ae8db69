//! The version of OpenAPI that a document states.

use crate::code::Code;
use crate::openapi::version::Version;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Node, NodeKind};

const HELP: &str = "begin the document with `openapi: 3.0.3`";

/// The version of OpenAPI that the document states.
///
/// # Errors
///
/// If the document has a version that is not supported or is not an OpenAPI document. What later stages would report
/// is then of no use.
pub(crate) fn check(root: &Node) -> Result<Version, Problem> {
    let at = |key| Pointer::root().child(key);
    if root.get("swagger").is_some() {
        return Err(Problem::new(
            Code::Version,
            "this is a Swagger 2.0 document, not OpenAPI 3",
            At::Key(at("swagger")),
            "",
        )
        .help("convert the document to OpenAPI 3.0"));
    }
    let Some(version) = root.get("openapi") else {
        return Err(Problem::new(
            Code::NotOpenApi,
            "this is not an OpenAPI document: there is no `openapi` key",
            At::Value(Pointer::root()),
            "",
        )
        .help(HELP));
    };
    match &version.value.kind {
        NodeKind::Scalar { text, .. } => Version::of_text(text).ok_or_else(|| {
            Problem::new(
                Code::Version,
                format!("OpenAPI {text} is not supported"),
                At::Value(at("openapi")),
                "only OpenAPI 3.0, 3.1 and 3.2 are supported",
            )
            .help("convert the document to one of these versions")
        }),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => Err(Problem::new(
            Code::NotOpenApi,
            "`openapi` is not a version number",
            At::Key(at("openapi")),
            "",
        )
        .help(HELP)),
    }
}
