//! From the node tree to openapiv3's types.

use openapiv3::OpenAPI;

use crate::diagnostic::{At, Diagnostics, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Kind, Source};

/// Reads the description as an OpenAPI 3.0 document.
pub(crate) fn parse(source: &Source<'_>) -> Result<OpenAPI, Diagnostics> {
    check_version(source).map_err(|problem| source.report(vec![problem]))?;
    serde_yaml::from_str(source.text).map_err(|error| {
        let at = error
            .location()
            .map_or(0, |location| location.index().min(source.text.len()));
        let at = (0..=at)
            .rev()
            .find(|at| source.text.is_char_boundary(*at))
            .unwrap_or(0);
        // The text of the place would repeat what the diagnostic shows better.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        source.report(vec![Problem::error(
            format!("this is not an OpenAPI 3.0 document: {message}"),
            At::Span(at..at),
            "found while reading this object",
        )])
    })
}

fn check_version(source: &Source<'_>) -> Result<(), Problem> {
    const HELP: &str = "the first line of an OpenAPI 3.0 document is `openapi: 3.0.3`";
    if let Some(swagger) = source.root.get("swagger") {
        return Err(Problem::error(
            "this is a Swagger 2.0 document, not OpenAPI 3.0",
            At::Span(swagger.key_span.clone()),
            "",
        )
        .help("convert it to OpenAPI 3.0"));
    }
    let Some(version) = source.root.get("openapi") else {
        let at = At::Value(Pointer::root());
        return Err(Problem::error(
            "this is not an OpenAPI document: there is no `openapi` key",
            at,
            "",
        )
        .help(HELP));
    };
    match &version.value.kind {
        Kind::Scalar { text } if text.starts_with("3.0.") => Ok(()),
        Kind::Scalar { text } => Err(Problem::error(
            format!("OpenAPI {text} is not supported"),
            At::Span(version.value.span.clone()),
            "only 3.0 is",
        )
        .help(HELP)),
        Kind::Sequence(_) | Kind::Mapping(_) => Err(Problem::error(
            "`openapi` is not a version number",
            At::Span(version.key_span.clone()),
            "",
        )
        .help(HELP)),
    }
}
