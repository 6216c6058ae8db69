//! `itemSchema`: the schema of the items of a stream.

use super::draft::Draft;
use crate::code::Code;
use crate::openapi::extension::OF_ITEMS;
use crate::openapi::media_type::ItemFormat;
use crate::problem::{At, Problem};
use crate::source::Node;
use crate::source::pointer::LazyPointer;

pub(super) fn rewrite(media_type: &mut Node, name: &str, at: &LazyPointer<'_>) -> Option<Problem> {
    let mut problem = None;
    media_type.rewrite(|draft| problem = item_schema(draft, name, at));
    problem
}

fn item_schema(media_type: &mut Draft, name: &str, at: &LazyPointer<'_>) -> Option<Problem> {
    let items = media_type.take("itemSchema")?;
    if ItemFormat::of(name).is_some() {
        let marker = items.value.with_true();
        media_type.put(OF_ITEMS, &items.key_span, marker);
        media_type.put("schema", &items.key_span, items.value);
        return None;
    }
    let at = At::Span(at.child("itemSchema").pointer(), items.key_span.into());
    let message = format!("`itemSchema` of `{name}` is not part of the client");
    let label = "the client does not split bodies of this media type into items";
    Some(
        Problem::new(Code::NotInClient, message, at, label)
            .help("the operation itself is generated"),
    )
}
