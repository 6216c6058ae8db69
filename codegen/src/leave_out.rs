//! Removes operations, and the types that cannot be generated.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Type, TypeDefinition};
use crate::source::pointer::Pointer;

/// Removes these operations with the types that are defined in them, and the types that contain one of
/// the `unclear` places.
pub(crate) fn leave_out(api: &mut Api, unclear: &[Pointer], operations: &HashSet<Pointer>) {
    let broken = broken_types(api, unclear);
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

/// The names of the types that contain an unclear place, directly or through other types.
fn broken_types(api: &Api, unclear: &[Pointer]) -> HashSet<String> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for definition in &api.types {
        for part in definition.types().into_iter().flat_map(Type::walk) {
            if let Type::Named(name) = part {
                users.entry(name).or_default().push(&definition.name);
            }
        }
    }
    let places: HashSet<&str> = unclear.iter().flat_map(Pointer::prefixes).collect();
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
