//! Types that lead to themselves: those with an end are given a size, the others are refused.

use std::collections::HashMap;

use super::Lowering;
use super::graph::circles;
use crate::ir::{Presence, Shape, Type, TypeDefinition};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

const ENDLESS: &str = "a schema of which every value holds another of its kind, without an end";

impl Lowering<'_> {
    pub(super) fn settle_circles(&mut self) {
        self.wrap_aliases();
        self.refuse_endless(|definition| match &definition.shape {
            Shape::Alias(value) => vec![value],
            Shape::Union { variants, .. } => {
                let variants = variants.iter();
                variants.map(|alternative| &alternative.value).collect()
            }
            _ => Vec::new(),
        });
        self.refuse_infinite();
        self.box_circles();
    }

    /// The definitions that each one leads to, over the types that `next` gives.
    fn edges(&self, next: impl Fn(&TypeDefinition) -> Vec<&Type>) -> Vec<Vec<usize>> {
        let definitions = self.definitions.iter().enumerate();
        let by_name: HashMap<&str, usize> = definitions
            .map(|(index, definition)| (definition.name.as_str(), index))
            .collect();
        let targets = |definition| {
            let types = next(definition).into_iter();
            let names = types.filter_map(|value| match value {
                Type::Named(name) => by_name.get(name.as_str()).copied(),
                _ => None,
            });
            names.collect()
        };
        self.definitions.iter().map(targets).collect()
    }

    /// An alias of a list or a map that leads to itself becomes a type of its own, as Rust's aliases
    /// cannot.
    fn wrap_aliases(&mut self) {
        let edges = self.edges(|definition| match &definition.shape {
            Shape::Alias(value) => value.walk(),
            _ => Vec::new(),
        });
        let circles = circles(&edges);
        for (index, targets) in edges.iter().enumerate() {
            let on_circle = targets.iter().any(|to| circles[*to] == circles[index]);
            let shape = &mut self.definitions[index].shape;
            if let Shape::Alias(value @ (Type::Array(_) | Type::Map(_))) = shape
                && on_circle
            {
                *shape = Shape::Wrapper(std::mem::replace(value, Type::Error));
            }
        }
    }

    /// What leads to itself with nothing between has no end. It is cut, so that who follows it
    /// arrives.
    fn refuse_endless(&mut self, next: impl Fn(&TypeDefinition) -> Vec<&Type>) {
        let edges = self.edges(next);
        let circles = circles(&edges);
        for (index, targets) in edges.iter().enumerate() {
            if targets.iter().any(|to| circles[*to] == circles[index]) {
                let at = At::Key(self.definitions[index].at.clone());
                self.problem(Problem::not_generated(ENDLESS, at));
                self.definitions[index].shape = Shape::Alias(Type::Error);
            }
        }
    }

    /// Refuses definitions that have no value with an end: a struct with a required field of its
    /// own kind.
    fn refuse_infinite(&mut self) {
        let edges = self.edges(TypeDefinition::held);
        let circles = circles(&edges);
        let on_circle: Vec<usize> = (0..edges.len())
            .filter(|index| {
                edges[*index]
                    .iter()
                    .any(|to| circles[*to] == circles[*index])
            })
            .collect();
        let mut infinite: HashMap<String, usize> = on_circle
            .into_iter()
            .map(|index| (self.definitions[index].name.clone(), index))
            .collect();
        loop {
            let ends = |index: &usize| self.definitions[*index].ends(&infinite);
            let found = infinite.iter().find(|(_, index)| ends(index));
            let Some(name) = found.map(|(name, _)| name.clone()) else {
                break;
            };
            infinite.remove(&name);
        }
        let mut places: Vec<Pointer> = infinite
            .values()
            .map(|index| self.definitions[*index].place_of(&infinite))
            .collect();
        places.sort();
        for at in places {
            self.problem(Problem::not_generated(ENDLESS, At::Key(at)));
        }
    }

    /// Puts a box between definitions that lead to each other. Lists and maps are one already.
    fn box_circles(&mut self) {
        let edges = self.edges(TypeDefinition::held);
        let circles = circles(&edges);
        let names: HashMap<String, usize> = self
            .definitions
            .iter()
            .zip(&circles)
            .map(|(definition, circle)| (definition.name.clone(), *circle))
            .collect();
        for (definition, circle) in self.definitions.iter_mut().zip(circles) {
            let values: Vec<&mut Type> = match &mut definition.shape {
                Shape::Struct { fields, .. } => {
                    fields.iter_mut().map(|field| &mut field.value).collect()
                }
                Shape::Union { variants, .. } => {
                    let variants = variants.iter_mut();
                    variants.map(|other| &mut other.value).collect()
                }
                _ => Vec::new(),
            };
            for value in values {
                if let Type::Named(name) = value
                    && names.get(name) == Some(&circle)
                {
                    *value = Type::Boxed(Box::new(value.clone()));
                }
            }
        }
    }
}

impl TypeDefinition {
    /// The types that a value of this one holds within itself.
    fn held(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Wrapper(_) => Vec::new(),
            Shape::Struct { fields, .. } => fields.iter().map(|field| &field.value).collect(),
            _ => self.types().into_iter().map(Type::non_null).collect(),
        }
    }

    /// Whether there is a value with an end, if there is none of the definitions named.
    fn ends(&self, infinite: &HashMap<String, usize>) -> bool {
        let ends = |value: &Type| match value {
            Type::Named(name) => !infinite.contains_key(name),
            _ => true,
        };
        match &self.shape {
            Shape::Struct { fields, .. } => {
                let mut required = fields.iter();
                required.all(|field| field.presence != Presence::Required || ends(&field.value))
            }
            Shape::Union { variants, .. } => variants.iter().any(|other| ends(&other.value)),
            _ => self.types().into_iter().all(ends),
        }
    }

    /// The place of what leads to one of the definitions named.
    fn place_of(&self, infinite: &HashMap<String, usize>) -> Pointer {
        let Shape::Struct { fields, .. } = &self.shape else {
            return self.at.clone();
        };
        let mut fields = fields.iter();
        let field = fields.find(|field| {
            let is_infinite =
                matches!(&field.value, Type::Named(name) if infinite.contains_key(name));
            is_infinite && field.presence == Presence::Required
        });
        field.map_or_else(|| self.at.clone(), |field| field.at.clone())
    }
}
