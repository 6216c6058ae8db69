//! Refuses types without an end.

use std::collections::{HashMap, HashSet};

use super::Lowering;
use crate::ir::{Shape, Type, TypeDefinition};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Lowering<'_> {
    /// Types that hold themselves without a list or a map between would have no size, and an alias
    /// that only leads to itself has no end. Such aliases are cut, so that who follows them arrives.
    pub(super) fn refuse_endless_types(&mut self) {
        let by_name: HashMap<&str, &TypeDefinition> = self
            .definitions
            .iter()
            .map(|definition| (definition.name.as_str(), definition))
            .collect();
        let endless = self.definitions.iter().enumerate();
        let endless = endless.filter_map(|(index, definition)| {
            let at = definition
                .place_of_itself(&by_name, TypeDefinition::held)
                .or_else(|| definition.place_of_itself(&by_name, TypeDefinition::aliased))?;
            Some((index, at))
        });
        let endless: Vec<(usize, Pointer)> = endless.collect();
        for (index, at) in endless {
            let what = "a schema that holds itself other than in a list or a map of an object";
            self.problem(Problem::not_generated(what, At::Key(at)));
            if let Shape::Alias(target) = &mut self.definitions[index].shape {
                *target = Type::Refused;
            }
        }
    }
}

impl TypeDefinition {
    /// Where this definition leads to itself, if it does, over the definitions that `next` gives.
    fn place_of_itself<'t>(
        &'t self,
        by_name: &HashMap<&str, &'t TypeDefinition>,
        next: fn(&'t TypeDefinition) -> Vec<(&'t str, Pointer)>,
    ) -> Option<Pointer> {
        let mut seen = HashSet::new();
        let mut queue = next(self);
        while let Some((name, at)) = queue.pop() {
            if name == self.name {
                return Some(at);
            }
            if seen.insert(name)
                && let Some(definition) = by_name.get(name)
            {
                let further = next(definition).into_iter();
                queue.extend(further.map(|(name, _)| (name, at.clone())));
            }
        }
        None
    }

    /// The definitions that a value of this one holds directly, and where.
    fn held(&self) -> Vec<(&str, Pointer)> {
        let held: Vec<(&Type, &Pointer)> = match &self.shape {
            Shape::Struct { fields, .. } | Shape::Options(fields) => fields
                .iter()
                .map(|field| (&field.value, &field.at))
                .collect(),
            Shape::Union(alternatives) => alternatives
                .iter()
                .map(|alternative| (&alternative.value, &self.at))
                .collect(),
            Shape::Alias(value) => vec![(value.non_null(), &self.at)],
            Shape::Enum(_) | Shape::Newtype | Shape::Answers { .. } | Shape::Multipart { .. } => {
                Vec::new()
            }
        };
        held.into_iter()
            .filter_map(|(value, at)| match value {
                Type::Named(name) => Some((name.as_str(), at.clone())),
                _ => None,
            })
            .collect()
    }

    /// The definitions that an alias is written with, lists and maps of them included.
    fn aliased(&self) -> Vec<(&str, Pointer)> {
        let Shape::Alias(value) = &self.shape else {
            return Vec::new();
        };
        let parts = value.parts().into_iter();
        parts
            .filter_map(|part| match part {
                Type::Named(name) => Some((name.as_str(), self.at.clone())),
                _ => None,
            })
            .collect()
    }
}
