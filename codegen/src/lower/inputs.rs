//! Which types callers make values of.

use std::collections::HashSet;

use crate::ir::{Module, Type, TypeDefinition};

/// Marks the types that callers make values of: those that a request can hold, and those that
/// nothing holds, as someone will have a use for them.
pub(super) fn mark_inputs(modules: &[Module], types: &mut [TypeDefinition]) {
    let operations = || modules.iter().flat_map(|module| &module.operations);
    let sent = operations().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        let bodies = bodies.map(|content| &content.value);
        bodies.chain(
            operation
                .parameters
                .iter()
                .map(|parameter| &parameter.value),
        )
    });
    let received = operations().flat_map(|operation| {
        let contents = operation.answers.iter().flat_map(|answer| &answer.contents);
        contents.map(|content| &content.value)
    });
    let sent = reached(sent, types);
    let received = reached(received, types);
    for definition in types {
        let name = &definition.name;
        definition.is_input = sent.contains(name) || !received.contains(name);
    }
}

fn reached<'t>(from: impl Iterator<Item = &'t Type>, types: &[TypeDefinition]) -> HashSet<String> {
    let mut reached = HashSet::new();
    let mut queue: Vec<&Type> = from.collect();
    while let Some(value) = queue.pop() {
        for part in value.parts() {
            let Type::Named(name) = part else { continue };
            if !reached.insert(name.clone()) {
                continue;
            }
            if let Some(definition) = types.iter().find(|definition| definition.name == *name) {
                queue.extend(definition.types());
            }
        }
    }
    reached
}
