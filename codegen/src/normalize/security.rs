//! `mutualTLS`: the connection presents the certificate, and a request carries nothing for it.

use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind};

/// The names of the schemes of mutual TLS.
pub(super) fn mutual_tls(root: &Node) -> Vec<String> {
    let components = root.value("components");
    let schemes = components.map_or(&[][..], |it| it.entries_of("securitySchemes"));
    let of_type = |node: &Node| node.value("type").and_then(Node::string) == Some("mutualTLS");
    let schemes = schemes.iter().filter(|scheme| of_type(&scheme.value));
    schemes.map(|scheme| scheme.key.clone()).collect()
}

/// Removes the schemes of these names from `components`.
pub(super) fn remove_schemes(
    names: &[String],
    components: &mut Node,
    at: &LazyPointer<'_>,
) -> Vec<Problem> {
    let NodeKind::Mapping(entries) = &mut components.kind else {
        return Vec::new();
    };
    let mut sections = entries.values_mut();
    let Some((key, schemes)) = sections.find(|(key, _)| *key == "securitySchemes") else {
        return Vec::new();
    };
    let at = at.child(key);
    let removed = schemes
        .entries()
        .iter()
        .filter(|it| names.contains(&it.key));
    let problems = removed.map(|scheme| {
        let at = At::Span(
            at.child(&scheme.key).pointer(),
            scheme.key_span.clone().into(),
        );
        let label = "the certificate belongs to the connection, not to a request";
        Problem::new(
            Code::NotInClient,
            "`mutualTLS` is not part of the client",
            at,
            label,
        )
        .help("pass an HTTP client with the certificate to `ClientBuilder::http_client`")
    });
    let problems = problems.collect();
    remove(names, schemes);
    problems
}

/// Removes the schemes of these names from a list of requirements.
pub(super) fn remove_requirements(names: &[String], requirements: &mut Node) {
    if let NodeKind::Sequence(requirements) = &mut requirements.kind {
        for requirement in requirements {
            remove(names, requirement);
        }
    }
}

fn remove(names: &[String], node: &mut Node) {
    node.rewrite(|draft| {
        draft.take_all(|key| names.iter().any(|name| name == key));
    });
}
