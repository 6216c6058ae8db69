//! From the node tree to openapiv3's types.

use std::panic::resume_unwind;
use std::thread;

use openapiv3::OpenAPI;
use serde::de::IgnoredAny;

use crate::check;
use crate::code::Code;
use crate::findings::Findings;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Kind, Source};

/// To read so many bytes takes longer than it takes to start a thread.
const WORTH_A_THREAD: usize = 64 * 1024;

/// Reads the description as an OpenAPI 3.0 document. With mistakes in it, it may be read all the same,
/// so that later stages can tell what they find. That is not done while the tree is built, as openapiv3
/// panics where a key stands twice, which the tree refuses.
pub(crate) fn parse(source: &Source<'_>, findings: &mut Findings<'_>) -> Option<OpenAPI> {
    if let Err(problem) = check_version(source) {
        findings.add(problem);
        return None;
    }
    let (problems, document) = thread::scope(|scope| {
        let large = source.text.len() > WORTH_A_THREAD;
        let reader = large.then(|| scope.spawn(|| read(source.text)));
        let problems = check::check(source);
        let document = match reader {
            Some(reader) => reader.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => read(source.text),
        };
        (problems, document)
    });
    findings.extend(problems);
    match document {
        Ok(document) => Some(document),
        Err(error) => {
            if !findings.has_errors() {
                findings.add(unreadable(source.text, &error));
            }
            None
        }
    }
}

fn read(text: &str) -> serde_yaml::Result<OpenAPI> {
    // All JSON is YAML, but it takes a reader of JSON less than half the time.
    serde_json::from_str(text).or_else(|_| serde_yaml::from_str(text))
}

/// The check lets nothing pass that openapiv3 does not take; if it does, that is a mistake of ours,
/// and the best that can be told is what serde says.
fn unreadable(text: &str, error: &serde_yaml::Error) -> Problem {
    // The place that the text names is shown better by the diagnostic.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    // The two parsers of YAML do not agree on every text that is none.
    if serde_yaml::from_str::<IgnoredAny>(text).is_err() {
        return Problem::new(
            Code::Syntax,
            format!("the description is not valid YAML: {message}"),
            At::Value(Pointer::root()),
            "the text cannot be read from here on",
        );
    }
    Problem::new(
        Code::Internal,
        format!("the description cannot be read: {message}"),
        At::Value(Pointer::root()),
        "found while reading this object",
    )
    .help("this is a mistake of the generator: the description passed its checks")
}

fn check_version(source: &Source<'_>) -> Result<(), Problem> {
    const HELP: &str = "the first line of an OpenAPI 3.0 document is `openapi: 3.0.3`";
    let root = Pointer::root();
    if source.root.get("swagger").is_some() {
        return Err(Problem::new(
            Code::Version,
            "this is a Swagger 2.0 document, not OpenAPI 3.0",
            At::Key(root.child("swagger")),
            "",
        )
        .help("convert it to OpenAPI 3.0"));
    }
    let Some(version) = source.root.get("openapi") else {
        let at = At::Value(root);
        return Err(Problem::new(
            Code::NotOpenApi,
            "this is not an OpenAPI document: there is no `openapi` key",
            at,
            "",
        )
        .help(HELP));
    };
    match &version.value.kind {
        Kind::Scalar { text, .. } if text.starts_with("3.0.") => Ok(()),
        Kind::Scalar { text, .. } => Err(Problem::new(
            Code::Version,
            format!("OpenAPI {text} is not supported"),
            At::Value(root.child("openapi")),
            "only 3.0 is",
        )
        .help(HELP)),
        Kind::Sequence(_) | Kind::Mapping(_) => Err(Problem::new(
            Code::NotOpenApi,
            "`openapi` is not a version number",
            At::Key(root.child("openapi")),
            "",
        )
        .help(HELP)),
    }
}
