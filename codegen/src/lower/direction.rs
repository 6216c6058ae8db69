//! Directions: which types callers construct, and which of their fields requests and responses have.

use std::collections::HashSet;

use crate::definition_graph::parts_of;
use crate::ir::{
    Access, Field, Module, Operation, Presence, Scalar, Shape, Struct, Type, TypeDefinition,
};
use crate::openapi::format::Format;

/// Marks the types that callers construct: those that a request can contain, and those that neither
/// requests nor responses contain.
///
/// A type is one struct in both directions. A `readOnly` property is not sent, callers cannot set it,
/// and if it is required, it is required in responses only. A required `writeOnly` property is required
/// in requests only.
pub(super) fn mark_directions(modules: &[Module], types: &mut [TypeDefinition]) {
    let operations = || modules.iter().flat_map(|module| &module.operations);
    let sent = reached(
        operations().flat_map(Operation::sent),
        types,
        Access::ReadOnly,
    );
    let received = operations().flat_map(Operation::received);
    let received = reached(received, types, Access::WriteOnly);
    for definition in types {
        let name = &definition.name;
        let is_idle = !sent.contains(name) && !received.contains(name);
        definition.is_constructible = sent.contains(name) || is_idle;
        let is_output = received.contains(name) || is_idle;
        let is_constructible = definition.is_constructible;
        if let Shape::Struct(Struct {
            fields,
            constructor,
            ..
        }) = &mut definition.shape
        {
            for field in fields.iter_mut() {
                field.presence = match (field.access, field.presence) {
                    (Access::ReadOnly, Presence::Required) if is_constructible => {
                        Presence::ResponseOnly
                    }
                    (Access::WriteOnly, Presence::Required) if is_output => Presence::Optional,
                    (Access::WriteOnly, Presence::Nullable) if is_output => Presence::Patch,
                    (_, presence) => presence,
                };
            }
            match is_constructible {
                true => constructor.retain(|index| fields[*index].access != Access::ReadOnly),
                false => keep_one_time(constructor, fields),
            }
        }
    }
}

/// Removes all but the first date-time and the first date from the arguments of `new`, which callers could
/// swap. The others start equal to the first one of their type.
fn keep_one_time(constructor: &mut Vec<usize>, fields: &[Field]) {
    let mut seen = Vec::new();
    constructor.retain(|index| {
        let value = &fields[*index].value;
        let is_time = matches!(
            value,
            Type::Scalar(Scalar::Format(Format::Date | Format::DateTime))
        );
        let is_required = fields[*index].presence == Presence::Required;
        let is_repeated = seen.contains(&value);
        seen.push(value);
        !(is_time && is_required && is_repeated)
    });
}

/// The names of the definitions that these types are made of, ignoring fields of one access.
fn reached<'t>(
    from: impl Iterator<Item = &'t Type>,
    types: &'t [TypeDefinition],
    but: Access,
) -> HashSet<String> {
    let members = |definition: &'t TypeDefinition| match &definition.shape {
        Shape::Struct(Struct { fields, rest, .. }) => {
            let fields = fields.iter().filter(|field| field.access != but);
            fields.map(|field| &field.value).chain(rest).collect()
        }
        _ => definition.types(),
    };
    let names = parts_of(types, from, members).into_iter();
    names.map(str::to_owned).collect()
}
