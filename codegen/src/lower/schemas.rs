//! Classifies schemas: a type that Rust has, or a definition of the output.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::resolve::component_name;
use super::view::View;
use super::{Component, Lowering};
use crate::ir::{Shape, Type, TypeDefinition};
use crate::names::{Case, type_name};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// What a schema comes to.
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
        for (key, schema) in &components.schemas {
            let at = Pointer::root().descend(["components", "schemas", key]);
            let chosen = self.type_names.choose(key, Case::Camel);
            let name = self.named(chosen, key, At::Key(at.clone()));
            let component = Component { schema, at, name };
            self.components.insert(key, component);
        }
    }

    pub(super) fn lower_components(&mut self) {
        for index in 0..self.components.len() {
            let component = &self.components[index];
            let (schema, at, name) = (
                component.schema,
                component.at.clone(),
                component.name.clone(),
            );
            match schema {
                ReferenceOr::Reference { .. } => {
                    let target = self.type_of(schema, &at, &name);
                    self.define(name, Shape::Alias(target), None, &at);
                }
                ReferenceOr::Item(schema) => {
                    let shape = match self.lower_schema(schema, &at, &name) {
                        Lowered::Type(Type::String) => Shape::Newtype,
                        Lowered::Type(plain) => Shape::Alias(plain),
                        Lowered::Definition(shape) => shape,
                    };
                    self.define(name, shape, Some(schema), &at);
                }
            }
        }
        self.refuse_endless_types();
    }

    /// The type of a schema at some place; `hint` names it if it must have a name.
    pub(super) fn type_of(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        hint: &str,
    ) -> Type {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced(reference, at),
            ReferenceOr::Item(schema) => self.inline_type(schema, at, hint),
        }
    }

    pub(super) fn boxed_type_of(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        at: &Pointer,
        hint: &str,
    ) -> Type {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced(reference, at),
            ReferenceOr::Item(schema) => self.inline_type(schema, at, hint),
        }
    }

    fn inline_type(&mut self, schema: &'a Schema, at: &Pointer, hint: &str) -> Type {
        let plain = match self.lower_schema(schema, at, hint) {
            Lowered::Type(plain) => plain,
            Lowered::Definition(shape) => {
                let name = self.type_names.claim(type_name(hint));
                self.define(name.clone(), shape, Some(schema), at);
                Type::Named(name)
            }
        };
        let null_listed = View::of(schema).enumeration.iter().any(Value::is_null);
        if schema.schema_data.nullable || null_listed {
            plain.nullable()
        } else {
            plain
        }
    }

    fn referenced(&mut self, reference: &str, at: &Pointer) -> Type {
        let mut reference = reference;
        let mut nullable = false;
        let mut name = None;
        for _ in 0..=self.components.len() {
            let found = component_name(reference, "schemas")
                .and_then(|key| self.components.get(key.as_str()));
            let Some(component) = found else {
                self.lost(reference, at);
                return Type::Refused;
            };
            let named = Type::Named(name.get_or_insert(component.name.clone()).clone());
            match component.schema {
                ReferenceOr::Item(schema) => {
                    nullable |= schema.schema_data.nullable;
                    return if nullable { named.nullable() } else { named };
                }
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
        self.lost("", at);
        Type::Refused
    }

    fn define(&mut self, name: String, shape: Shape, schema: Option<&Schema>, at: &Pointer) {
        self.definitions.push(TypeDefinition {
            at: at.clone(),
            name,
            description: schema.and_then(|schema| schema.schema_data.description.clone()),
            deprecated: schema.is_some_and(|schema| schema.schema_data.deprecated),
            is_input: false,
            shape,
        });
    }

    fn lower_schema(&mut self, schema: &'a Schema, at: &Pointer, hint: &str) -> Lowered {
        match self.lower_kind(schema, at, hint) {
            // With a mistake in the schema, its type is anyone's guess.
            Lowered::Type(_) if self.wrong.contains(at) => Lowered::Type(Type::Refused),
            lowered => lowered,
        }
    }

    fn lower_kind(&mut self, schema: &'a Schema, at: &Pointer, hint: &str) -> Lowered {
        let view = View::of(schema);
        // A component may say so too, for the properties that refer to it.
        for (key, set) in [
            ("readOnly", schema.schema_data.read_only),
            ("writeOnly", schema.schema_data.write_only),
        ] {
            if set {
                let at = At::Key(at.child(key));
                self.problem(Problem::not_generated(format!("`{key}`"), at));
            }
        }
        if view.not {
            return self.not_generated("`not`", At::Key(at.child("not")));
        }
        if schema.schema_data.discriminator.is_some() {
            return self.not_generated("`discriminator`", At::Key(at.child("discriminator")));
        }
        for (key, list) in [
            ("allOf", view.all_of),
            ("anyOf", view.any_of),
            ("oneOf", view.one_of),
        ] {
            if !list.is_empty() {
                return self.combination(&view, key, list, at, hint);
            }
        }
        if !view.enumeration.is_empty() {
            return self.enumeration(schema, &view, at);
        }
        match view.kind {
            Some("string") => Lowered::Type(match view.format.as_deref() {
                Some("byte") => Type::Bytes,
                Some("date") => Type::Date,
                Some("date-time") => Type::DateTime,
                _ => Type::String,
            }),
            Some("integer") => Lowered::Type(match view.format.as_deref() {
                Some("int32") => Type::Int32,
                _ => Type::Int64,
            }),
            Some("number") => Lowered::Type(match view.format.as_deref() {
                Some("float") => Type::Float,
                _ => Type::Double,
            }),
            Some("boolean") => Lowered::Type(Type::Boolean),
            Some("array") => {
                let item = match view.items {
                    Some(items) => {
                        self.boxed_type_of(items, &at.child("items"), &format!("{hint}Item"))
                    }
                    None => Type::Any,
                };
                Lowered::Type(Type::Array(Box::new(item)))
            }
            Some("object") => self.object(&view, at, hint),
            None if view.has_properties() || view.additional.is_some() => {
                self.object(&view, at, hint)
            }
            None => Lowered::Type(Type::Any),
            // The check has told of it.
            Some(_) => Lowered::Type(Type::Refused),
        }
    }

    pub(super) fn not_generated(&mut self, what: &str, at: At) -> Lowered {
        self.problem(Problem::not_generated(what, at));
        Lowered::Type(Type::Refused)
    }
}
