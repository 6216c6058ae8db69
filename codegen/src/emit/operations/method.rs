//! The method of an operation, on the async client and on the one that blocks.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Context;
use super::super::types::{ident, rust_type, taken};
use super::ways::Way;
use super::{docs, path_parameters, static_name};
use crate::ir::{Location, Operation, Parameter, Type};

/// Emits a method of the async client.
pub(super) fn emit(context: &Context<'_>, operation: &Operation, way: &Way<'_>) -> TokenStream {
    let documentation = docs::of(context, operation, way).into_tokens();
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (name, descriptor) = (ident(way.name), static_name(operation));
    let arguments = arguments(context, operation, way);
    let answer = way.answer();

    let path_values = path_parameters(operation).into_iter().map(|parameter| {
        let name = ident(&parameter.name);
        match context.behind(&parameter.value) {
            Type::String => quote!(#name),
            Type::DateTime => quote!(&crate::runtime::wire::date_time::to_text(&#name)),
            value if context.is_text(value) => quote!(#name.into().as_str()),
            _ => quote!(&#name.to_string()),
        }
    });
    let others = required(operation)
        .filter(|parameter| parameter.location != Location::Path)
        .map(|parameter| required_parameter(context, parameter));
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| optional_parameter(context, parameter));
    let request = quote! {
        request(self, &#descriptor, &[#(#path_values),*])
            #(#others)*
            #(#optional)*
    };
    let body = way.body_setter();
    let call = match is_body_required(operation) {
        true => way.call(&quote!(#request #body)),
        false => {
            let call = way.call(&quote!(request));
            quote! {
                let mut request = #request;
                if let Some(body) = body {
                    request = request #body;
                }
                #call
            }
        }
    };
    quote! {
        #documentation
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> Call<#answer> {
            #call
        }
    }
}

/// Emits a method of the client that blocks.
pub(super) fn emit_blocking(
    context: &Context<'_>,
    operation: &Operation,
    way: &Way<'_>,
) -> TokenStream {
    let name = ident(way.name);
    let documentation = format!(" As [`Client::{name}`], but blocks the calling thread.");
    let (deprecated, allow) = match operation.deprecated {
        true => (
            Some(quote!(#[deprecated])),
            Some(quote!(#[allow(deprecated)])),
        ),
        false => (None, None),
    };
    let arguments = arguments(context, operation, way);
    let names = argument_names(operation, way);
    let answer = way.blocking_answer();
    let stream = way.is_stream().then(|| quote!(.stream()));
    quote! {
        #[doc = #documentation]
        #deprecated
        #allow
        pub fn #name(&self, #(#arguments),*) -> crate::blocking::Call<#answer> {
            self.call(self.client.#name(#(#names),*)) #stream
        }
    }
}

/// Whether there is no body that could be left out.
fn is_body_required(operation: &Operation) -> bool {
    operation.body.as_ref().is_none_or(|body| body.required)
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
}

/// The parameters of the method: required ones of the operation, the body, optional ones.
fn arguments(context: &Context<'_>, operation: &Operation, way: &Way<'_>) -> Vec<TokenStream> {
    let required = required(operation).map(|parameter| {
        let name = ident(&parameter.name);
        let taken = match context.behind(&parameter.value) {
            Type::String => quote!(&str),
            _ => taken(context, &parameter.value, &name).0,
        };
        quote!(#name: #taken)
    });
    let body = way.arguments(is_body_required(operation)).into_iter();
    let body = body.map(|(name, value)| {
        let name = ident(name);
        quote!(#name: #value)
    });
    let options = operation.options.as_ref().map(|options| {
        let options = ident(options);
        quote!(params: &#options)
    });
    required.chain(body).chain(options).collect()
}

fn argument_names(operation: &Operation, way: &Way<'_>) -> Vec<Ident> {
    let required = required(operation).map(|parameter| ident(&parameter.name));
    let body = way.arguments(true).into_iter().map(|(name, _)| ident(name));
    let options = operation.options.as_ref().map(|_| ident("params"));
    required.chain(body).chain(options).collect()
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
