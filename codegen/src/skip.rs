//! Leaves out the operations that reach what is not generated.

use std::collections::HashSet;

use crate::code::Code;
use crate::diagnostic::Severity;
use crate::findings::Findings;
use crate::ir::{Api, Operation, Type, TypeDefinition};
use crate::problem::At;
use crate::source::pointer::Pointer;

/// Leaves those operations out, with the types that only they need, and makes warnings of what they
/// reach. What is not tied to an operation stays an error.
pub(crate) fn leave_out(api: &mut Api, findings: &mut Findings<'_>) {
    let mut out: HashSet<Pointer> = HashSet::new();
    let mut gone: Vec<Pointer> = Vec::new();
    for problem in findings.problems_mut() {
        let (Code::NotGenerated, At::Key(place) | At::Value(place)) = (problem.code, &problem.at)
        else {
            continue;
        };
        let reaching: Vec<Pointer> = api
            .operations()
            .filter(|operation| reaches(api, operation, place))
            .map(|operation| operation.at.clone())
            .collect();
        let is_of_a_type = api
            .types
            .iter()
            .any(|definition| place.is_within(&definition.at));
        if reaching.is_empty() && !is_of_a_type {
            continue;
        }
        out.extend(reaching);
        gone.push(place.clone());
        problem.severity = Severity::Warning;
    }
    for module in &mut api.modules {
        module
            .operations
            .retain(|operation| !out.contains(&operation.at));
    }
    api.modules.retain(|module| !module.operations.is_empty());
    let broken: HashSet<String> = api
        .types
        .iter()
        .filter(|definition| gone.iter().any(|place| place.is_within(&definition.at)))
        .map(|definition| definition.name.clone())
        .collect();
    let kept: HashSet<String> = api
        .types
        .iter()
        .filter(|definition| {
            !held(api, definition.types())
                .iter()
                .any(|name| broken.contains(name))
        })
        .map(|definition| definition.name.clone())
        .collect();
    api.types
        .retain(|definition| kept.contains(&definition.name) && !broken.contains(&definition.name));
}

/// Whether an operation cannot be made without what is at `place`.
fn reaches(api: &Api, operation: &Operation, place: &Pointer) -> bool {
    if place.is_within(&operation.at) || *place == operation.security_at {
        return true;
    }
    // The path item: what stands beside its operations is shared by all of them.
    let shared = ["parameters", "servers"];
    if let Some(path) = operation.at.parent()
        && shared.iter().any(|key| place.is_within(&path.child(key)))
    {
        return true;
    }
    let parts = operation.parameters.iter().map(|parameter| &parameter.at);
    let parts = parts.chain(operation.body.iter().map(|body| &body.at));
    let mut parts = parts.chain(operation.answers.iter().map(|answer| &answer.at));
    if parts.any(|part| place.is_within(part)) {
        return true;
    }
    let mut schemes = operation.security.iter().flatten().filter_map(|name| {
        api.security_schemes
            .iter()
            .find(|scheme| scheme.name == *name)
    });
    if schemes.any(|scheme| place.is_within(&scheme.at)) {
        return true;
    }
    let names = held(api, operation.values());
    api.types
        .iter()
        .filter(|definition| names.contains(&definition.name))
        .any(|definition| place.is_within(&definition.at))
}

/// The names of all definitions that these types are made of.
fn held<'t>(api: &'t Api, types: Vec<&'t Type>) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut queue = types;
    while let Some(value) = queue.pop() {
        for part in value.parts() {
            let Type::Named(name) = part else { continue };
            if names.insert(name.clone()) {
                let definition = |definition: &&TypeDefinition| definition.name == *name;
                if let Some(definition) = api.types.iter().find(definition) {
                    queue.extend(definition.types());
                }
            }
        }
    }
    names
}
