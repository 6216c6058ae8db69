//! `exclusiveMinimum` and `exclusiveMaximum` as numbers: a limit that is exclusive.

use super::draft::Draft;

pub(super) fn rewrite(schema: &mut Draft) {
    let is_above = |exclusive: f64, inclusive: f64| exclusive >= inclusive;
    let is_below = |exclusive: f64, inclusive: f64| exclusive <= inclusive;
    rewrite_bound(schema, "exclusiveMinimum", "minimum", is_above);
    rewrite_bound(schema, "exclusiveMaximum", "maximum", is_below);
}

/// Keeps the narrower one of the exclusive and the inclusive limit.
fn rewrite_bound(
    schema: &mut Draft,
    exclusive: &str,
    inclusive: &str,
    is_narrower: impl Fn(f64, f64) -> bool,
) {
    let number = |key: &str| schema.get(key)?.text()?.parse::<f64>().ok();
    let Some(limit) = number(exclusive) else {
        return;
    };
    let other = number(inclusive);
    let Some(entry) = schema.take(exclusive) else {
        return;
    };
    if other.is_none_or(|other| is_narrower(limit, other)) {
        schema.put(exclusive, &entry.key_span, entry.value.with_true());
        schema.put(inclusive, &entry.key_span, entry.value);
    }
}
