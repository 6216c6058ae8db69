//! Which operations depend on which places of a description, over references and other links.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use crate::definition_graph::by_name;
use crate::ir::{Api, Operation, Shape, Type};
use crate::source::pointer::Pointer;

/// The links that a description states itself.
#[derive(Default)]
pub(crate) struct Links {
    /// The source and the target of each reference that the client follows.
    pub(crate) references: Vec<(Pointer, Pointer)>,
    /// The places that the client does not use, such as callbacks.
    pub(crate) unused: HashSet<Pointer>,
}

/// Index of the links between the places of a description.
pub(crate) struct Reachability {
    /// The targets of the links, by their sources.
    targets: BTreeMap<Pointer, Vec<Pointer>>,
    /// The sources of the links, by their targets.
    sources: HashMap<Pointer, Vec<Pointer>>,
    /// The places that each operation depends on without a link, and its name, in order.
    own: Vec<(Vec<Pointer>, String)>,
    /// The operations that depend on everything in a place.
    operations: HashMap<Pointer, Vec<Pointer>>,
    unused: HashSet<Pointer>,
}

impl Reachability {
    pub(crate) fn new(api: &Api, links: Links) -> Self {
        let mut reachability = Reachability {
            targets: BTreeMap::new(),
            sources: HashMap::new(),
            own: Vec::new(),
            operations: HashMap::new(),
            unused: links.unused,
        };
        for (source, target) in links.references {
            reachability.link(source, target);
        }
        // A schema with a discriminator depends on the schemas that extend it, which refer to it.
        let definitions = by_name(&api.types);
        let unions = api.types.iter();
        for union in unions.filter(|other| matches!(other.shape, Shape::Union { .. })) {
            let names = union.types().into_iter().flat_map(Type::names);
            for part in names.filter_map(|name| definitions.get(name)) {
                reachability.link(union.at.clone(), part.at.clone());
            }
        }
        let schemes = api.security_schemes.iter();
        let schemes: HashMap<&str, &Pointer> = schemes
            .map(|scheme| (scheme.name.as_str(), &scheme.at))
            .collect();
        for operation in api.operations() {
            let own = own_places(operation, &schemes);
            for place in &own {
                let operations = reachability.operations.entry(place.clone()).or_default();
                operations.push(operation.at.clone());
            }
            reachability.own.push((own, operation.id.clone()));
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
        let places = places.iter().filter(|place| !self.is_unused(place));
        let mut queue: Vec<&Pointer> = places.collect();
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

    /// For each place, operations that depend on it.
    pub(crate) fn needs(&self) -> Needs<'_> {
        let mut operations: HashMap<&str, Vec<usize>> = HashMap::new();
        for (operation, (own, _)) in self.own.iter().enumerate() {
            let mut queue: Vec<&Pointer> = own.iter().collect();
            while let Some(place) = queue.pop() {
                let noted = operations.entry(place.as_str()).or_default();
                if noted.len() > SHOWN || noted.contains(&operation) {
                    continue;
                }
                noted.push(operation);
                queue.extend(self.targets.get(place).into_iter().flatten());
                // In the order of text, what is in an object is between its path with `/` and that
                // with the character after `/`.
                let [start, end] = ["/", "0"].map(|end| format!("{}{end}", place.as_str()));
                let inside = (Bound::Included(&*start), Bound::Excluded(&*end));
                let inside = self.targets.range::<str, _>(inside);
                queue.extend(inside.flat_map(|(_, targets)| targets));
            }
        }
        Needs {
            reachability: self,
            operations,
        }
    }

    fn is_unused(&self, place: &Pointer) -> bool {
        place.prefixes().any(|around| self.unused.contains(around))
    }
}

/// The places that an operation depends on without a reference.
fn own_places(operation: &Operation, schemes: &HashMap<&str, &Pointer>) -> Vec<Pointer> {
    let servers = Pointer::root().child("servers");
    let mut places = vec![operation.at.clone(), operation.security_at.clone(), servers];
    // All operations of a path share what is beside them.
    if let Some(path) = operation.at.parent() {
        places.extend(["parameters", "servers"].map(|key| path.child(key)));
    }
    let names = operation.security.iter().flatten();
    let used = names.filter_map(|name| schemes.get(name.as_str()));
    places.extend(used.map(|at| (*at).clone()));
    places
}

/// Number of operations that a problem names. One more is searched for each place: searching for all would
/// take quadratic time.
pub(crate) const SHOWN: usize = 3;

/// Operations by the places that they depend on.
pub(crate) struct Needs<'a> {
    reachability: &'a Reachability,
    /// The first operations that depend on everything in a place.
    operations: HashMap<&'a str, Vec<usize>>,
}

impl Needs<'_> {
    /// The names of the first operations that depend on a place: at most one more than [`SHOWN`].
    pub(crate) fn operations(&self, place: &Pointer) -> Vec<String> {
        if self.reachability.is_unused(place) {
            return Vec::new();
        }
        let around = place.prefixes();
        let noted = around.filter_map(|around| self.operations.get(around));
        let noted: BTreeSet<usize> = noted.flatten().copied().collect();
        let first = noted.into_iter().take(SHOWN + 1);
        first
            .map(|index| self.reachability.own[index].1.clone())
            .collect()
    }
}
