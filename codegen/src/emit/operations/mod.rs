//! The files of the operations: one for each tag, and their index.

mod docs;
pub(super) mod facts;
mod method;
pub(super) mod parameters;
mod ways;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::facts::{path_parameters, static_name};
use self::ways::Way;
use super::docs::code;
use super::rust::ident;
use super::{Context, Item, Module, Task, security};
use crate::ir::{self, Operation, ResponseShape, Type};

/// A task for each module, and one for `operations/mod.rs`.
pub(super) fn tasks<'a>(context: &'a Context<'a>) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for module in &context.api.modules {
        tasks.push(Box::new(move || Module {
            path: format!("src/operations/{}.rs", module.name),
            docs: vec![match &module.tag {
                Some(tag) => format!("The operations of the tag {}.", code(tag)),
                None => "The operations without a tag.".to_owned(),
            }],
            items: items(context, module),
        }));
    }
    tasks.push(Box::new(|| index(context)));
    tasks
}

fn index(context: &Context<'_>) -> Module {
    let modules = context.api.modules.iter();
    let names: Vec<_> = modules.map(|module| ident(&module.name)).collect();
    Module {
        path: "src/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the client, one for each operation.".to_owned()],
        items: vec![Item::Tokens(quote!(#(pub(crate) mod #names;)*))],
    }
}

fn items(context: &Context<'_>, module: &ir::Module) -> Vec<Item> {
    let mut items = vec![Item::Tokens(imports(context, module))];
    items.extend(
        module
            .operations
            .iter()
            .map(|operation| Item::Tokens(descriptor(context, operation))),
    );
    let all = || {
        let operations = module.operations.iter();
        operations.flat_map(|operation| {
            let ways = ways::ways(operation).into_iter();
            ways.map(move |way| (operation, way))
        })
    };
    let methods = all().map(|(operation, way)| method::emit(context, operation, &way));
    items.push(Item::Tokens(quote!(impl Client { #(#methods)* })));
    let blocking = all().map(|(operation, way)| method::emit_blocking(context, operation, &way));
    items.push(Item::Tokens(quote! {
        #[cfg(feature = "blocking")]
        impl crate::blocking::Client { #(#blocking)* }
    }));
    items
}

fn imports(context: &Context<'_>, module: &ir::Module) -> TokenStream {
    let operations = &module.operations;
    let mut types = BTreeSet::new();
    let mut runtime = BTreeSet::from(["Operation"]);
    let mut crate_types = BTreeSet::from(["Call", "Client"]);
    for operation in operations {
        types.extend(operation.optional_parameters.clone());
        let values = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required);
        let values = values.map(|parameter| &parameter.value);
        for part in values.flat_map(Type::walk) {
            if let Type::Named(name) = part {
                types.insert(name.clone());
            }
        }
        let ways = ways::ways(operation);
        let named = ways.iter().flat_map(Way::names).map(str::to_owned);
        types.extend(named);
        if !parameters::has_styled_path(context, operation) {
            runtime.insert("request");
        }
        if !path_parameters(operation).is_empty() {
            runtime.insert("PathParameter");
        }
        if operation.success == ResponseShape::Empty {
            crate_types.insert("Nothing");
        }
    }
    let [runtime, crate_types] =
        [runtime, crate_types].map(|names| names.into_iter().map(ident).collect::<Vec<_>>());
    let types: Vec<_> = types.iter().map(|name| ident(name)).collect();
    let types = match types.as_slice() {
        [] => None,
        [name] => Some(quote!(use crate::types::#name;)),
        names => Some(quote!(use crate::types::{#(#names),*};)),
    };
    let mut all = operations.iter();
    let style = all
        .any(|operation| parameters::names_styles(context, operation))
        .then(|| {
            quote!(
                use crate::parts::style;
            )
        });
    quote! {
        use http::Method;
        #style
        use crate::runtime::{#(#runtime),*};
        #types
        use crate::{#(#crate_types),*};
    }
}

/// The static that tells the runtime what the operation is.
fn descriptor(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let name = static_name(operation);
    let (id, path, repeatable) = (&operation.id, &operation.path, operation.repeatable);
    let method = format_ident!("{}", operation.method.as_str());
    let parameters = path_parameters(operation).into_iter().map(|parameter| {
        let (name, refused) = (&parameter.wire_name, &parameter.refused);
        quote!(PathParameter { name: #name, refused: &[#(#refused),*] })
    });
    let security = security::alternatives(&context.schemes, operation);
    let security = security::literal(&security);
    quote! {
        pub(crate) static #name: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            path_parameters: &[#(#parameters),*],
            security: #security,
            repeatable: #repeatable,
        };
    }
}
