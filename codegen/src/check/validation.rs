//! Validates values against schemas, as the client decodes them and as the keywords limit them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Checker;
use super::limits::Limits;
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

fn mismatch(place: At, what: String) -> Outcome {
    let meant = None;
    Err(Mismatch { place, what, meant })
}

pub(super) struct Validator<'c, 'a> {
    checker: &'c Checker<'a>,
    /// The outcome for each schema and value, so that none is compared twice.
    outcomes: RefCell<HashMap<(*const Node, *const Node), Outcome>>,
    /// Whether null is a value of each schema.
    nullable: RefCell<HashMap<*const Node, bool>>,
    limits: Limits<'a>,
}

impl<'c, 'a> Validator<'c, 'a> {
    pub(super) fn new(checker: &'c Checker<'a>) -> Self {
        Validator {
            checker,
            outcomes: RefCell::default(),
            nullable: RefCell::default(),
            limits: Limits::default(),
        }
    }

    /// Checks that a value is one of the schema, which is nested this deep.
    pub(super) fn value(
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
        let mismatch = |what: String| mismatch(At::Value(at.pointer()), what);
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
        if let Some(what) = self.limits.broken(schema, value) {
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
        let required = schema.items_of("required").iter();
        let required = required.filter(|name| !self.checker.is_malformed(name));
        for name in required.filter_map(Node::string) {
            let flag = |key| property(name).and_then(|property| property.value(key)?.boolean());
            let is_one_way = flag("readOnly") == Some(true) || flag("writeOnly") == Some(true);
            if !is_one_way && value.get(name).is_none() {
                let what = format!("it lacks `{name}`, which is required");
                return mismatch(At::Key(at.pointer()), what);
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
                    let what = format!("`{}` is not a property", entry.key);
                    return mismatch(At::Key(at.pointer()), what);
                }
                (None, _) => {}
            }
        }
        Ok(())
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
