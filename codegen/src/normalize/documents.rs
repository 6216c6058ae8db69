//! The top level of a document: what is no part of a client.

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

/// Reports what the client leaves out.
pub(super) fn left_out(document: &Node) -> impl Iterator<Item = Problem> {
    NOT_GENERATED.into_iter().filter_map(|(key, reason)| {
        document.get(key)?;
        let at = At::Key(Pointer::root().child(key));
        let message = format!("`{key}` is not part of the client");
        let problem = Problem::new(Code::NotInClient, message, at, reason);
        Some(problem.help("the operations are generated"))
    })
}
