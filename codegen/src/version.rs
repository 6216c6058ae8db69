//! The version of the specification that a document names.

use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Node, NodeKind};

const HELP: &str = "begin the document with `openapi: 3.0.3`";

/// Checks that the tree is that of an OpenAPI 3.0 document.
///
/// # Errors
///
/// If the document is of another version, or not of OpenAPI at all. Later stages would then report
/// nothing of use.
pub(crate) fn check(root: &Node) -> Result<(), Problem> {
    let at = |key| Pointer::root().child(key);
    if root.get("swagger").is_some() {
        return Err(Problem::new(
            Code::Version,
            "this is a Swagger 2.0 document, not OpenAPI 3.0",
            At::Key(at("swagger")),
            "",
        )
        .help("convert it to OpenAPI 3.0"));
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
        NodeKind::Scalar { text, .. } if text.starts_with("3.0.") => Ok(()),
        NodeKind::Scalar { text, .. } => Err(Problem::new(
            Code::Version,
            format!("OpenAPI {text} is not supported"),
            At::Value(at("openapi")),
            "only 3.0 is supported",
        )
        .help(HELP)),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => Err(Problem::new(
            Code::NotOpenApi,
            "`openapi` is not a version number",
            At::Key(at("openapi")),
            "",
        )
        .help(HELP)),
    }
}
