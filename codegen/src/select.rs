//! Selects the operations to generate.

use std::collections::HashSet;

use crate::check::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::definition_graph::parts_of;
use crate::ir::{Api, TypeDefinition};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// Keeps the operations with these tags, paths or `operationId`s, and the types that they need. Reports
/// names that select nothing.
pub(crate) fn select(api: &mut Api, names: &[String]) -> Vec<Problem> {
    let unknown = names.iter().filter_map(|name| unknown_name(api, name));
    let unknown = unknown.collect();
    let is_named = |name: &str| names.iter().any(|named| named == name);
    let mut selected: HashSet<Pointer> = HashSet::new();
    for module in &mut api.modules {
        let has_tag = module.tag.as_deref().is_some_and(is_named);
        module
            .operations
            .retain(|it| has_tag || is_named(&it.path) || is_named(&it.id));
        selected.extend(module.operations.iter().map(|it| it.at.clone()));
    }
    api.modules.retain(|module| !module.operations.is_empty());

    let needed = needed_types(api, &selected);
    api.types
        .retain(|definition| needed.contains(&definition.name));
    unknown
}

/// Reports a name that selects nothing.
fn unknown_name(api: &Api, name: &str) -> Option<Problem> {
    let tags = api.modules.iter();
    let tags = tags.filter_map(|module| module.tag.as_deref());
    let operations = api.operations();
    let known = tags.chain(operations.flat_map(|it| [it.path.as_str(), it.id.as_str()]));
    let known: Vec<&str> = known.collect();
    if known.contains(&name) {
        return None;
    }
    let problem = Problem::new(
        Code::NothingSelected,
        format!("`{name}` is not a tag, path or `operationId` of this description"),
        At::Key(Pointer::root().child("paths")),
        "no tag, path or operation here has this name",
    );
    let otherwise = "write the name exactly as in the description, in the same case";
    Some(problem.help(meant_or(nearest(name, known), otherwise)))
}

/// The names of the types that these operations define or are made of.
fn needed_types(api: &Api, operations: &HashSet<Pointer>) -> HashSet<String> {
    let own = api.types.iter().filter(|definition| {
        let mut around = definition.at.prefixes();
        around.any(|place| operations.contains(place))
    });
    let own: Vec<&TypeDefinition> = own.collect();
    let of_own = own.iter().flat_map(|definition| definition.types());
    let of_operations = api.operations().flat_map(|operation| operation.values());
    let values = of_operations.chain(of_own);
    let names = parts_of(&api.types, values, TypeDefinition::types).into_iter();
    let own = own.iter().map(|definition| definition.name.as_str());
    names.chain(own).map(str::to_owned).collect()
}
