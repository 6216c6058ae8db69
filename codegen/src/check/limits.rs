//! The limits that the keywords of a schema set for its values.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use regex_lite::Regex;

use super::duplicates::canonical;
use crate::source::{Node, NodeKind, Scalar};

#[derive(Default)]
pub(super) struct Limits<'a> {
    /// The patterns that this regular expression engine knows.
    patterns: RefCell<HashMap<&'a str, Option<Regex>>>,
}

impl<'a> Limits<'a> {
    /// The limit of the schema that a value breaks.
    pub(super) fn broken(&self, schema: &'a Node, value: &Node) -> Option<String> {
        let limit = |key: &str| schema.value(key)?.text()?.parse::<f64>().ok();
        let is_set = |key: &str| schema.value(key).and_then(Node::boolean) == Some(true);
        let count = |count: usize, unit: &str, least: &str, most: &str| {
            let count = count as f64;
            if limit(least).is_some_and(|limit| count < limit) {
                Some(format!("it has fewer {unit} than `{least}`"))
            } else if limit(most).is_some_and(|limit| count > limit) {
                Some(format!("it has more {unit} than `{most}`"))
            } else {
                None
            }
        };
        match &value.kind {
            NodeKind::Mapping(entries) => count(
                entries.len(),
                "properties",
                "minProperties",
                "maxProperties",
            ),
            NodeKind::Sequence(items) => {
                let broken = count(items.len(), "items", "minItems", "maxItems");
                broken.or_else(|| {
                    let mut seen = HashSet::new();
                    let is_broken = is_set("uniqueItems")
                        && !items.iter().all(|item| seen.insert(canonical(item)));
                    is_broken.then(|| "it contains an item twice, despite `uniqueItems`".to_owned())
                })
            }
            NodeKind::Scalar { text, value } => match value {
                Scalar::String => {
                    let length = text.chars().count();
                    count(length, "characters", "minLength", "maxLength").or_else(|| {
                        let pattern = schema.value("pattern")?.string()?;
                        let is_broken = self.matches(pattern, text) == Some(false);
                        is_broken.then(|| format!("it does not match the pattern `{pattern}`"))
                    })
                }
                Scalar::Integer | Scalar::Number => {
                    let number: f64 = text.parse().ok()?;
                    let is_below = limit("minimum").is_some_and(|limit| {
                        number < limit || (number == limit && is_set("exclusiveMinimum"))
                    });
                    let is_above = limit("maximum").is_some_and(|limit| {
                        number > limit || (number == limit && is_set("exclusiveMaximum"))
                    });
                    let factor = limit("multipleOf").filter(|factor| *factor > 0.0);
                    if is_below {
                        Some("it is less than `minimum` allows".to_owned())
                    } else if is_above {
                        Some("it is more than `maximum` allows".to_owned())
                    } else if factor.is_some_and(|factor| !is_multiple(number, factor)) {
                        Some("it is not a multiple of `multipleOf`".to_owned())
                    } else {
                        None
                    }
                }
                Scalar::Null | Scalar::Boolean(_) => None,
            },
        }
    }

    /// Whether a text matches a pattern. Patterns that only ECMA 262 has, such as lookaheads, are not
    /// decided.
    fn matches(&self, pattern: &'a str, text: &str) -> Option<bool> {
        let mut patterns = self.patterns.borrow_mut();
        let regex = patterns
            .entry(pattern)
            .or_insert_with(|| Regex::new(pattern).ok());
        Some(regex.as_ref()?.is_match(text))
    }
}

/// Whether a number is a multiple of a factor, which binary fractions are only nearly.
fn is_multiple(number: f64, factor: f64) -> bool {
    let quotient = number / factor;
    (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn decimal_fractions_are_multiples() {
        assert!(is_multiple(0.3, 0.1));
        assert!(is_multiple(19.99, 0.01));
        assert!(is_multiple(-12.0, 4.0));
        assert!(!is_multiple(0.35, 0.1));
        assert!(!is_multiple(7.0, 2.0));
    }
}
