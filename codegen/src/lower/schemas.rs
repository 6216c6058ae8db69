//! Classifies schemas: a type that Rust has, or a definition of the output.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::resolve::component_name;
use super::view::View;
use super::{Component, Lowering};
use crate::ir::{Alternative, Field, Module, Presence, Shape, Type, TypeDefinition, Variant};
use crate::names::{Case, Scope, type_name};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// What a schema comes to.
enum Lowered {
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

    fn boxed_type_of(
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
                self.lost(at);
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
        self.lost(at);
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
        self.refuse_unknown_extensions(&schema.schema_data.extensions, at, &[]);
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

    fn not_generated(&mut self, what: &str, at: At) -> Lowered {
        self.problem(Problem::not_generated(what, at));
        Lowered::Type(Type::Refused)
    }

    /// `allOf`, `anyOf` or `oneOf`.
    fn combination(
        &mut self,
        view: &View<'a>,
        key: &str,
        list: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        hint: &str,
    ) -> Lowered {
        let place = at.child(key);
        let lists = [view.all_of, view.any_of, view.one_of];
        let others = lists.iter().filter(|list| !list.is_empty()).count() > 1;
        if others || view.has_properties() || view.items.is_some() || !view.enumeration.is_empty() {
            let what = format!("`{key}` together with other keys that say what the value is");
            return self.not_generated(&what, At::Key(place));
        }
        if let [only] = list {
            return Lowered::Type(self.type_of(only, &place.child(0), hint));
        }
        if key == "allOf" {
            return self.not_generated("`allOf` of several schemas", At::Key(place));
        }
        let mut scope = Scope::with(&["Other"]);
        let mut alternatives = Vec::new();
        let mut nullable = false;
        for (index, schema) in list.iter().enumerate() {
            let value = self.type_of(schema, &place.child(index), &format!("{hint}Option"));
            nullable |= value.is_nullable();
            match value.non_null() {
                // These fit whatever comes, and so are what `Other` keeps.
                Type::Any | Type::FreeForm | Type::Refused => {}
                value => alternatives.push(Alternative {
                    name: scope.claim(alternative_name(value)),
                    value: value.clone(),
                }),
            }
        }
        if nullable {
            return self.not_generated("null as one of several alternatives", At::Key(place));
        }
        if alternatives.is_empty() {
            return Lowered::Type(Type::Any);
        }
        Lowered::Definition(Shape::Union(alternatives))
    }

    fn enumeration(&mut self, schema: &Schema, view: &View<'_>, at: &Pointer) -> Lowered {
        let descriptions = schema.schema_data.extensions.get("x-enumDescriptions");
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants: Vec<Variant> = Vec::new();
        let values = view.enumeration.iter().enumerate();
        for (index, value) in values.filter(|(_, value)| !value.is_null()) {
            let (Value::String(text), Some("string") | None) = (value, view.kind) else {
                if view.kind == Some("string") {
                    // The check has told of it.
                    return Lowered::Type(Type::Refused);
                }
                let what = "an enum of values that are not all strings";
                return self.not_generated(what, At::Key(at.child("enum")));
            };
            if variants.iter().any(|variant| variant.text == *text) {
                continue;
            }
            let description = descriptions.and_then(|map| map.get(text)?.as_str());
            let chosen = scope.choose(text, Case::Camel);
            let place = At::Value(at.child("enum").child(index));
            variants.push(Variant {
                name: self.named(chosen, text, place),
                text: text.clone(),
                description: description.map(str::to_owned),
            });
        }
        if variants.is_empty() {
            return self.not_generated("an enum of null alone", At::Key(at.child("enum")));
        }
        Lowered::Definition(Shape::Enum(variants))
    }

    fn object(&mut self, view: &View<'a>, at: &Pointer, hint: &str) -> Lowered {
        let values = match view.additional {
            Some(AdditionalProperties::Any(true)) => Some(Type::Any),
            Some(AdditionalProperties::Schema(schema)) => {
                let place = at.child("additionalProperties");
                Some(self.type_of(schema, &place, &format!("{hint}Value")))
            }
            Some(AdditionalProperties::Any(false)) | None => None,
        };
        let properties = match view.properties {
            Some(properties) if !properties.is_empty() => properties,
            _ => {
                return Lowered::Type(match values {
                    None | Some(Type::Any) => Type::FreeForm,
                    Some(values) => Type::Map(Box::new(values)),
                });
            }
        };
        let mut scope = Scope::with(&["new"]);
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, property) in properties {
            let place = at.child("properties").child(wire_name);
            let required = view.required.contains(wire_name);
            let chosen = scope.choose(wire_name, Case::Snake);
            let name = self.named(chosen, wire_name, At::Key(place.clone()));
            let value = self.boxed_type_of(property, &place, &format!("{hint} {wire_name}"));
            let schema = property.as_item().map(|schema| &**schema);
            fields.push(self.field(wire_name, name, value, required, schema, place));
        }
        for field in &mut fields {
            if matches!(field.presence, Presence::Nullable | Presence::Patch) {
                field.clear_name = scope.claim(format!("clear_{}", field.name));
            }
        }
        let constructor = view.required.iter();
        let constructor = constructor
            .filter_map(|name| fields.iter().position(|field| field.wire_name == *name))
            .collect();
        Lowered::Definition(Shape::Struct {
            rest: values.map(|values| (scope.claim("additional_properties".to_owned()), values)),
            constructor,
            fields,
        })
    }

    fn field(
        &self,
        wire_name: &str,
        name: String,
        value: Type,
        required: bool,
        schema: Option<&Schema>,
        at: Pointer,
    ) -> Field {
        let data = schema.map(|schema| &schema.schema_data);
        Field {
            wire_name: wire_name.to_owned(),
            name,
            clear_name: String::new(),
            presence: match (required, value.is_nullable()) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::Patch,
            },
            value: value.non_null().clone(),
            description: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            example: data.and_then(|data| data.example.clone()),
            at,
        }
    }
}

/// The name of the variant that holds a value of this type.
fn alternative_name(value: &Type) -> String {
    match value {
        Type::Boolean => "Boolean".to_owned(),
        Type::Int32 | Type::Int64 => "Integer".to_owned(),
        Type::Float | Type::Double => "Number".to_owned(),
        Type::String => "Text".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Any | Type::FreeForm | Type::Refused => "Any".to_owned(),
        Type::Array(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) => alternative_name(inner),
        Type::Named(name) => name.clone(),
    }
}

/// Marks the types that callers make values of: those that a request can hold, and those that
/// nothing holds, as someone will have a use for them.
pub(super) fn mark_inputs(modules: &[Module], types: &mut [TypeDefinition]) {
    let operations = || modules.iter().flat_map(|module| &module.operations);
    let sent = operations().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        let bodies = bodies.map(|content| &content.value);
        bodies.chain(
            operation
                .parameters
                .iter()
                .map(|parameter| &parameter.value),
        )
    });
    let received = operations().flat_map(|operation| {
        let contents = operation.answers.iter().flat_map(|answer| &answer.contents);
        contents.map(|content| &content.value)
    });
    let sent = reached(sent, types);
    let received = reached(received, types);
    for definition in types {
        let name = &definition.name;
        definition.is_input = sent.contains(name) || !received.contains(name);
    }
}

fn reached<'t>(from: impl Iterator<Item = &'t Type>, types: &[TypeDefinition]) -> HashSet<String> {
    let mut reached = HashSet::new();
    let mut queue: Vec<&Type> = from.collect();
    while let Some(value) = queue.pop() {
        for part in value.parts() {
            let Type::Named(name) = part else { continue };
            if !reached.insert(name.clone()) {
                continue;
            }
            if let Some(definition) = types.iter().find(|definition| definition.name == *name) {
                queue.extend(definition.types());
            }
        }
    }
    reached
}
