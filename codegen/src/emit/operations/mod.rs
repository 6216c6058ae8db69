//! The files of the operations: one for each tag, and `operations/mod.rs`.

mod docs;
mod method;
mod pages;
mod parameters;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{code, one_line};
use super::rust::{ident, import};
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
        parameters.any(|it| matches!(it.writer, Writer::Styled { .. }))
    });
    let is_empty = any(|operation| operation.method().response == ResponseKind::Status);
    let has_path = any(|operation| operation.path_parameters().next().is_some());
    let style = is_styled.then(|| {
        quote!(
            use crate::optional::style;
        )
    });
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
        use http::Method;
        #style
        #runtime
        #types
        #own
    }
}

/// Returns the static that describes an operation to the runtime.
fn descriptor(operation: &Operation<'_>) -> Item {
    let name = ident(&operation.static_name);
    let ir = operation.ir;
    let (id, path, repeatable) = (&ir.id, &ir.path, ir.repeatable);
    let method = ident(ir.method.as_str());
    let parameters = operation.path_parameters().map(|parameter| {
        let (name, reserved) = (&parameter.ir.wire_name, &parameter.ir.reserved_values);
        quote!(PathParameter { name: #name, reserved: &[#(#reserved),*] })
    });
    let hints = ir.responses.iter().filter_map(|response| {
        let (Status::Code(code), Some(hint)) = (response.status, &response.hint) else {
            return None;
        };
        let (code, hint) = (Literal::u16_unsuffixed(code), one_line(hint));
        Some(quote!((#code, #hint)))
    });
    let security = credentials::literal(&operation.security);
    let base_url = match &operation.base_url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let redirects = ir.success == ResponseShape::Redirect;
    Item::Tokens(quote! {
        pub(crate) static #name: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            base_url: #base_url,
            path_parameters: &[#(#parameters),*],
            security: #security,
            repeatable: #repeatable,
            redirects: #redirects,
            hints: &[#(#hints),*],
        };
    })
}
