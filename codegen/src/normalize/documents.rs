//! The top level of a document: `paths`, which may be absent, and what is no part of a client.

use super::draft::Draft;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::Node;
use crate::source::pointer::Pointer;

/// Keys whose contents are not generated, with the reason.
const NOT_GENERATED: [(&str, &str); 2] = [
    ("webhooks", "a webhook is a request that the server makes"),
    (
        "jsonSchemaDialect",
        "every schema is read as OpenAPI defines it",
    ),
];

pub(super) fn rewrite(document: &mut Draft, place: &Node) -> Vec<Problem> {
    if !document.has("paths") {
        document.put("paths", &place.span, place.with_entries(Vec::new()));
    }
    let left_out = NOT_GENERATED.iter().filter_map(|(key, reason)| {
        let entry = document.take(key)?;
        let at = At::Span(Pointer::root().child(key), entry.key_span.into());
        let message = format!("`{key}` is not part of the client");
        Some(
            Problem::new(Code::NotInClient, message, at, *reason)
                .help("the operations are generated"),
        )
    });
    left_out.collect()
}
