//! Classifies schemas: a type that Rust has, or a definition of the output.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::limits::limits;
use super::merge::Merged;
use super::part::{Part, Written};
use super::view::View;
use super::{Component, Lowering};
use crate::ir::{Scalar, Shape, Type, TypeDefinition};
use crate::names::{Casing, type_name};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// What a schema comes to, the possibility of null aside.
pub(super) enum Lowered {
    Type(Type),
    Definition(Shape),
}

impl<'a> Lowering<'a> {
    /// Gives every component schema its name before anything inline can take it.
    pub(super) fn name_components(&mut self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let keys = components.schemas.keys().map(String::as_str);
        let chosen = self.type_names.choose_all(keys, Casing::Camel);
        for ((key, schema), chosen) in components.schemas.iter().zip(chosen) {
            let at = Pointer::root().descend(["components", "schemas", key]);
            let name = self.named(chosen, key, At::Key(at.clone()));
            let component = Component { schema, at, name };
            self.components.insert(key, component);
        }
    }

    pub(super) fn lower_components(&mut self) {
        for index in 0..self.components.len() {
            let (key, component) = self.components.get_index(index).expect("it is in range");
            let (key, at, name) = (*key, component.at.clone(), component.name.clone());
            let part = Part::new(component.schema, at.clone(), &name);
            let shape = match part.written {
                Written::Reference(reference) => Shape::Alias(self.referenced(reference, &at)),
                Written::Schema(_) => {
                    let lowered = match self.family(key) {
                        Some(family) => family,
                        None => self.lower_parts(&[&part], &at, &name, vec![key]),
                    };
                    match lowered {
                        Lowered::Type(Type::Scalar(Scalar::String)) => Shape::StringNewtype,
                        Lowered::Type(plain) => Shape::Alias(plain),
                        Lowered::Definition(shape) => shape,
                    }
                }
            };
            self.define(name, shape, part.schema(), &at);
        }
    }

    /// The type of a schema at some place; `hint` names it if it must have a name.
    pub(super) fn type_of<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        at: &Pointer,
        hint: &str,
    ) -> Type {
        // What several operations share is called by its own name, and not by one of them.
        let shared = at.component();
        let hint = match &shared {
            Some((section, key)) if section == "responses" => &format!("{key} response"),
            Some((section, key)) if section == "requestBodies" => &format!("{key} body"),
            Some((_, key)) => key,
            None => hint,
        };
        self.type_of_parts(&[Part::new(schema, at.clone(), hint)], at, hint)
    }

    /// The type of values that satisfy all of these schemas.
    pub(super) fn type_of_parts(&mut self, parts: &[Part<'a>], at: &Pointer, hint: &str) -> Type {
        if let [part] = parts {
            return match part.written {
                Written::Reference(reference) => self.referenced(reference, &part.at),
                Written::Schema(_) => self.inline_type(parts, &part.at, &part.hint.clone()),
            };
        }
        self.inline_type(parts, at, hint)
    }

    fn inline_type(&mut self, parts: &[Part<'a>], at: &Pointer, hint: &str) -> Type {
        // Where a component is merged into several, its own parts are lowered once.
        let places: Vec<Pointer> = parts.iter().map(|part| part.at.clone()).collect();
        let is_shared = places.iter().all(Pointer::is_in_components);
        if !is_shared {
            return self.new_inline_type(parts, at, hint);
        }
        match self.inline.get(&places) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return self.endless_merge(at),
            None => {}
        }
        self.inline.insert(places.clone(), None);
        let lowered = self.new_inline_type(parts, at, hint);
        self.inline.insert(places, Some(lowered.clone()));
        lowered
    }

    fn new_inline_type(&mut self, parts: &[Part<'a>], at: &Pointer, hint: &str) -> Type {
        let borrowed: Vec<&Part<'a>> = parts.iter().collect();
        let plain = match self.lower_parts(&borrowed, at, hint, Vec::new()) {
            Lowered::Type(plain) => plain,
            Lowered::Definition(shape) => {
                let name = self.type_names.claim(type_name(hint));
                let schema = parts.first().and_then(Part::schema);
                self.define(name.clone(), shape, schema, at);
                Type::Named(name)
            }
        };
        match self.takes_null(parts) {
            true => plain.nullable(),
            false => plain,
        }
    }

    pub(super) fn referenced(&mut self, reference: &str, at: &Pointer) -> Type {
        let Some((_, component)) = self.component(reference) else {
            self.lost(reference, at);
            return Type::Error;
        };
        if self.is_circular(component.schema) {
            self.lost("", at);
            return Type::Error;
        }
        let named = Type::Named(component.name.clone());
        let part = Part::new(component.schema, component.at.clone(), &component.name);
        let is_anything = part
            .schema()
            .is_some_and(|schema| View::of(schema).is_anything());
        match !is_anything && self.takes_null(&[part]) {
            true => named.nullable(),
            false => named,
        }
    }

    /// Whether a component only refers to another, and so on without an end.
    fn is_circular(&self, schema: &ReferenceOr<Schema>) -> bool {
        let mut schema = schema;
        for _ in 0..=self.components.len() {
            let ReferenceOr::Reference { reference } = schema else {
                return false;
            };
            let Some((_, component)) = self.component(reference) else {
                return false;
            };
            schema = component.schema;
        }
        true
    }

    pub(super) fn define(
        &mut self,
        name: String,
        shape: Shape,
        schema: Option<&Schema>,
        at: &Pointer,
    ) {
        let data = schema.map(|schema| &schema.schema_data);
        self.definitions.push(TypeDefinition {
            at: at.clone(),
            name,
            description: schema.and_then(description),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            limits: schema.map(limits).unwrap_or_default(),
            is_constructible: false,
            shape,
        });
    }

    /// What values are that satisfy all of these schemas. `within` are the components that it is
    /// the definition of.
    fn lower_parts(
        &mut self,
        parts: &[&Part<'a>],
        at: &Pointer,
        hint: &str,
        within: Vec<&'a str>,
    ) -> Lowered {
        let lowered = match self.sole_reference(parts, &within) {
            Some((reference, at)) => {
                let target = self.referenced(reference, &at);
                Lowered::Type(target.non_null().clone())
            }
            None => {
                let owned: Vec<Part<'a>> = parts.iter().map(|part| (*part).clone()).collect();
                let merged = self.merge(&owned, within);
                self.lower_merged(&merged, at, hint)
            }
        };
        match lowered {
            // With a mistake in the schema, its type is anyone's guess.
            Lowered::Type(_) if parts.iter().any(|part| self.wrong.contains(&part.at)) => {
                Lowered::Type(Type::Error)
            }
            lowered => lowered,
        }
    }

    pub(super) fn lower_merged(
        &mut self,
        merged: &Merged<'a>,
        at: &Pointer,
        hint: &str,
    ) -> Lowered {
        if merged.is_refused {
            return Lowered::Type(Type::Error);
        }
        let choices = merged.choices.iter();
        let mut choices = choices.filter(|choice| choice.says_something());
        match (choices.next(), choices.next()) {
            (Some(_), Some(second)) => {
                let what = format!("a second choice of schemas (`{}`) at once", second.key);
                let place = At::Key(second.at.clone());
                return self.not_generated(&what, place);
            }
            (Some(choice), None) => return self.choice(merged, choice, at, hint),
            (None, _) => {}
        }
        if let Some(enumeration) = &merged.enumeration {
            return self.enumeration(merged, &enumeration.value, at);
        }
        let format = merged.format.as_ref().map(|format| format.value.as_str());
        Lowered::Type(match (merged.kind(), format) {
            (Some("string"), Some("byte")) => Type::Scalar(Scalar::Bytes),
            (Some("string"), Some("date")) => Type::Scalar(Scalar::Date),
            (Some("string"), Some("date-time")) => Type::Scalar(Scalar::DateTime),
            // Other formats have texts that are equal in meaning and not in letters, such as the
            // UUIDs `A…` and `a…`: text loses nothing.
            (Some("string"), _) => Type::Scalar(Scalar::String),
            (Some("integer"), Some("int32")) => Type::Scalar(Scalar::Int32),
            (Some("integer"), Some("uint32")) => Type::Scalar(Scalar::Uint32),
            (Some("integer"), Some("uint64")) => Type::Scalar(Scalar::Uint64),
            (Some("integer"), _) => Type::Scalar(Scalar::Int64),
            (Some("number"), Some("float")) => Type::Scalar(Scalar::Float),
            (Some("number"), Some("decimal")) => Type::Scalar(Scalar::Decimal),
            (Some("number"), _) => Type::Scalar(Scalar::Double),
            (Some("boolean"), _) => Type::Scalar(Scalar::Boolean),
            (Some("array"), _) => {
                let item = match merged.items.as_slice() {
                    [] => Type::Any,
                    items => self.type_of_parts(items, &at.child("items"), &format!("{hint}Item")),
                };
                Type::Array(Box::new(item))
            }
            (Some("object"), _) => return self.object(merged, at, hint),
            (None, _) if merged.is_object() => return self.object(merged, at, hint),
            (None, _) => Type::Any,
            // The check has told of it.
            (Some(_), _) => Type::Error,
        })
    }

    pub(super) fn endless_merge(&mut self, at: &Pointer) -> Type {
        let what = "a schema that merges itself with another, over and over";
        self.problem(Problem::not_generated(what, At::Key(at.clone())));
        Type::Error
    }

    pub(super) fn not_generated(&mut self, what: &str, at: At) -> Lowered {
        self.problem(Problem::not_generated(what, at));
        Lowered::Type(Type::Error)
    }
}

/// What a schema says of itself in prose, and what its type does not say.
pub(super) fn description(schema: &Schema) -> Option<String> {
    let description = schema.schema_data.description.clone();
    if !View::of(schema).not {
        return description;
    }
    let note = "Not every such value is allowed: the description excludes some by `not`.";
    Some(match description {
        Some(description) => format!("{}\n\n{note}", description.trim_end()),
        None => note.to_owned(),
    })
}
