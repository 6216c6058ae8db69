//! `itemSchema`: the items of a stream, which the client does not decode.

use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::Node;
use crate::source::pointer::LazyPointer;

pub(super) fn left_out(media_type: &Node, at: &LazyPointer<'_>) -> Option<Problem> {
    let entry = media_type.get("itemSchema")?;
    let at = At::Span(
        at.child("itemSchema").pointer(),
        entry.key_span.clone().into(),
    );
    let message = "`itemSchema` is not part of the client";
    let label = "the method gives the bytes of the stream";
    Some(
        Problem::new(Code::NotInClient, message, at, label)
            .help("the operation itself is generated"),
    )
}
