//! What a schema says, with all that its `allOf` says, as one.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::part::{Part, Written};
use super::view::View;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The keys that decide a type, of several schemas that a value has to satisfy at once.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub(super) kind: Option<Said<String>>,
    pub(super) format: Option<Said<String>>,
    pub(super) enumeration: Option<Said<Vec<Value>>>,
    /// The schema of the `enum`, which may describe its values.
    pub(super) enumerating: Option<&'a Schema>,
    pub(super) properties: IndexMap<&'a str, Vec<Part<'a>>>,
    pub(super) required: Vec<&'a str>,
    pub(super) additional: Additional<'a>,
    pub(super) items: Vec<Part<'a>>,
    pub(super) choices: Vec<Choice<'a>>,
    /// The components that it is part of, which it cannot hold in turn.
    pub(super) within: Vec<&'a str>,
    /// The components that are in it already.
    pub(super) absorbed: HashSet<&'a str>,
    /// Something contradicts something else, or has no end, which is told.
    pub(super) is_refused: bool,
}

/// What a schema says, and where to mark it.
#[derive(Clone)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) via: Pointer,
}

/// Keys that no property names.
#[derive(Clone, Default)]
pub(super) enum Additional<'a> {
    #[default]
    Unsaid,
    None,
    Any,
    Typed(Vec<Part<'a>>),
}

/// An `anyOf` or a `oneOf`.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub(super) key: &'static str,
    pub(super) at: Pointer,
    pub(super) alternatives: Vec<Part<'a>>,
    pub(super) discriminator: Option<&'a Discriminator>,
}

impl Merged<'_> {
    /// Whether it says nothing of what a value is, but for its choices.
    pub(super) fn is_bare(&self) -> bool {
        self.kind.is_none() && self.says_kind_alone()
    }

    /// Whether it says at most of which kind a value is, but for its choices.
    pub(super) fn says_kind_alone(&self) -> bool {
        self.format.is_none()
            && self.enumeration.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_empty()
            && !matches!(self.additional, Additional::Any | Additional::Typed(_))
    }

    pub(super) fn kind(&self) -> Option<&str> {
        self.kind.as_ref().map(|kind| kind.value.as_str())
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn merge(&mut self, parts: &[Part<'a>], within: Vec<&'a str>) -> Merged<'a> {
        let mut merged = Merged {
            within,
            ..Merged::default()
        };
        for part in parts {
            self.absorb(part, &mut merged);
        }
        merged
    }

    /// Adds what a schema says to what others say.
    pub(super) fn absorb(&mut self, part: &Part<'a>, merged: &mut Merged<'a>) {
        match part.written {
            Written::Schema(schema) => self.absorb_schema(schema, part, merged),
            Written::Reference(reference) => {
                let Some((key, component)) = self.component(reference) else {
                    self.lost(reference, &part.at);
                    merged.is_refused = true;
                    return;
                };
                if merged.within.contains(&key) {
                    let what = "a schema that holds itself by its `allOf` or its alternatives";
                    self.problem(Problem::not_generated(what, At::Value(part.via.clone())));
                    merged.is_refused = true;
                    return;
                }
                let target = Part {
                    via: part.via.clone(),
                    ..Part::new(component.schema, component.at.clone(), &component.name)
                };
                if !merged.absorbed.insert(key) {
                    return;
                }
                merged.within.push(key);
                self.absorb(&target, merged);
                merged.within.pop();
            }
        }
    }

    fn absorb_schema(&mut self, schema: &'a Schema, part: &Part<'a>, merged: &mut Merged<'a>) {
        let view = View::of(schema);
        for member in part.members(&view) {
            // Contradictions are between the members of the schema that merges them.
            let via = match part.via == part.at {
                true => member.at.clone(),
                false => part.via.clone(),
            };
            self.absorb(&Part { via, ..member }, merged);
        }
        let said = |value: String| Said {
            value,
            via: part.via.clone(),
        };
        if let Some(kind) = view.kind {
            self.narrow_kind(said(kind.to_owned()), merged);
        }
        if let Some(format) = view.format.clone() {
            self.narrow_format(said(format), merged);
        }
        if !view.enumeration.is_empty() {
            self.narrow_values(&view, part, merged);
            merged.enumerating = Some(schema);
        }
        for (name, property) in view.properties.into_iter().flatten() {
            let at = part.at.child("properties").child(name);
            let hint = format!("{} {name}", part.hint);
            let mut property = Part::new(property, at, hint);
            if part.via != part.at {
                property.via = part.via.clone();
            }
            let parts = merged.properties.entry(name).or_default();
            if parts.iter().all(|other| other.written != property.written) {
                parts.push(property);
            }
        }
        for name in view.required {
            if !merged.required.contains(&name.as_str()) {
                merged.required.push(name);
            }
        }
        if let Some(additional) = view.additional {
            narrow_additional(additional, part, merged);
        }
        if let Some(items) = view.items {
            let items = Part::new(items, part.at.child("items"), format!("{}Item", part.hint));
            if merged
                .items
                .iter()
                .all(|other| other.written != items.written)
            {
                merged.items.push(items);
            }
        }
        let discriminator = schema.schema_data.discriminator.as_ref();
        for (key, list) in [("anyOf", view.any_of), ("oneOf", view.one_of)] {
            if !list.is_empty() {
                merged.choices.push(Choice {
                    key,
                    at: part.at.child(key),
                    alternatives: part.listed(key, list),
                    discriminator,
                });
            }
        }
    }

    fn narrow_kind(&mut self, said: Said<String>, merged: &mut Merged<'a>) {
        let Some(before) = &mut merged.kind else {
            merged.kind = Some(said);
            return;
        };
        match (before.value.as_str(), said.value.as_str()) {
            (one, other) if one == other => {}
            ("number", "integer") => *before = said,
            ("integer", "number") => {}
            _ => {
                let before = before.clone();
                self.contradiction("types", &before, &said, merged);
            }
        }
    }

    fn narrow_format(&mut self, said: Said<String>, merged: &mut Merged<'a>) {
        match &merged.format {
            None => merged.format = Some(said),
            Some(before) if before.value == said.value || !decides(&said.value) => {}
            Some(before) if !decides(&before.value) => merged.format = Some(said),
            Some(before) => {
                let before = before.clone();
                self.contradiction("formats", &before, &said, merged);
            }
        }
    }

    fn contradiction(
        &mut self,
        what: &str,
        one: &Said<String>,
        other: &Said<String>,
        merged: &mut Merged<'a>,
    ) {
        let what = format!(
            "`allOf` of {what} that contradict each other (`{}` and `{}`)",
            one.value, other.value
        );
        for said in [one, other] {
            let at = At::Value(said.via.clone());
            self.problem(Problem::not_generated(&what, at));
        }
        merged.is_refused = true;
    }

    /// Only values that all lists have are left.
    fn narrow_values(&mut self, view: &View<'a>, part: &Part<'a>, merged: &mut Merged<'a>) {
        let said = Said {
            value: view.enumeration.clone(),
            via: part.via.child("enum"),
        };
        let Some(before) = &mut merged.enumeration else {
            merged.enumeration = Some(said);
            return;
        };
        before.value.retain(|value| said.value.contains(value));
        if before.value.is_empty() {
            let at = [before.via.clone(), said.via];
            let what = "`allOf` of enums that have no value in common";
            for via in at {
                let via = via.parent().unwrap_or(via);
                self.problem(Problem::not_generated(what, At::Value(via)));
            }
            merged.is_refused = true;
        }
    }
}

/// Whether the type of a value depends on it being of this format.
fn decides(format: &str) -> bool {
    let formats = ["byte", "date", "date-time", "decimal", "double", "float"];
    let integers = ["int32", "int64", "uint32", "uint64"];
    formats.contains(&format) || integers.contains(&format)
}

fn narrow_additional<'a>(
    additional: &'a AdditionalProperties,
    part: &Part<'a>,
    merged: &mut Merged<'a>,
) {
    let said = match additional {
        AdditionalProperties::Any(true) => Additional::Any,
        AdditionalProperties::Any(false) => Additional::None,
        AdditionalProperties::Schema(schema) => match &**schema {
            ReferenceOr::Item(schema) if View::of(schema).is_anything() => Additional::Any,
            schema => Additional::Typed(vec![Part::new(
                schema,
                part.at.child("additionalProperties"),
                format!("{}Value", part.hint),
            )]),
        },
    };
    merged.additional = match (std::mem::take(&mut merged.additional), said) {
        (Additional::None, _) | (_, Additional::None) => Additional::None,
        (Additional::Typed(mut parts), Additional::Typed(more)) => {
            let more = more.into_iter();
            let new: Vec<Part<'a>> = more
                .filter(|part| parts.iter().all(|other| other.written != part.written))
                .collect();
            parts.extend(new);
            Additional::Typed(parts)
        }
        (Additional::Typed(parts), _) | (_, Additional::Typed(parts)) => Additional::Typed(parts),
        (_, said) => said,
    };
}
