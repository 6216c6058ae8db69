//! Recursive types: those that have finite values get a size, the others are rejected.

use std::collections::{HashMap, HashSet};

use super::Lowering;
use super::scc::strongly_connected;
use crate::ir::{Presence, Shape, Struct, Type, TypeDefinition};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

const INFINITE: &str = "a schema whose every value contains another value of the same schema";

impl Lowering<'_> {
    pub(super) fn settle_recursion(&mut self) {
        self.wrap_aliases();
        self.reject_cycles();
        self.reject_infinite();
        self.box_cycles();
    }

    /// The definitions that each definition refers to by the types that `next` gives.
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

    /// Turns recursive aliases of lists and maps into types of their own: Rust's aliases cannot be
    /// recursive.
    fn wrap_aliases(&mut self) {
        let edges = self.edges(|definition| match &definition.shape {
            Shape::Alias(value) => value.walk(),
            _ => Vec::new(),
        });
        for index in on_cycle(&edges) {
            let shape = &mut self.definitions[index].shape;
            if let Shape::Alias(value @ (Type::Array(_) | Type::Map(_) | Type::Tuple(_))) = shape {
                *shape = Shape::Wrapper(std::mem::replace(value, Type::Error));
            }
        }
    }

    /// Rejects aliases and unions that contain themselves directly, and cuts each such cycle, so that
    /// later walks end.
    fn reject_cycles(&mut self) {
        let edges = self.edges(|definition| match &definition.shape {
            Shape::Alias(value) => vec![value],
            Shape::Union { variants, .. } => {
                variants.iter().map(|variant| &variant.value).collect()
            }
            _ => Vec::new(),
        });
        for index in on_cycle(&edges) {
            let at = At::Key(self.definitions[index].at.clone());
            self.problem(Problem::unsupported(INFINITE, at));
            self.definitions[index].shape = Shape::Alias(Type::Error);
        }
    }

    /// Rejects definitions without a finite value, such as a struct with a required field of its own
    /// type.
    fn reject_infinite(&mut self) {
        let edges = self.edges(TypeDefinition::held);
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
        for (holder, targets) in edges.iter().enumerate() {
            for target in targets {
                holders[*target].push(holder);
            }
        }
        let mut queue: Vec<usize> = on_cycle(&edges).collect();
        let name = |index: usize| self.definitions[index].name.as_str();
        let mut infinite: HashSet<&str> = queue.iter().map(|index| name(*index)).collect();
        // What has a finite value may give one to the definitions that hold it.
        while let Some(index) = queue.pop() {
            if infinite.contains(name(index)) && self.definitions[index].is_finite(&infinite) {
                infinite.remove(name(index));
                queue.extend(&holders[index]);
            }
        }
        let definitions = self.definitions.iter();
        let definitions = definitions.filter(|one| infinite.contains(one.name.as_str()));
        let mut places: Vec<Pointer> = definitions
            .map(|one| one.place_of_infinite(&infinite))
            .collect();
        places.sort();
        for at in places {
            self.problem(Problem::unsupported(INFINITE, At::Key(at)));
        }
    }

    /// Puts a box between definitions that hold each other. Lists and maps are already on the heap.
    fn box_cycles(&mut self) {
        let edges = self.edges(TypeDefinition::held);
        let components = strongly_connected(&edges);
        let names: HashMap<String, usize> = self
            .definitions
            .iter()
            .zip(&components)
            .map(|(definition, component)| (definition.name.clone(), *component))
            .collect();
        for (definition, component) in self.definitions.iter_mut().zip(components) {
            let values: Vec<&mut Type> = match &mut definition.shape {
                Shape::Struct(Struct { fields, .. }) => {
                    fields.iter_mut().map(|field| &mut field.value).collect()
                }
                Shape::Union { variants, .. } => {
                    let variants = variants.iter_mut();
                    variants.map(|other| &mut other.value).collect()
                }
                Shape::Wrapper(value) => vec![value],
                _ => Vec::new(),
            };
            for value in values.into_iter().flat_map(Type::held_mut) {
                if let Type::Named(name) = value
                    && names.get(name) == Some(&component)
                {
                    *value = Type::Boxed(Box::new(value.clone()));
                }
            }
        }
    }
}

/// The nodes that are part of a cycle.
fn on_cycle(edges: &[Vec<usize>]) -> impl Iterator<Item = usize> {
    let components = strongly_connected(edges);
    (0..edges.len()).filter(move |index| {
        let mut targets = edges[*index].iter();
        targets.any(|target| components[*target] == components[*index])
    })
}

impl TypeDefinition {
    /// The types that a value of this type holds without indirection.
    fn held(&self) -> Vec<&Type> {
        self.types().into_iter().flat_map(Type::held).collect()
    }

    /// Whether a finite value exists, assuming that none exists for the definitions in `infinite`.
    fn is_finite(&self, infinite: &HashSet<&str>) -> bool {
        let is_finite = |value: &Type| value.is_finite(infinite);
        match &self.shape {
            Shape::Struct(Struct { fields, .. }) => {
                let mut fields = fields.iter();
                fields.all(|one| one.presence != Presence::Required || is_finite(&one.value))
            }
            Shape::Union { variants, .. } => variants.iter().any(|other| is_finite(&other.value)),
            _ => self.types().into_iter().all(is_finite),
        }
    }

    /// The required field whose type is in `infinite`, or the definition itself.
    fn place_of_infinite(&self, infinite: &HashSet<&str>) -> Pointer {
        let Shape::Struct(Struct { fields, .. }) = &self.shape else {
            return self.at.clone();
        };
        let field = fields
            .iter()
            .find(|field| !field.value.is_finite(infinite) && field.presence == Presence::Required);
        field.map_or_else(|| self.at.clone(), |field| field.at.clone())
    }
}

impl Type {
    /// Whether a finite value exists, assuming that none exists for the definitions in `infinite`.
    fn is_finite(&self, infinite: &HashSet<&str>) -> bool {
        match self {
            Type::Named(name) => !infinite.contains(name.as_str()),
            Type::Tuple(items) => items.iter().all(|item| item.is_finite(infinite)),
            Type::JsonText(inner) => inner.is_finite(infinite),
            _ => true,
        }
    }
}
