//! `prefixItems`: a tuple if the length of the list is fixed, or else a list whose items match one of the
//! schemas.

use super::draft::{Draft, entry};
use crate::code::Code;
use crate::openapi::extension::TUPLE;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Node, NodeKind};

/// The longest tuple that has the common traits of Rust.
const MAX_LENGTH: usize = 12;

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
    let rest = schema.take("items").map(|entry| entry.value);
    if !schema.has("type") {
        schema.put("type", &prefix.key_span, place.with_text("array"));
    }
    if is_tuple(schema, alternatives.len(), rest.as_ref()) {
        let positions = place.with_items(alternatives);
        let positions = place.with_entries(vec![entry("anyOf", &prefix.key_span, positions)]);
        schema.put("items", &prefix.key_span, positions);
        schema.put(TUPLE, &prefix.key_span, place.with_true());
        return None;
    }
    alternatives.extend(rest.filter(Node::is_mapping));
    let first = alternatives.first()?;
    let is_uniform = alternatives.iter().all(|other| other.is_same(first));
    schema.put("items", &prefix.key_span, place.with_any_of(alternatives));
    let problem = Problem::new(
        Code::NotInClient,
        "the positions of `prefixItems` are not part of the client",
        At::Span(at.pointer(), prefix.key_span.into()),
        "the client reads a list of any of these",
    )
    .help(
        "if the length of the list is fixed, add `minItems` and `maxItems`; to give each position a name, \
         describe an object",
    );
    (!is_uniform).then_some(problem)
}

/// Whether every list has exactly the positions. Without `minItems`, `items: false` says so by itself:
/// authors who allow shorter lists state how short.
fn is_tuple(schema: &Draft, length: usize, rest: Option<&Node>) -> bool {
    let limit = |key: &str| schema.get(key)?.text()?.parse::<usize>().ok();
    let is_closed = rest.and_then(Node::boolean) == Some(false);
    let is_of_length = match (limit("minItems"), limit("maxItems")) {
        (Some(min), Some(max)) => min == length && max == length,
        (Some(min), None) => min == length && is_closed,
        (None, Some(max)) => max == length && is_closed,
        (None, None) => is_closed,
    };
    is_of_length && (2..=MAX_LENGTH).contains(&length)
}
