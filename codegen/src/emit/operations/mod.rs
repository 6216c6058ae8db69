//! The files of the operations: one for each tag, and `operations/mod.rs`.

mod docs;
mod method;
mod pages;
mod parameters;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, one_line};
use super::rust::{ident, import, literal};
use super::{Item, SourceFile, Task, credentials};
use crate::ir::{ResponseShape, Status};
use crate::plan::Plan;
use crate::plan::methods::ResponseKind;
use crate::plan::operations::{Operation, OperationModule};
use crate::plan::parameters::Writer;

/// Returns a task for each module, and one for `operations/mod.rs`.
pub(super) fn tasks<'a>(plan: &'a Plan<'a>) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for module in &plan.modules {
        tasks.push(Box::new(move || SourceFile {
            path: format!("src/operations/{}.rs", module.ir.name),
            docs: vec![match &module.ir.tag {
                Some(tag) => format!("The operations with the tag {}.", code(tag)),
                None => "The operations without a tag.".to_owned(),
            }],
            items: items(plan, module),
        }));
    }
    tasks.push(Box::new(|| index(plan)));
    tasks
}

fn index(plan: &Plan<'_>) -> SourceFile {
    let names = plan.modules.iter().map(|module| ident(&module.ir.name));
    SourceFile {
        path: "src/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the clients, one for each operation.".to_owned()],
        items: vec![Item::Tokens(quote!(#(pub(crate) mod #names;)*))],
    }
}

fn items(plan: &Plan<'_>, module: &OperationModule<'_>) -> Vec<Item> {
    let mut items = vec![Item::Tokens(imports(module))];
    items.extend(module.operations.iter().map(descriptor));
    let methods = module.operations.iter().flat_map(|operation| {
        let methods = operation.methods.iter();
        let methods = methods.map(|method| method::emit(plan, operation, method));
        let pages = operation.pages.iter();
        methods.chain(pages.map(|method| pages::emit(plan, operation, method)))
    });
    items.push(Item::Tokens(quote!(impl Client { #(#methods)* })));
    let blocking = module.operations.iter().flat_map(|operation| {
        let methods = operation.methods.iter();
        let methods = methods.map(|method| method::emit_blocking(operation, method));
        let pages = operation.pages.iter();
        methods.chain(pages.map(|method| pages::emit_blocking(operation, method)))
    });
    items.push(Item::Tokens(quote! {
        #[cfg(feature = "blocking")]
        impl crate::blocking::Client { #(#blocking)* }
    }));
    items
}

fn imports(module: &OperationModule<'_>) -> TokenStream {
    let any = |of: fn(&Operation<'_>) -> bool| module.operations.iter().any(of);
    let is_styled = any(|operation| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|it| matches!(it.writer, Writer::Styled(_)))
    });
    let is_empty = any(|operation| operation.method().response == ResponseKind::Status);
    let has_path = any(|operation| operation.path_parameters().next().is_some());
    let style = import(&quote!(crate::optional), is_styled.then_some("style"));
    let path = has_path.then_some("PathParameter");
    let request = any(|operation| !operation.is_path_styled()).then_some("request");
    let runtime = ["Operation"].into_iter().chain(path).chain(request);
    let runtime = import(&quote!(crate::runtime), runtime);
    let types: BTreeSet<&str> = module
        .operations
        .iter()
        .flat_map(Operation::names)
        .collect();
    let types = import(&quote!(crate::types), types);
    let nothing = is_empty.then_some("Empty");
    let own = import(
        &quote!(crate),
        ["Call", "Client"].into_iter().chain(nothing),
    );
    quote! {
        #style
        #runtime
        #types
        #own
    }
}

/// Returns the static that describes an operation to the runtime.
fn descriptor(operation: &Operation<'_>) -> Item {
    let ir = operation.ir;
    let parameters = operation.path_parameters().map(|parameter| {
        let name = literal(&parameter.ir.wire_name);
        let reserved = parameter.ir.reserved_values.iter();
        let reserved: Vec<String> = reserved.map(|value| literal(value)).collect();
        let reserved = reserved.join(", ");
        format!(
            "\n        PathParameter {{\n            name: {name},\n            reserved: &[{reserved}],\n        \
             }},"
        )
    });
    let mut parameters: String = parameters.collect();
    if !parameters.is_empty() {
        parameters.push_str("\n    ");
    }
    let hints = ir.responses.iter().filter_map(|response| {
        let (Status::Code(code), Some(hint)) = (response.status, &response.hint) else {
            return None;
        };
        Some(format!("({code}, {})", literal(&one_line(hint))))
    });
    let hints = hints.collect::<Vec<_>>().join(", ");
    let base_url = match &operation.base_url {
        Some(url) => format!("Some({})", literal(url)),
        None => "None".to_owned(),
    };
    Item::Text(format!(
        "pub(crate) static {name}: Operation = Operation {{\n    \
             id: {id},\n    \
             method: {method},\n    \
             path: {path},\n    \
             base_url: {base_url},\n    \
             path_parameters: &[{parameters}],\n    \
             security: {security},\n    \
             repeatable: {repeatable},\n    \
             redirects: {redirects},\n    \
             hints: &[{hints}],\n\
         }};\n",
        name = operation.static_name,
        id = literal(&ir.id),
        method = literal(ir.method.as_str()),
        path = literal(&ir.path),
        security = credentials::literal(&operation.security),
        repeatable = ir.repeatable,
        redirects = ir.success == ResponseShape::Redirect,
    ))
}
