//! Which operations depend on which places of a description, over references and other links.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;

use crate::ir::{Api, Operation, Shape, Type, TypeDefinition};
use crate::source::pointer::Pointer;

/// Index of the links between the places of a description.
pub(crate) struct Reachability {
    /// The targets of the links, by their sources.
    targets: BTreeMap<Pointer, Vec<Pointer>>,
    /// The sources of the links, by their targets.
    sources: HashMap<Pointer, Vec<Pointer>>,
    /// The operations that depend on everything in a place.
    operations: HashMap<Pointer, Vec<Pointer>>,
}

impl Reachability {
    /// `references` are the source and the target of every reference.
    pub(crate) fn new(api: &Api, references: Vec<(Pointer, Pointer)>) -> Self {
        let mut reachability = Reachability {
            targets: BTreeMap::new(),
            sources: HashMap::new(),
            operations: HashMap::new(),
        };
        for (source, target) in references {
            reachability.link(source, target);
        }
        // A schema with a discriminator depends on the schemas that extend it, which refer to it.
        let definitions = api.types.iter();
        let places: HashMap<&str, &Pointer> = definitions
            .map(|definition| (definition.name.as_str(), &definition.at))
            .collect();
        let definitions = api.types.iter();
        for union in definitions.filter(|other| matches!(other.shape, Shape::Union { .. })) {
            for part in union.types().into_iter().flat_map(Type::walk) {
                if let Type::Named(name) = part
                    && let Some(at) = places.get(name.as_str())
                {
                    reachability.link(union.at.clone(), (*at).clone());
                }
            }
        }
        let schemes = api.security_schemes.iter();
        let schemes: HashMap<&str, &Pointer> = schemes
            .map(|scheme| (scheme.name.as_str(), &scheme.at))
            .collect();
        for operation in api.operations() {
            for place in own_places(operation, &schemes) {
                let operations = reachability.operations.entry(place).or_default();
                operations.push(operation.at.clone());
            }
        }
        reachability
    }

    fn link(&mut self, source: Pointer, target: Pointer) {
        let targets = self.targets.entry(source.clone()).or_default();
        targets.push(target.clone());
        self.sources.entry(target).or_default().push(source);
    }

    /// The operations that depend on at least one of these places.
    pub(crate) fn operations_reaching(&self, places: &[Pointer]) -> HashSet<Pointer> {
        let mut operations = HashSet::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut queue: Vec<&Pointer> = places.iter().collect();
        while let Some(place) = queue.pop() {
            for around in place.prefixes() {
                // What is around a place that was seen was seen with it.
                if !seen.insert(around) {
                    break;
                }
                let own = self.operations.get(around).into_iter().flatten();
                operations.extend(own.cloned());
                queue.extend(self.sources.get(around).into_iter().flatten());
            }
        }
        operations
    }

    /// The places that at least one of the selected operations depends on.
    pub(crate) fn places_reached(&self, is_selected: impl Fn(&Pointer) -> bool) -> Places<'_> {
        let mut roots = HashSet::new();
        let operations = self.operations.iter();
        let own = operations.filter(|(_, operations)| operations.iter().any(&is_selected));
        let mut queue: Vec<&Pointer> = own.map(|(place, _)| place).collect();
        while let Some(place) = queue.pop() {
            if place.prefixes().any(|around| roots.contains(around)) {
                continue;
            }
            roots.insert(place.as_str());
            queue.extend(self.targets.get(place).into_iter().flatten());
            // In the order of text, what is in an object is between its path with `/` and that with
            // the character after `/`.
            let [start, end] = ["/", "0"].map(|end| format!("{}{end}", place.as_str()));
            let inside = (Bound::Included(&*start), Bound::Excluded(&*end));
            let inside = self.targets.range::<str, _>(inside);
            queue.extend(inside.flat_map(|(_, targets)| targets));
        }
        Places { roots }
    }
}

/// The places that an operation depends on without a reference.
fn own_places(operation: &Operation, schemes: &HashMap<&str, &Pointer>) -> Vec<Pointer> {
    let mut places = vec![operation.at.clone(), operation.security_at.clone()];
    // All operations of a path share what is beside them.
    if let Some(path) = operation.at.parent() {
        places.extend(["parameters", "servers"].map(|key| path.child(key)));
    }
    let names = operation.security.iter().flatten();
    let used = names.filter_map(|name| schemes.get(name.as_str()));
    places.extend(used.map(|at| (*at).clone()));
    places
}

/// A set of places, each with everything in it.
pub(crate) struct Places<'a> {
    roots: HashSet<&'a str>,
}

impl Places<'_> {
    pub(crate) fn contains(&self, place: &Pointer) -> bool {
        place.prefixes().any(|around| self.roots.contains(around))
    }
}

/// The names of all definitions that these types consist of.
pub(crate) fn definitions_of<'a>(
    definitions: &HashMap<&'a str, &'a TypeDefinition>,
    types: Vec<&'a Type>,
) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    let mut queue = types;
    while let Some(value) = queue.pop() {
        for part in value.walk() {
            let Type::Named(name) = part else { continue };
            if names.insert(name.as_str())
                && let Some(definition) = definitions.get(name.as_str())
            {
                queue.extend(definition.types());
            }
        }
    }
    names
}
