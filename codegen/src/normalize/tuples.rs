//! `prefixItems`: a list whose items match one of the schemas.

use super::draft::Draft;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::NodeKind;
use crate::source::pointer::LazyPointer;

pub(super) fn rewrite(schema: &mut Draft, at: &LazyPointer<'_>) -> Option<Problem> {
    let unevaluated = schema.take("unevaluatedItems");
    if let Some(unevaluated) = unevaluated.filter(|_| !schema.has("items")) {
        let key_span = unevaluated.key_span.clone();
        schema.put("items", &key_span, unevaluated.value);
    }
    let prefix = schema.take("prefixItems")?;
    let place = prefix.value.with_text("");
    let NodeKind::Sequence(mut alternatives) = prefix.value.kind else {
        return None;
    };
    let rest = schema.take("items");
    let rest = rest.filter(|entry| entry.value.is_mapping());
    alternatives.extend(rest.map(|entry| entry.value));
    if !schema.has("type") {
        schema.put("type", &prefix.key_span, place.with_text("array"));
    }
    let first = alternatives.first()?;
    let is_uniform = alternatives.iter().all(|other| other.is_same(first));
    schema.put("items", &prefix.key_span, place.with_any_of(alternatives));
    let problem = Problem::new(
        Code::NotInClient,
        "the positions of `prefixItems` are not part of the client",
        At::Span(at.pointer(), prefix.key_span.into()),
        "the client reads a list of any of these",
    )
    .help("to give each of them a name, describe an object");
    (!is_uniform).then_some(problem)
}
