//! Which definitions can implement `Eq` and `Hash`: those without floating-point numbers and files.

use std::collections::{HashMap, HashSet};

use super::types::names;
use crate::ir::{Api, Scalar, Shape, Type, TypeDefinition};
use crate::openapi::format::Format;

/// Returns the definitions that cannot implement `Eq` and `Hash`, by name.
pub(super) fn unhashable(api: &Api) -> HashSet<&str> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for definition in &api.types {
        for used in names(definition.types()) {
            users.entry(used).or_default().push(&definition.name);
        }
    }
    let own = api
        .types
        .iter()
        .filter(|definition| !is_hashable(definition));
    let mut queue: Vec<&str> = own.map(|definition| definition.name.as_str()).collect();
    let mut found = HashSet::new();
    while let Some(name) = queue.pop() {
        if found.insert(name) {
            queue.extend(users.remove(name).unwrap_or_default());
        }
    }
    found
}

/// Whether a definition itself, apart from the definitions that it names, is hashable.
fn is_hashable(definition: &TypeDefinition) -> bool {
    let mut parts = definition.types().into_iter().flat_map(Type::walk);
    !matches!(definition.shape, Shape::ResponseEnum { .. })
        && !parts.any(|part| {
            matches!(
                part,
                Type::Scalar(Scalar::Format(Format::Float | Format::Double)) | Type::FormPart
            )
        })
}
