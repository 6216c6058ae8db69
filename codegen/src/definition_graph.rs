//! Which definitions are made of which others.

use std::collections::{HashMap, HashSet};

use crate::ir::{Type, TypeDefinition};

pub(crate) fn by_name(definitions: &[TypeDefinition]) -> HashMap<&str, &TypeDefinition> {
    let named = definitions.iter().map(|it| (it.name.as_str(), it));
    named.collect()
}

/// Returns the names of all definitions that these types are made of. `members` returns the types that a
/// definition is made of.
pub(crate) fn parts_of<'a>(
    definitions: &'a [TypeDefinition],
    types: impl Iterator<Item = &'a Type>,
    members: impl Fn(&'a TypeDefinition) -> Vec<&'a Type>,
) -> HashSet<&'a str> {
    let by_name = by_name(definitions);
    let mut parts = HashSet::new();
    let mut queue: Vec<&str> = types.flat_map(Type::names).collect();
    while let Some(name) = queue.pop() {
        if parts.insert(name)
            && let Some(definition) = by_name.get(name)
        {
            queue.extend(members(definition).into_iter().flat_map(Type::names));
        }
    }
    parts
}

/// Returns the names of the definitions that `is_meant` selects, and of all that are made of them.
pub(crate) fn users_of(
    definitions: &[TypeDefinition],
    is_meant: impl Fn(&TypeDefinition) -> bool,
) -> HashSet<&str> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for definition in definitions {
        for part in definition.types().into_iter().flat_map(Type::names) {
            users.entry(part).or_default().push(&definition.name);
        }
    }
    let meant = definitions.iter().filter(|it| is_meant(it));
    let mut queue: Vec<&str> = meant.map(|it| it.name.as_str()).collect();
    let mut found = HashSet::new();
    while let Some(name) = queue.pop() {
        if found.insert(name) {
            queue.extend(users.get(name).into_iter().flatten());
        }
    }
    found
}
