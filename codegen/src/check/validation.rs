//! Validates values against schemas, as the client decodes them and as the keywords limit them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use regex_lite::Regex;

use super::Checker;
use super::duplicates::canonical;
use super::suggest::nearest;
use crate::openapi::extension::FORMAT;
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::openapi::nullability::NullFacts;
use crate::problem::At;
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// Schemas that are nested deeper than this, by references and combinations, accept any value.
pub(super) const MAX_DEPTH: usize = 40;

/// Where a value contradicts a schema, and how.
#[derive(Clone)]
pub(super) struct Mismatch {
    pub(super) place: At,
    pub(super) what: String,
    /// The value that may be intended.
    pub(super) meant: Option<String>,
}

type Outcome = Result<(), Mismatch>;

pub(super) struct Validator<'c, 'a> {
    checker: &'c Checker<'a>,
    /// The outcome for each schema and value, so that none is compared twice.
    outcomes: RefCell<HashMap<(*const Node, *const Node), Outcome>>,
    /// Whether null is a value of each schema.
    nullable: RefCell<HashMap<*const Node, bool>>,
    /// The patterns that this regular expression engine knows.
    patterns: RefCell<HashMap<&'a str, Option<Regex>>>,
}

impl<'c, 'a> Validator<'c, 'a> {
    pub(super) fn new(checker: &'c Checker<'a>) -> Self {
        Validator {
            checker,
            outcomes: RefCell::default(),
            nullable: RefCell::default(),
            patterns: RefCell::default(),
        }
    }

    /// Checks that a value is one of the schema.
    pub(super) fn check(&self, schema: &'a Node, value: &'a Node, at: &LazyPointer<'_>) -> Outcome {
        self.value(schema, value, at, 0)
    }

    fn value(
        &self,
        schema: &'a Node,
        value: &'a Node,
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Outcome {
        let schema = self.checker.resolved(schema);
        let Some(schema) = schema.filter(|_| depth < MAX_DEPTH) else {
            return Ok(());
        };
        // What a malformed schema means is unknown.
        if self.checker.is_malformed(schema) {
            return Ok(());
        }
        let key = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        let known = self.outcomes.borrow().get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        // A schema that combines itself adds nothing.
        self.outcomes.borrow_mut().insert(key, Ok(()));
        let outcome = self.new_value(schema, value, at, depth);
        if outcome.is_err() {
            self.outcomes.borrow_mut().insert(key, outcome.clone());
        }
        outcome
    }

    fn new_value(
        &self,
        schema: &'a Node,
        value: &'a Node,
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Outcome {
        let mismatch = |what: String| {
            Err(Mismatch {
                place: At::Value(at.pointer()),
                what,
                meant: None,
            })
        };
        if value.is_null() {
            return match self.accepts_null(schema, depth) {
                true => Ok(()),
                false => mismatch("null is not allowed".to_owned()),
            };
        }
        let text = |key: &str| schema.value(key).and_then(Node::text);
        let found = JsonType::of_value(value);
        let expected = text("type").and_then(JsonType::of_key);
        if let Some(expected) = expected
            && !found.is_some_and(|found| expected.includes(found))
        {
            return mismatch(format!("it is not of type {}", expected.key()));
        }
        let named = text(FORMAT.key).or(text("format"));
        let format = Format::of_schema(expected, named);
        if let Some(format) =
            format.filter(|format| found.is_some_and(|found| format.json_type().includes(found)))
            && let Some(flaw) = value.text().and_then(|text| format.flaw(text))
        {
            return mismatch(flaw.to_owned());
        }
        let values = schema.items_of("enum");
        if !values.is_empty() && !values.iter().any(|item| is_equal_scalar(item, value)) {
            let values = values.iter().filter_map(Node::text);
            let meant = nearest(value.text().unwrap_or_default(), values).map(str::to_owned);
            let wrong = mismatch("it is not a value of the enum".to_owned());
            return wrong.map_err(|wrong| Mismatch { meant, ..wrong });
        }
        if let Some(what) = self.broken_limit(schema, value) {
            return mismatch(what);
        }
        for member in schema.items_of("allOf") {
            self.value(member, value, at, depth + 1)?;
        }
        for key in ["anyOf", "oneOf"] {
            let variants = schema.items_of(key);
            let mut outcomes = variants
                .iter()
                .map(|variant| self.value(variant, value, at, depth + 1));
            if !variants.is_empty() && !outcomes.any(|outcome| outcome.is_ok()) {
                return mismatch(format!("it matches no schema of `{key}`"));
            }
        }
        match &value.kind {
            NodeKind::Mapping(entries) => self.object(schema, value, entries, at, depth),
            NodeKind::Sequence(items) => match schema.value("items") {
                Some(schema) => items.iter().enumerate().try_for_each(|(index, item)| {
                    self.value(schema, item, &at.item(index), depth + 1)
                }),
                None => Ok(()),
            },
            NodeKind::Scalar { .. } => Ok(()),
        }
    }

    fn object(
        &self,
        schema: &'a Node,
        value: &'a Node,
        entries: &'a [Entry],
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Outcome {
        let properties = schema.value("properties");
        let property = |name: &str| properties.and_then(|all| all.value(name));
        for name in schema.items_of("required").iter().filter_map(Node::string) {
            let flag = |key| property(name).and_then(|property| property.value(key)?.boolean());
            let is_one_way = flag("readOnly") == Some(true) || flag("writeOnly") == Some(true);
            if !is_one_way && value.get(name).is_none() {
                return Err(Mismatch {
                    place: At::Key(at.pointer()),
                    what: format!("it lacks `{name}`, which is required"),
                    meant: None,
                });
            }
        }
        let additional = schema.value("additionalProperties");
        for entry in entries {
            let at = at.child(&entry.key);
            match (property(&entry.key), additional) {
                (Some(property), _) => self.value(property, &entry.value, &at, depth + 1)?,
                (None, Some(additional)) if additional.is_mapping() => {
                    self.value(additional, &entry.value, &at, depth + 1)?;
                }
                (None, Some(additional)) if additional.boolean() == Some(false) => {
                    return Err(Mismatch {
                        place: At::Key(at.pointer()),
                        what: format!("`{}` is not a property", entry.key),
                        meant: None,
                    });
                }
                (None, _) => {}
            }
        }
        Ok(())
    }

    /// The limit of the schema that a value breaks.
    fn broken_limit(&self, schema: &'a Node, value: &Node) -> Option<String> {
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

    fn accepts_null(&self, schema: &'a Node, depth: usize) -> bool {
        let Some(schema) = self.checker.resolved(schema).filter(|_| depth < MAX_DEPTH) else {
            return true;
        };
        let key = std::ptr::from_ref(schema);
        let known = self.nullable.borrow().get(&key).copied();
        if let Some(known) = known {
            return known;
        }
        self.nullable.borrow_mut().insert(key, true);
        let facts = NullFacts::of(schema);
        let accepts = facts.accept_null(|member| self.accepts_null(member, depth + 1));
        self.nullable.borrow_mut().insert(key, accepts);
        accepts
    }
}

/// Whether two scalars are equal as values of an enum. Objects and lists are not compared.
fn is_equal_scalar(one: &Node, other: &Node) -> bool {
    match (one.scalar(), other.scalar()) {
        (
            Some((one, Scalar::Integer | Scalar::Number)),
            Some((other, Scalar::Integer | Scalar::Number)),
        ) => one.parse::<f64>().ok() == other.parse::<f64>().ok(),
        (Some((one, kind)), Some((other, other_kind))) => one == other && kind == other_kind,
        (None, None) => true,
        _ => false,
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
