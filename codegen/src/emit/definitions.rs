//! The files of the types: one for each definition, and `types/mod.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{ident, import};
use super::{Item, SourceFile, Task, enums, newtypes, response_enums, structs, unions};
use crate::ir::Shape;
use crate::plan::Plan;
use crate::plan::definitions::{Definition, DefinitionKind};

/// Returns a task for each definition, and one for `types/mod.rs`.
pub(super) fn tasks<'a>(plan: &'a Plan<'a>) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for definition in &plan.definitions {
        tasks.push(Box::new(move || SourceFile {
            path: format!("src/types/{}.rs", definition.file),
            docs: Vec::new(),
            items: items(definition),
        }));
    }
    tasks.push(Box::new(move || index(plan)));
    tasks
}

fn index(plan: &Plan<'_>) -> SourceFile {
    let mut modules = String::new();
    let mut exports = String::new();
    for definition in &plan.definitions {
        let (module, name) = (&definition.file, &definition.ir.name);
        modules.extend(["mod ", module, ";\n"]);
        exports.extend(["pub use self::", module, "::", name, ";\n"]);
    }
    SourceFile {
        path: "src/types/mod.rs".to_owned(),
        docs: vec!["The types of requests and responses.".to_owned()],
        items: vec![Item::Text(modules), Item::Text(exports)],
    }
}

fn items(definition: &Definition<'_>) -> Vec<Item> {
    let ir = definition.ir;
    let mut items = vec![Item::Tokens(imports(definition))];
    let equality = match definition.is_hashable {
        true => "PartialEq, Eq, Hash",
        false => "PartialEq",
    };
    items.extend(match &definition.kind {
        DefinitionKind::Struct(planned) => structs::emit(ir, planned, equality),
        DefinitionKind::Union(union) => unions::emit(ir, union, equality),
        DefinitionKind::Other => match &ir.shape {
            Shape::Enum(kind, variants) => enums::emit(ir, *kind, variants),
            Shape::StringNewtype => newtypes::emit_string(ir),
            Shape::Wrapper(value) => newtypes::emit_wrapper(ir, value, equality),
            Shape::Alias(target) => newtypes::emit_alias(ir, target),
            Shape::ResponseEnum {
                variants,
                are_errors,
            } => response_enums::emit(ir, variants, *are_errors),
            Shape::Struct(_) | Shape::Union { .. } => Vec::new(),
        },
    });
    items
}

fn imports(definition: &Definition<'_>) -> TokenStream {
    let others = import(&quote!(super), definition.names.iter().copied());
    let patch = import(&quote!(crate), definition.names_patch.then_some("Patch"));
    let wire = definition.wire_module.map(ident);
    let part = definition.runtime_module.map(ident);
    let part = match (&part, &wire) {
        (None, _) => TokenStream::new(),
        // The optional module re-exports the other one.
        (Some(part), Some(wire)) => quote!(use crate::optional::#part as #wire;),
        (Some(part), None) => quote!(use crate::optional::#part;),
    };
    let own = definition
        .wire_module
        .filter(|_| definition.runtime_module.is_none());
    let date_time = definition.names_rfc3339.then_some("date_time");
    let wire = import(&quote!(crate::runtime), date_time.into_iter().chain(own));
    quote!(#others #patch #part #wire)
}
