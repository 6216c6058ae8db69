//! The files of the types: one for each definition, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{docs, ident, rust_type};
use super::{Context, Item, Module, Task, answers, enums, multipart, structs, texts, unions};
use crate::ir::{Field, Presence, Shape, Type, TypeDefinition};
use crate::names::{Scope, module_name};

/// A task for each definition, and one for `types/mod.rs`.
pub(super) fn tasks<'a>(context: &'a Context<'a>) -> Vec<Task<'a>> {
    let mut scope = Scope::with(&["mod", "types"]);
    let types = context.api.types.iter();
    let files: Vec<(String, &TypeDefinition)> = types
        .map(|definition| (scope.claim(module_name(&definition.name)), definition))
        .collect();
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for (file, definition) in files.clone() {
        tasks.push(Box::new(move || Module {
            path: format!("src/types/{file}.rs"),
            docs: Vec::new(),
            items: items(context, definition),
        }));
    }
    tasks.push(Box::new(move || index(&files)));
    tasks
}

fn index(files: &[(String, &TypeDefinition)]) -> Module {
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    for (file, definition) in files {
        let (module, name) = (ident(file), ident(&definition.name));
        modules.extend(quote!(mod #module;));
        exports.extend(quote!(pub use self::#module::#name;));
    }
    Module {
        path: "src/types/mod.rs".to_owned(),
        docs: vec!["The types of the API's requests and answers.".to_owned()],
        items: vec![Item::Tokens(modules), Item::Tokens(exports)],
    }
}

fn items(context: &Context<'_>, definition: &TypeDefinition) -> Vec<Item> {
    let mut items = match &definition.shape {
        Shape::Struct {
            fields,
            constructor,
            rest,
        } => structs::emit(context, definition, fields, constructor, rest.as_ref()),
        Shape::OptionalParameters(fields) => structs::emit_options(context, definition, fields),
        Shape::StringEnum(variants) => texts::emit_enum(definition, variants),
        Shape::StringNewtype => texts::emit_newtype(definition),
        Shape::IntegerEnum(variants) => enums::emit_integers(definition, variants),
        Shape::JsonEnum(variants) => enums::emit_literals(definition, variants),
        Shape::Union {
            discriminator,
            variants,
        } => unions::emit(context, definition, discriminator.as_deref(), variants),
        Shape::Wrapper(value) => texts::emit_wrapper(definition, value),
        Shape::Multipart {
            fields,
            encodings,
            constructor,
            rest,
        } => {
            let mut items = structs::emit_form(context, definition, fields, constructor, rest);
            items.push(multipart::emit(
                context, definition, fields, encodings, rest,
            ));
            items
        }
        Shape::ResponseEnum {
            variants,
            are_errors,
        } => answers::emit(definition, variants, *are_errors),
        Shape::Alias(target) => {
            let docs = docs(definition, "A value of the API.").into_tokens();
            let name = ident(&definition.name);
            let target = rust_type(target);
            vec![Item::Tokens(quote!(#docs pub type #name = #target;))]
        }
    };
    items.insert(0, Item::Tokens(imports(context, definition)));
    items
}

fn imports(context: &Context<'_>, definition: &TypeDefinition) -> TokenStream {
    let types = definition.types();
    let mut written = written(definition).into_iter();
    let date_time = written.any(|value| context.holds_date_time(value));
    let module = wire_module(&definition.shape);
    let part = super::parts::of_shape(context, definition).map(|part| {
        let part = ident(part);
        match module {
            // The part has all that this module has, and more.
            Some(module) => {
                let module = ident(module);
                quote!(use crate::parts::#part as #module;)
            }
            None => quote!(use crate::parts::#part;),
        }
    });
    let module = module.filter(|_| part.is_none()).map(ident);
    let wire = match (module, date_time) {
        (Some(module), false) => quote!(use crate::runtime::wire::#module;),
        (Some(module), true) => quote!(use crate::runtime::wire::{date_time, #module};),
        (None, true) => quote!(
            use crate::runtime::wire::date_time;
        ),
        (None, false) => TokenStream::new(),
    };
    let is_patch = |field: &Field| field.presence == Presence::Patch;
    let patch = match &definition.shape {
        Shape::Struct { fields, .. } if fields.iter().any(is_patch) => quote!(
            use crate::Patch;
        ),
        _ => TokenStream::new(),
    };
    let mut names = BTreeSet::new();
    for part in types.iter().flat_map(|value| value.walk()) {
        if let Type::Named(name) = part
            && *name != definition.name
        {
            names.insert(name.as_str());
        }
    }
    let names: Vec<_> = names.into_iter().map(ident).collect();
    let others = match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use super::#name;),
        names => quote!(use super::{#(#names),*};),
    };
    quote!(#others #patch #part #wire)
}

/// The module of the runtime that knows how values of this shape stand on the wire.
fn wire_module(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Struct { .. } => Some("object"),
        Shape::Union { .. } => Some("union"),
        Shape::StringEnum(_) | Shape::StringNewtype => Some("text"),
        Shape::IntegerEnum(_)
        | Shape::JsonEnum(_)
        | Shape::Wrapper(_)
        | Shape::ResponseEnum { .. }
        | Shape::Multipart { .. }
        | Shape::OptionalParameters(_)
        | Shape::Alias(_) => None,
    }
}

/// The types whose values the table of a definition tells how to write.
fn written(definition: &TypeDefinition) -> Vec<&Type> {
    match &definition.shape {
        Shape::Struct { fields, rest, .. } => {
            let fields = fields.iter().filter(|field| definition.sends(field));
            let rest = rest.iter().map(|(_, value)| value);
            fields.map(|field| &field.value).chain(rest).collect()
        }
        Shape::Multipart { .. } => definition.types(),
        Shape::Union { variants, .. } => {
            let untagged = variants
                .iter()
                .filter(|other| other.discriminator_value.is_none());
            untagged.map(|other| &other.value).collect()
        }
        _ => Vec::new(),
    }
}
