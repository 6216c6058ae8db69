//! Defines the types of the output, each once.

use openapiv3::Schema;

use super::Lowering;
use super::keywords::Keywords;
use super::schemas::Lowered;
use crate::ir::{Shape, Type, TypeDefinition};
use crate::names::type_name;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Lowering<'_> {
    /// Determines the type of what these schemas merge, once. A type that is needed while it is being determined
    /// has no end.
    pub(super) fn once(
        &mut self,
        places: Vec<Pointer>,
        at: &Pointer,
        determine: impl FnOnce(&mut Self) -> Type,
    ) -> Type {
        match self.inline.get(&places) {
            Some(Some(known)) => return known.clone(),
            Some(None) => {
                let what = "a schema that merges itself with another schema again and again";
                self.problem(Problem::unsupported(what, At::Key(at.clone())));
                return Type::Error;
            }
            None => {}
        }
        self.inline.insert(places.clone(), None);
        let value = determine(self);
        self.inline.insert(places, Some(value.clone()));
        value
    }

    /// The type of what a schema is lowered to. A definition gets a name.
    pub(super) fn type_of_lowered(
        &mut self,
        lowered: Lowered,
        name_hint: &str,
        schema: Option<&Schema>,
        at: &Pointer,
    ) -> Type {
        match lowered {
            Lowered::Type(plain) => plain,
            Lowered::Definition(shape) => {
                let name = self.type_names.claim(type_name(name_hint));
                self.define(name.clone(), shape, schema, at);
                Type::Named(name)
            }
        }
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
            limits: self.limits(at),
            is_constructible: false,
            shape,
        });
    }

    /// Defines a type that no schema describes by itself. Returns its name.
    pub(super) fn define_own(
        &mut self,
        name_hint: &str,
        description: String,
        shape: Shape,
        at: &Pointer,
    ) -> String {
        let name = self.type_names.claim(type_name(name_hint));
        self.definitions.push(TypeDefinition {
            at: at.clone(),
            name: name.clone(),
            description: Some(description),
            deprecated: false,
            default: None,
            limits: Vec::new(),
            is_constructible: false,
            shape,
        });
        name
    }
}

/// The description of a schema, with a note on what its type does not express.
pub(super) fn description(schema: &Schema) -> Option<String> {
    let description = schema.schema_data.description.clone();
    if !Keywords::of(schema).not {
        return description;
    }
    let note = "Not every such value is allowed: the description excludes some by `not`.";
    Some(match description {
        Some(description) => format!("{}\n\n{note}", description.trim_end()),
        None => note.to_owned(),
    })
}
