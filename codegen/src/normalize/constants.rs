//! `const`: an enum of one value. `examples`: one `example`.

use super::draft::Draft;
use crate::openapi::json_type::JsonType;
use crate::source::NodeKind;

pub(super) fn rewrite(schema: &mut Draft) {
    if let Some(constant) = schema.take("const") {
        let kind = JsonType::of_value(&constant.value);
        match kind {
            None => {
                schema.take("type");
            }
            Some(JsonType::Array | JsonType::Object) => {}
            Some(kind) if !schema.has("type") => {
                let kind = constant.value.with_text(kind.key());
                schema.put("type", &constant.key_span, kind);
            }
            Some(_) => {}
        }
        let place = constant.value.with_text("");
        schema.put(
            "enum",
            &constant.key_span,
            place.with_items(vec![constant.value]),
        );
    }
    if let Some(examples) = schema.take("examples")
        && !schema.has("example")
        && let NodeKind::Sequence(items) = examples.value.kind
        && let Some(first) = items.into_iter().next()
    {
        schema.put("example", &examples.key_span, first);
    }
}
