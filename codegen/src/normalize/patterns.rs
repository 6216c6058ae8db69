//! `patternProperties` and `unevaluatedProperties`: additional properties.

use super::draft::Draft;
use crate::source::NodeKind;

pub(super) fn rewrite(schema: &mut Draft) {
    let unevaluated = schema.take("unevaluatedProperties");
    if let Some(unevaluated) = unevaluated.filter(|_| !schema.has("additionalProperties"))
        && unevaluated.value.boolean() != Some(false)
    {
        let key_span = unevaluated.key_span.clone();
        schema.put("additionalProperties", &key_span, unevaluated.value);
    }
    let Some(patterns) = schema.take("patternProperties") else {
        return;
    };
    let place = patterns.value.with_text("");
    let NodeKind::Mapping(entries) = patterns.value.kind else {
        return;
    };
    let mut alternatives: Vec<_> = entries.into_entries();
    alternatives.extend(
        schema
            .take("additionalProperties")
            .filter(|entry| entry.value.boolean() != Some(false)),
    );
    let alternatives: Vec<_> = alternatives.into_iter().map(|entry| entry.value).collect();
    if alternatives.is_empty() {
        return;
    }
    let accepts_anything = alternatives.iter().any(|value| {
        value.boolean() == Some(true) || (value.is_mapping() && value.entries().is_empty())
    });
    let value = match accepts_anything {
        true => place.with_true(),
        false => place.with_any_of(alternatives),
    };
    schema.put("additionalProperties", &patterns.key_span, value);
}
