//! Leaves out the operations that depend on something unsupported.

use std::collections::{HashMap, HashSet};

use crate::code::{Code, Severity};
use crate::ir::{Api, Type, TypeDefinition};
use crate::openapi::reference;
use crate::problems::Problems;
use crate::reachability::Reachability;
use crate::source::pointer::Pointer;

/// Removes the operations that depend on something unsupported, with the types that only they need,
/// and turns the errors about it into warnings. An unsupported construct that belongs to no operation
/// stays an error, unless it is an unused component.
pub(crate) fn leave_out(api: &mut Api, problems: &mut Problems<'_>) {
    let references = reference::all(&problems.source().root);
    let reachability = Reachability::new(api, references);
    let reached = reachability.places_reached(|_| true);
    let components = Pointer::root().child("components");
    let mut unsupported: Vec<Pointer> = Vec::new();
    for problem in problems.iter_mut() {
        let place = problem.at.pointer();
        if problem.code == Code::Unsupported
            && (reached.contains(place) || place.is_within(&components))
        {
            unsupported.push(place.clone());
            problem.severity = Severity::Warning;
        }
    }
    let operations = reachability.operations_reaching(&unsupported);
    let broken = broken_types(api, &unsupported);
    // A type that is defined within an operation goes with it.
    let is_left_out = |definition: &TypeDefinition| {
        let mut around = definition.at.prefixes();
        around.any(|place| operations.contains(place)) || broken.contains(&definition.name)
    };
    api.types.retain(|definition| !is_left_out(definition));
    for module in &mut api.modules {
        module
            .operations
            .retain(|operation| !operations.contains(&operation.at));
    }
    api.modules.retain(|module| !module.operations.is_empty());
}

/// The names of the types that contain something unsupported, directly or through other types.
fn broken_types(api: &Api, unsupported: &[Pointer]) -> HashSet<String> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for definition in &api.types {
        for part in definition.types().into_iter().flat_map(Type::walk) {
            if let Type::Named(name) = part {
                users.entry(name).or_default().push(&definition.name);
            }
        }
    }
    let places: HashSet<&str> = unsupported.iter().flat_map(Pointer::prefixes).collect();
    let types = api.types.iter();
    let mut queue: Vec<&str> = types
        .filter(|definition| places.contains(definition.at.as_str()))
        .map(|definition| definition.name.as_str())
        .collect();
    let mut broken = HashSet::new();
    while let Some(name) = queue.pop() {
        if broken.insert(name.to_owned()) {
            queue.extend(users.get(name).into_iter().flatten());
        }
    }
    broken
}
