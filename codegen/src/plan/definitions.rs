//! The types that the crate defines, one file each.

use std::collections::BTreeSet;

use super::structs::Struct;
use super::types::Types;
use super::unions::Union;
use crate::definition_graph::users_of;
use crate::ir::{
    Access, Api, EnumKind, Field, Presence, Scalar, Shape, StructKind, Type, TypeDefinition,
};
use crate::names::{Scope, module_name};
use crate::openapi::format::Format;

pub(crate) struct Definition<'a> {
    pub(crate) ir: &'a TypeDefinition,
    /// Name of the file and the module.
    pub(crate) file: String,
    pub(crate) kind: DefinitionKind<'a>,
    /// The other definitions that the file names.
    pub(crate) names: BTreeSet<&'a str>,
    pub(crate) is_hashable: bool,
    pub(crate) names_patch: bool,
    pub(crate) names_rfc3339: bool,
    /// Module of the runtime that reads and writes values of this shape.
    pub(crate) wire_module: Option<&'static str>,
    /// Optional module of the runtime that does so in place of `wire_module`.
    pub(crate) runtime_module: Option<&'static str>,
}

/// What is planned for a definition beyond its shape.
pub(crate) enum DefinitionKind<'a> {
    Struct(Struct<'a>),
    Union(Union<'a>),
    /// Nothing: the shape says it all.
    Other,
}

pub(super) fn definitions<'a>(types: &Types<'a>, api: &'a Api) -> Vec<Definition<'a>> {
    let mut files = Scope::with(&["mod", "types"]);
    let unhashable = users_of(&api.types, |definition| !is_hashable(definition));
    let planned = api.types.iter().map(|definition| {
        let file = files.claim(module_name(&definition.name));
        let is_hashable = !unhashable.contains(definition.name.as_str());
        self::definition(types, definition, file, is_hashable)
    });
    planned.collect()
}

fn definition<'a>(
    types: &Types<'a>,
    definition: &'a TypeDefinition,
    file: String,
    is_hashable: bool,
) -> Definition<'a> {
    let kind = match &definition.shape {
        Shape::Struct(shape) => DefinitionKind::Struct(Struct::of(types, definition, shape)),
        Shape::Union {
            discriminator,
            variants,
        } => DefinitionKind::Union(Union::of(types, discriminator.as_ref(), variants)),
        Shape::Enum(..)
        | Shape::StringNewtype
        | Shape::Alias(_)
        | Shape::ResponseEnum { .. }
        | Shape::Wrapper(_) => DefinitionKind::Other,
    };
    let is_patch = |field: &Field| field.presence == Presence::Patch;
    let names_patch = match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(is_patch),
        _ => false,
    };
    let names_rfc3339 = match &kind {
        DefinitionKind::Struct(planned) => planned.writes_rfc3339(),
        DefinitionKind::Union(union) => union.variants.iter().any(|it| it.has_rfc3339),
        DefinitionKind::Other => false,
    };
    let names = definition.types().into_iter().flat_map(Type::names);
    let names = names.filter(|name| *name != definition.name);
    let (wire_module, runtime_module) = modules(definition);
    Definition {
        ir: definition,
        file,
        names: names.collect(),
        is_hashable,
        names_patch,
        names_rfc3339,
        wire_module,
        runtime_module,
        kind,
    }
}

/// Whether a definition itself, apart from the definitions that it names, can implement `Eq` and `Hash`.
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

/// Returns the modules of the runtime that read and write values: one that every client has, and
/// one that only those have that need it.
fn modules(definition: &TypeDefinition) -> (Option<&'static str>, Option<&'static str>) {
    match &definition.shape {
        Shape::Struct(shape) if shape.kind == StructKind::Objects => {
            let is_read_only = |field: &Field| field.access == Access::ReadOnly;
            let some = definition.is_constructible && shape.fields.iter().any(is_read_only);
            (Some("serde_object"), some.then_some("read_only"))
        }
        Shape::Union { .. } => (None, Some("serde_union")),
        Shape::Enum(EnumKind::Strings, _) | Shape::StringNewtype => (Some("serde_string"), None),
        Shape::Enum(EnumKind::Integers, _) => (None, Some("int_enum")),
        Shape::Enum(EnumKind::Json, _) => (None, Some("json_enum")),
        Shape::Wrapper(_) => (None, Some("newtype")),
        Shape::ResponseEnum { .. } => (None, Some("response_enum")),
        Shape::Struct(_) | Shape::Alias(_) => (None, None),
    }
}
