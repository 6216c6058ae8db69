//! The files of the operations: one for each tag, and their index.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, code, one_line};
use super::types::{ident, rust_type, taken};
use super::{Context, Item, Module, example};
use crate::ir::{self, Location, Method, Operation, Parameter, Status, Type};

/// Emits `operations/mod.rs` and a file for each module.
pub(super) fn emit(context: &Context<'_>) -> Vec<Module> {
    let mut modules = Vec::new();
    let mut index = TokenStream::new();
    for module in &context.api.modules {
        let name = ident(&module.name);
        index.extend(quote!(mod #name;));
        modules.push(Module {
            path: format!("src/operations/{}.rs", module.name),
            docs: vec![match &module.tag {
                Some(tag) => format!("The operations of the tag {}.", code(tag)),
                None => "The operations without a tag.".to_owned(),
            }],
            items: items(context, module),
        });
    }
    modules.push(Module {
        path: "src/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the client, one for each operation.".to_owned()],
        items: vec![Item::Tokens(index)],
    });
    modules
}

fn items(context: &Context<'_>, module: &ir::Module) -> Vec<Item> {
    let mut items = vec![Item::Tokens(imports(module))];
    items.extend(
        module
            .operations
            .iter()
            .map(|operation| Item::Tokens(descriptor(operation))),
    );
    let methods = module
        .operations
        .iter()
        .map(|operation| method(context, operation));
    items.push(Item::Tokens(quote!(impl Client { #(#methods)* })));
    items
}

fn imports(module: &ir::Module) -> TokenStream {
    let operations = &module.operations;
    let mut types = BTreeSet::new();
    let mut runtime = BTreeSet::from(["Operation", "request"]);
    let mut crate_types = BTreeSet::from(["Call", "Client"]);
    for operation in operations {
        types.extend(operation.options.as_deref());
        let values = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required);
        let values = values.map(|parameter| &parameter.value);
        let values = values
            .chain(body_type(operation))
            .chain(answer_type(operation));
        for part in values.flat_map(Type::parts) {
            if let Type::Named(name) = part {
                types.insert(name);
            }
        }
        if !path_parameters(operation).is_empty() {
            runtime.insert("PathParameter");
        }
        if answer_type(operation).is_none() {
            crate_types.insert("Nothing");
        }
    }
    let [runtime, crate_types, types] =
        [runtime, crate_types, types].map(|names| names.into_iter().map(ident).collect::<Vec<_>>());
    let types = match types.as_slice() {
        [] => None,
        [name] => Some(quote!(use crate::types::#name;)),
        names => Some(quote!(use crate::types::{#(#names),*};)),
    };
    quote! {
        use http::Method;
        use crate::runtime::{#(#runtime),*};
        #types
        use crate::{#(#crate_types),*};
    }
}

fn static_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}", operation.name.to_shouty_snake_case())
}

/// The static that tells the runtime what the operation is.
fn descriptor(operation: &Operation) -> TokenStream {
    let name = static_name(operation);
    let (id, path, repeatable) = (&operation.id, &operation.path, operation.repeatable);
    let method = format_ident!("{}", method_name(operation.method));
    let parameters = path_parameters(operation).into_iter().map(|parameter| {
        let (name, refused) = (&parameter.wire_name, &parameter.refused);
        quote!(PathParameter { name: #name, refused: &[#(#refused),*] })
    });
    quote! {
        static #name: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            path_parameters: &[#(#parameters),*],
            repeatable: #repeatable,
        };
    }
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
    }
}

fn path_parameters(operation: &Operation) -> Vec<&Parameter> {
    let parameters = operation.parameters.iter();
    parameters
        .filter(|parameter| parameter.location == Location::Path)
        .collect()
}

/// The type of the request's body.
pub(super) fn body_type(operation: &Operation) -> Option<&Type> {
    operation.body.as_ref()?.contents.first()?.value.as_ref()
}

/// The type of the success answer's body; none where there is no body.
pub(super) fn answer_type(operation: &Operation) -> Option<&Type> {
    let success = operation
        .answers
        .iter()
        .find(|answer| answer.status.is_success())?;
    success.contents.first()?.value.as_ref()
}

fn method(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let documentation = documentation(context, operation).into_tokens();
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (name, descriptor) = (ident(&operation.name), static_name(operation));

    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let arguments = required.clone().map(|parameter| {
        let name = ident(&parameter.name);
        let taken = match context.behind(&parameter.value) {
            Type::String => quote!(&str),
            _ => taken(context, &parameter.value, &name).0,
        };
        quote!(#name: #taken)
    });
    let body = body_type(operation).map(|value| {
        let value = rust_type(value);
        quote!(body: &#value)
    });
    let options = operation.options.as_ref().map(|options| {
        let options = ident(options);
        quote!(params: &#options)
    });
    let json = body.is_some().then(|| quote!(.json(body)));
    let arguments = arguments.chain(body).chain(options);

    let path_values = path_parameters(operation).into_iter().map(|parameter| {
        let name = ident(&parameter.name);
        match context.behind(&parameter.value) {
            Type::String => quote!(#name),
            Type::DateTime => quote!(&crate::runtime::wire::date_time::to_text(&#name)),
            value if context.is_text(value) => quote!(#name.into().as_str()),
            _ => quote!(&#name.to_string()),
        }
    });
    let others = required.filter(|parameter| parameter.location != Location::Path);
    let others = others.map(|parameter| required_parameter(context, parameter));
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required);
    let optional = optional.map(|parameter| optional_parameter(context, parameter));
    let (call, finish) = match answer_type(operation) {
        Some(value) => {
            let value = rust_type(value);
            (quote!(Call<#value>), quote!(.call()))
        }
        None => (quote!(Call<(), Nothing>), quote!(.call_for_status())),
    };
    quote! {
        #documentation
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> #call {
            request(self, &#descriptor, &[#(#path_values),*])
                #(#others)*
                #(#optional)*
                #json
                #finish
        }
    }
}

fn required_parameter(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let (wire_name, name) = (&parameter.wire_name, ident(&parameter.name));
    let value = match context.behind(&parameter.value) {
        Type::Array(inner) => {
            let inner_type = rust_type(inner);
            let values = match context.behind(inner) {
                Type::DateTime => {
                    quote!(#name.iter().map(crate::runtime::wire::date_time::to_text))
                }
                inner if context.is_text(inner) => {
                    quote!(#name.into_iter().map(Into::<#inner_type>::into))
                }
                _ => quote!(&#name),
            };
            return quote!(.query_each(#wire_name, #values));
        }
        Type::DateTime => quote!(crate::runtime::wire::date_time::to_text(&#name)),
        Type::String => quote!(#name),
        value if context.is_text(value) => quote!(#name.into()),
        _ => quote!(#name),
    };
    match parameter.location {
        Location::Header => quote!(.header(#wire_name, #value)),
        _ => quote!(.query(#wire_name, #value)),
    }
}

fn optional_parameter(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let (wire_name, name) = (&parameter.wire_name, ident(&parameter.name));
    let value = context.behind(&parameter.value);
    let values = match value {
        Type::Array(_) => quote!(params.#name.iter().flatten()),
        _ => quote!(&params.#name),
    };
    let values = match (context.holds_date_time(value), value) {
        (true, Type::Array(_)) => {
            quote!(#values.map(crate::runtime::wire::date_time::to_text))
        }
        (true, _) => quote!(params.#name.iter().map(crate::runtime::wire::date_time::to_text)),
        (false, _) => values,
    };
    match parameter.location {
        Location::Header => quote!(.header_if(#wire_name, #values)),
        _ => quote!(.query_each(#wire_name, #values)),
    }
}

fn documentation(context: &Context<'_>, operation: &Operation) -> Docs {
    let endpoint = code(&format!(
        "{} {}",
        method_name(operation.method),
        operation.path
    ));
    let mut docs = Docs::starting(operation.summary.as_deref(), &format!("Calls {endpoint}."))
        .prose(operation.description.as_deref())
        .paragraph(if operation.repeatable {
            format!("{endpoint}; repeatable: tried again when it is not known if the server acted on it.")
        } else {
            format!("{endpoint}; not repeatable: never sent again once the server may have acted on it.")
        });
    let required: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(parameter_line)
        .collect();
    if !required.is_empty() {
        docs = docs
            .paragraph("# Parameters")
            .paragraph(required.join("\n"));
    }
    let errors: Vec<String> = operation
        .answers
        .iter()
        .filter(|answer| !answer.status.is_success())
        .map(|answer| {
            let status = match answer.status {
                Status::Code(code) => code.to_string(),
                Status::Range(hundreds) => format!("{hundreds}XX"),
                Status::Default => "otherwise".to_owned(),
            };
            format!("- {status}: {}", one_line(&answer.description))
        })
        .collect();
    if !errors.is_empty() {
        docs = docs.paragraph("# Errors").paragraph(errors.join("\n"));
    }
    match example::of_operation(context, operation) {
        Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
        None => docs,
    }
}

fn parameter_line(parameter: &Parameter) -> String {
    let mut line = format!("- {}", code(&parameter.name));
    if let Some(description) = &parameter.description {
        line.push_str(&format!(": {}", one_line(description)));
    }
    if parameter.deprecated {
        line.push_str(" (deprecated)");
    }
    if !parameter.refused.is_empty() {
        let refused: Vec<String> = parameter.refused.iter().map(|text| code(text)).collect();
        line.push_str(&format!(
            "; {} are other routes, and refused",
            refused.join(" and ")
        ));
    }
    line
}
