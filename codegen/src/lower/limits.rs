//! Limits of values: `maxLength`, `minimum` and the keywords like them. The client documents them and
//! leaves it to the server to enforce them.

use super::Lowering;
use crate::ir::Limit;
use crate::source::pointer::Pointer;
use crate::source::{Node, NodeKind, Scalar};

impl Lowering<'_> {
    /// The limits that a schema itself sets, without those of what it refers to or merges.
    ///
    /// They are read from the text: they are numbers of any size.
    pub(super) fn limits(&self, at: &Pointer) -> Vec<Limit> {
        let node = self.source.root.at(at);
        node.filter(|node| node.get("$ref").is_none())
            .map_or(Vec::new(), limits)
    }

    /// Whether integers of a schema are unsigned: its `maximum` is beyond `i64`, and its `minimum` not
    /// negative.
    pub(super) fn is_unsigned(&self, at: &Pointer) -> bool {
        let Some(node) = self.source.root.at(at) else {
            return false;
        };
        let bound = |key: &str| number(node, key)?.parse::<f64>().ok();
        // As a float, the maximum of `i64` is rounded to this number. A maximum that is rounded, too, is
        // not beyond it, unless the minimum says that integers are unsigned.
        let limit = i64::MAX as f64;
        match (bound("minimum"), bound("maximum")) {
            (Some(min), Some(max)) => min >= 0.0 && max >= limit && !is_i64(node, "maximum"),
            (None, Some(max)) => max > limit,
            (_, None) => false,
        }
    }
}

fn is_i64(node: &Node, key: &str) -> bool {
    number(node, key).is_some_and(|text| text.parse::<i64>().is_ok())
}

/// The text of a number.
fn number<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.value(key)?.kind {
        NodeKind::Scalar {
            text,
            value: Scalar::Integer | Scalar::Number,
        } => Some(text),
        _ => None,
    }
}

fn limits(node: &Node) -> Vec<Limit> {
    let is_set = |key: &str| node.value(key).and_then(Node::boolean) == Some(true);
    let text = |key: &str| Some(number(node, key)?.to_owned());
    let least = |key: &str| text(key).filter(|min| min != "0");
    let pattern = node.value("pattern").and_then(Node::string);
    let all = [
        least("minLength").map(Limit::MinLength),
        text("maxLength").map(Limit::MaxLength),
        pattern.map(|pattern| Limit::Pattern(pattern.to_owned())),
        text("minimum").map(match is_set("exclusiveMinimum") {
            true => Limit::GreaterThan,
            false => Limit::Minimum,
        }),
        text("maximum").map(match is_set("exclusiveMaximum") {
            true => Limit::LessThan,
            false => Limit::Maximum,
        }),
        text("multipleOf").map(Limit::MultipleOf),
        least("minItems").map(Limit::MinItems),
        text("maxItems").map(Limit::MaxItems),
        is_set("uniqueItems").then_some(Limit::UniqueItems),
        least("minProperties").map(Limit::MinProperties),
        text("maxProperties").map(Limit::MaxProperties),
    ];
    all.into_iter().flatten().collect()
}
