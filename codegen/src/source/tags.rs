//! The tags of YAML, such as `!!str`.

use std::ops::Range;

use granit_parser::{Span, Tag};

use super::scalar::Scalar;
use crate::code::Code;
use crate::problem::Problem;

/// The namespace of the tags that YAML defines.
const NAMESPACE: &str = "tag:yaml.org,2002:";

/// Tags whose values have the type of the same text without quotes.
const OF_PLAIN_SCALARS: [&str; 4] = ["null", "bool", "int", "float"];

/// The tags of scalars that are accepted.
pub(super) const OF_SCALARS: &[&str] =
    &["null", "bool", "int", "float", "str", "binary", "timestamp"];
pub(super) const OF_ARRAYS: &[&str] = &["seq", "set", "omap", "pairs"];
pub(super) const OF_OBJECTS: &[&str] = &["map", "set", "omap"];

/// Returns the type of a scalar with this tag. `plain`: it has no quotes.
pub(super) fn scalar(text: &str, plain: bool, tag: Option<&Tag>) -> Scalar {
    let is_plain = match tag {
        None => plain,
        Some(tag) => {
            let suffix = tag.suffix_in_namespace(NAMESPACE);
            suffix.is_some_and(|suffix| OF_PLAIN_SCALARS.contains(&&*suffix))
        }
    };
    match is_plain {
        true => Scalar::of_plain(text),
        false => Scalar::String,
    }
}

/// Reports a tag that is none of the accepted ones.
pub(super) fn flaw(
    tag: Option<&Tag>,
    accepted: &[&str],
    span: &Span,
) -> Option<Problem<Range<usize>>> {
    let tag = tag?;
    let suffix = tag.suffix_in_namespace(NAMESPACE);
    if suffix.is_some_and(|suffix| accepted.contains(&&*suffix)) || tag.original() == "!" {
        return None;
    }
    let message = format!(
        "the YAML tag `{}` is not accepted: OpenAPI has the data model of JSON",
        tag.original()
    );
    let at = span.tag_span().and_then(|span| span.byte_range());
    let problem = Problem::new(Code::NotJson, message, at.unwrap_or_default(), "");
    Some(problem.help("delete it; put a value in quotes to make it a string"))
}
