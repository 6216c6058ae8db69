//! `mock/operations/`: a file for each tag, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::{Docs, code, raw};
use super::super::rust::{ident, import, tokens};
use super::super::{Item, SourceFile, example};
use crate::ir::Location;
use crate::plan::Plan;
use crate::plan::mock::{MockParameter, Texts};
use crate::plan::operations::{Operation, OperationModule};

/// Emits `mock/operations/mod.rs`.
pub(super) fn index(plan: &Plan<'_>) -> SourceFile {
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    let mut endpoints = Vec::new();
    for module in &plan.modules {
        let name = ident(&module.ir.name);
        modules.extend(quote!(mod #name;));
        endpoints.extend(module.operations.iter().map(|operation| {
            let endpoint = ident(&operation.static_name);
            quote!(&#name::#endpoint)
        }));
        let requests = module.operations.iter();
        let requests = requests.map(|operation| ident(&operation.mock.request));
        exports.extend(quote!(pub use self::#name::{#(#requests),*};));
    }
    SourceFile {
        path: "src/mock/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the mock server, one for each operation.".to_owned()],
        items: vec![
            Item::Tokens(modules),
            Item::Tokens(exports),
            Item::Tokens(quote! {
                pub(super) static ENDPOINTS: &[&crate::optional::mock::Endpoint] = &[#(#endpoints),*];
            }),
        ],
    }
}

/// Emits the file of one tag.
pub(super) fn emit(plan: &Plan<'_>, module: &OperationModule<'_>) -> SourceFile {
    let operations = &module.operations;
    let types = operations
        .iter()
        .flat_map(|operation| &operation.mock.types);
    let names: BTreeSet<&str> = types.flat_map(|value| value.names()).collect();
    let imports = import(&quote!(crate::types), names);
    let mut items = vec![Item::Tokens(quote! {
        #imports
        use crate::optional::mock;
    })];
    let name = &module.ir.name;
    items.extend(operations.iter().map(|it| Item::Tokens(endpoint(it, name))));
    items.extend(operations.iter().map(|it| Item::Tokens(request(it))));
    let methods = operations.iter().map(|operation| method(plan, operation));
    items.push(Item::Tokens(quote!(impl mock::MockServer { #(#methods)* })));
    SourceFile {
        path: format!("src/mock/operations/{}.rs", module.ir.name),
        docs: vec![match &module.ir.tag {
            Some(tag) => format!(
                "The expectations of the operations of the tag {}.",
                code(tag)
            ),
            None => "The expectations of the operations without a tag.".to_owned(),
        }],
        items,
    }
}

/// Emits the static with the facts of an operation.
fn endpoint(operation: &Operation<'_>, module: &str) -> TokenStream {
    let mock = &operation.mock;
    let name = ident(&operation.static_name);
    let (module, request) = (ident(module), ident(&mock.request));
    let query = match &mock.query {
        Some(names) => quote!(Some(&[#(#names),*])),
        None => quote!(None),
    };
    let contents = operation.ir.body.iter().flat_map(|body| &body.contents);
    let media_types = contents.map(|content| &content.media_type);
    let (body_required, has_json_body) = (mock.is_body_required, mock.has_json_body);
    let status = proc_macro2::Literal::u16_unsuffixed(mock.status);
    let rate_limit_body = match mock.rate_limit_body.as_deref().map(raw) {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    quote! {
        pub(super) static #name: mock::Endpoint = mock::Endpoint {
            operation: &crate::operations::#module::#name,
            query: #query,
            media_types: &[#(#media_types),*],
            body_required: #body_required,
            check: mock::check::<#request>,
            success: #status,
            has_json_body: #has_json_body,
            rate_limit_body: #rate_limit_body,
        };
    }
}

/// Emits the type of the requests of an operation.
fn request(operation: &Operation<'_>) -> TokenStream {
    let mock = &operation.mock;
    let name = ident(&mock.request);
    let documentation = format!(
        " Request of {}, as the mock server received it.",
        link(operation)
    );
    let fields = mock.parameters.iter().map(|parameter| {
        let (name, value) = (ident(&parameter.ir.name), tokens(&parameter.rust_type));
        let otherwise = format!("Parameter {}.", code(&parameter.ir.wire_name));
        let docs = Docs::starting(parameter.ir.description.as_deref(), &otherwise).into_tokens();
        quote!(#docs pub #name: #value,)
    });
    let (body, decoded_body) = match (mock.body.as_deref().map(tokens), mock.is_body_required) {
        (Some(value), true) => (Some(value), Some(quote!(body: request.body()?))),
        (Some(value), false) => (
            Some(quote!(Option<#value>)),
            Some(quote!(body: request.optional_body()?)),
        ),
        (None, _) => (None, None),
    };
    let body_field = body.as_ref().map(|value| {
        quote! {
            /// Request body.
            pub body: #value,
        }
    });
    let decoded = mock.parameters.iter().map(decode).chain(decoded_body);
    let decoded: Vec<_> = decoded.collect();
    let argument = match decoded.as_slice() {
        [] => quote!(_),
        _ => quote!(request),
    };
    let has_body = body.as_ref().map(|value| {
        quote! {
            impl mock::HasBody for #name {
                type Body = #value;
                fn body(&self) -> &#value {
                    &self.body
                }
            }
        }
    });
    quote! {
        #[doc = #documentation]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #body_field
        }
        impl mock::Decode for #name {
            fn decode(#argument: &mock::MockRequest<'_>) -> Result<Self, mock::Rejection> {
                Ok(#name { #(#decoded),* })
            }
        }
        #has_body
    }
}

/// Emits the field of a parameter, decoded from the request.
fn decode(parameter: &MockParameter<'_>) -> TokenStream {
    let (name, wire_name) = (ident(&parameter.ir.name), &parameter.ir.wire_name);
    let texts = match parameter.ir.location {
        Location::Path => quote!(request.path(#wire_name)),
        Location::Query => quote!(request.query(#wire_name)),
        Location::Header => quote!(request.header(#wire_name)),
        Location::Cookie => quote!(request.cookie(#wire_name)),
    };
    match parameter.texts {
        Texts::One => quote!(#name: #texts.value()?),
        Texts::Each => quote!(#name: #texts.list()?),
        Texts::Joined(separator) => quote!(#name: #texts.joined(#separator)?),
    }
}

/// Emits the method that starts an expectation.
fn method(plan: &Plan<'_>, operation: &Operation<'_>) -> TokenStream {
    let mock = &operation.mock;
    let (method, request) = (ident(&mock.method), ident(&mock.request));
    let endpoint = ident(&operation.static_name);
    let first = format!("Starts an expectation of requests of {}.", link(operation));
    let docs = Docs::starting(None, &first)
        .example(example::of_response(plan, operation))
        .into_tokens();
    let (response, error) = (tokens(&mock.response), tokens(&mock.error));
    quote! {
        #docs
        pub fn #method(&self) -> mock::Expectation<#request, #response, #error> {
            mock::expectation(self, &#endpoint)
        }
    }
}

/// Returns a link to the client's method.
fn link(operation: &Operation<'_>) -> String {
    let name = &operation.ir.name;
    format!("[`Client::{name}`](crate::Client::{name})")
}
