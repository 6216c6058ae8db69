//! Classifies schemas: as a type of Rust, or as a definition of the output.

use std::borrow::Borrow;
use std::slice::from_ref;

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::merged::{Choice, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use crate::ir::{Scalar, Shape, Type};
use crate::names::Casing;
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// What a schema is lowered to, regardless of whether it accepts null.
pub(super) enum Lowered {
    Type(Type),
    Definition(Shape),
}

impl<'a> Lowering<'a> {
    /// Names the component schemas before inline schemas can take their names.
    pub(super) fn name_components(&mut self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let keys = components.schemas.keys().map(String::as_str);
        let chosen = self.type_names.choose_all(keys, Casing::Camel);
        for ((key, schema), chosen) in components.schemas.iter().zip(chosen) {
            let at = Pointer::root().descend(["components", "schemas", key]);
            let name = self.named(chosen, key, At::Key(at.clone()));
            let component = SchemaSite::new(schema, at, name);
            self.components.insert(key, component);
        }
    }

    pub(super) fn lower_components(&mut self) {
        for index in 0..self.components.len() {
            let (key, component) = self.components.get_index(index).expect("it is in range");
            let (key, site) = (*key, component.clone());
            let (at, name) = (&site.at, &site.name_hint);
            let shape = match site.target {
                RefOrSchema::Reference(reference) => Shape::Alias(self.referenced(reference, at)),
                RefOrSchema::Schema(_) => {
                    let lowered = match self.polymorphic_base(key) {
                        Some(polymorphic_base) => polymorphic_base,
                        None => self.lower_sites(from_ref(&site), at, name, vec![key]),
                    };
                    match lowered {
                        Lowered::Type(Type::Scalar(Scalar::String)) => Shape::StringNewtype,
                        Lowered::Type(plain) => Shape::Alias(plain),
                        Lowered::Definition(shape) => shape,
                    }
                }
            };
            self.define(name.clone(), shape, site.schema(), at);
        }
    }

    /// The type of a schema; `name_hint` names it if it needs a name.
    pub(super) fn type_of<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        at: &Pointer,
        name_hint: &str,
    ) -> Type {
        // What several operations share has its own name, not the name of one of them.
        let shared = at.component();
        let name_hint = match &shared {
            Some((section, key)) if section == "responses" => &format!("{key} response"),
            Some((section, key)) if section == "requestBodies" => &format!("{key} body"),
            Some((_, key)) => key,
            None => name_hint,
        };
        self.type_of_sites(
            &[SchemaSite::new(schema, at.clone(), name_hint)],
            at,
            name_hint,
        )
    }

    /// The type of values that satisfy all of these schemas.
    pub(super) fn type_of_sites(
        &mut self,
        sites: &[SchemaSite<'a>],
        at: &Pointer,
        name_hint: &str,
    ) -> Type {
        if let [site] = sites {
            return match site.target {
                RefOrSchema::Reference(reference) => self.referenced(reference, &site.at),
                RefOrSchema::Schema(_) => {
                    self.inline_type(sites, &site.at, &site.name_hint.clone())
                }
            };
        }
        self.inline_type(sites, at, name_hint)
    }

    fn inline_type(&mut self, sites: &[SchemaSite<'a>], at: &Pointer, name_hint: &str) -> Type {
        // The inline schemas of a component are lowered once, although several schemas merge it.
        let places: Vec<Pointer> = sites.iter().map(|site| site.at.clone()).collect();
        let is_shared = places.iter().all(Pointer::is_in_components);
        if !is_shared {
            return self.new_inline_type(sites, at, name_hint);
        }
        self.once(places, at, |lowering| {
            lowering.new_inline_type(sites, at, name_hint)
        })
    }

    fn new_inline_type(&mut self, sites: &[SchemaSite<'a>], at: &Pointer, name_hint: &str) -> Type {
        let lowered = self.lower_sites(sites, at, name_hint, Vec::new());
        let schema = sites.first().and_then(SchemaSite::schema);
        let plain = self.type_of_lowered(lowered, name_hint, schema, at);
        match self.all_accept_null(sites) {
            true => plain.nullable(),
            false => plain,
        }
    }

    pub(super) fn referenced(&mut self, reference: &str, at: &Pointer) -> Type {
        let Some((_, component)) = self.component(reference) else {
            self.unresolved(reference, at);
            return Type::Error;
        };
        let named = Type::Named(component.name_hint.clone());
        if self.end_of(reference).is_none() {
            // The check has reported the cycle or the reference to another document at its end.
            return Type::Error;
        }
        let is_anything = component
            .schema()
            .is_some_and(|schema| Keywords::of(schema).is_anything());
        match !is_anything && self.all_accept_null(from_ref(component)) {
            true => named.nullable(),
            false => named,
        }
    }

    /// Lowers values that match all of these schemas. `ancestors` are the components that this
    /// defines.
    fn lower_sites(
        &mut self,
        sites: &[SchemaSite<'a>],
        at: &Pointer,
        name_hint: &str,
        ancestors: Vec<&'a str>,
    ) -> Lowered {
        let lowered = match self.sole_reference(sites, &ancestors) {
            Some((reference, at)) => {
                let target = self.referenced(reference, &at);
                Lowered::Type(target.non_null().clone())
            }
            None => {
                let mut merged = Merged {
                    ancestors,
                    ..Merged::default()
                };
                for site in sites {
                    self.absorb(site, &mut merged);
                }
                self.lower_merged(&merged, at, name_hint)
            }
        };
        match lowered {
            // The type of a schema with an error is unknown.
            Lowered::Type(_) if sites.iter().any(|site| self.wrong.contains(&site.at)) => {
                Lowered::Type(Type::Error)
            }
            lowered => lowered,
        }
    }

    pub(super) fn lower_merged(
        &mut self,
        merged: &Merged<'a>,
        at: &Pointer,
        name_hint: &str,
    ) -> Lowered {
        if merged.is_rejected {
            return Lowered::Type(Type::Error);
        }
        if merged.is_impossible {
            return Lowered::Type(Type::Any);
        }
        let choices = merged.choices.iter();
        let mut choices = choices.filter(|choice| choice.says_what_a_value_is());
        if let Some(choice) = choices.next() {
            let others: Vec<Choice<'a>> = choices.cloned().collect();
            return self.choice(merged, choice, others, at, name_hint);
        }
        if let Some(enumeration) = &merged.enumeration {
            return self.enumeration(merged, enumeration, at, name_hint);
        }
        let stated = merged.json_type();
        let Some(json_type) = stated.map(JsonType::of_key) else {
            return match merged.is_object() {
                true => self.object(merged, at, name_hint),
                false => Lowered::Type(Type::Any),
            };
        };
        let stated = merged.format.as_ref().map(|format| format.value.as_str());
        let format = merged.client_format.or(stated);
        let is_signed = format.is_none_or(|format| format == Format::Int64.name());
        let format = match merged.is_unsigned && is_signed {
            true => Some(Format::Uint64.name()),
            false => format,
        };
        Lowered::Type(match json_type {
            Some(JsonType::String) if merged.is_json_text => {
                let value = self.type_of_sites(&merged.items, &at.child("items"), name_hint);
                Type::JsonText(Box::new(value))
            }
            Some(JsonType::Array) => {
                let name_hint = format!("{name_hint}Item");
                if let Some(tuple) = self.tuple(merged, &name_hint) {
                    return Lowered::Type(tuple);
                }
                let item = match merged.items.as_slice() {
                    [] => Type::Any,
                    items => self.type_of_sites(items, &at.child("items"), &name_hint),
                };
                Type::Array(Box::new(item))
            }
            Some(JsonType::Object) => return self.object(merged, at, name_hint),
            Some(json_type) => match Format::of_schema(Some(json_type), format) {
                Some(format) => Type::Scalar(Scalar::Format(format)),
                None if json_type == JsonType::Boolean => Type::Scalar(Scalar::Boolean),
                None => Type::Scalar(Scalar::String),
            },
            // The check has reported it.
            None => Type::Error,
        })
    }

    /// The type of a list whose positions have schemas, unless another schema is merged with them.
    fn tuple(&mut self, merged: &Merged<'a>, name_hint: &str) -> Option<Type> {
        let (true, [items]) = (merged.is_tuple, merged.items.as_slice()) else {
            return None;
        };
        let positions = items.listed("anyOf", Keywords::of(items.schema()?).any_of);
        let types = positions.into_iter().enumerate().map(|(index, position)| {
            let at = position.at.clone();
            self.type_of_sites(&[position], &at, &format!("{name_hint}{}", index + 1))
        });
        Some(Type::Tuple(types.collect()))
    }

    pub(super) fn unsupported(&mut self, what: &str, at: At) -> Lowered {
        self.problem(Problem::unsupported(what, at));
        Lowered::Type(Type::Error)
    }
}
