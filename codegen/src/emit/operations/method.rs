//! The method of an operation, on the async client and on the one that blocks.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Context;
use super::super::rust::{allow_many, ident, taken};
use super::facts::required;
use super::ways::Way;
use super::{docs, parameters};
use crate::ir::{Location, Operation, Scalar, Type};

/// Emits a method of the async client.
pub(super) fn emit(context: &Context<'_>, operation: &Operation, way: &Way<'_>) -> TokenStream {
    let documentation = docs::of(context, operation, way).into_tokens();
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(way.name);
    let arguments = arguments(context, operation, way);
    let answer = way.answer();

    let conversions = parameters::conversions(context, operation);
    let request = parameters::request(context, operation);
    let outside_path = operation.parameters.iter();
    let outside_path = outside_path.filter(|parameter| parameter.location != Location::Path);
    let (required, optional): (Vec<_>, Vec<_>) =
        outside_path.partition(|parameter| parameter.required);
    let additions = required.into_iter().chain(optional);
    let additions = additions.map(|parameter| parameters::addition(context, parameter));
    let request = quote!(#request #(#additions)*);
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
    let allow_many = allow_many(1 + arguments.len());
    quote! {
        #documentation
        #deprecated
        #allow_many
        pub fn #name(&self, #(#arguments),*) -> Call<#answer> {
            #conversions
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
    let allow_many = allow_many(1 + arguments.len());
    quote! {
        #[doc = #documentation]
        #deprecated
        #allow
        #allow_many
        pub fn #name(&self, #(#arguments),*) -> crate::blocking::Call<#answer> {
            self.call(self.client.#name(#(#names),*)) #stream
        }
    }
}

/// Whether there is no body that could be left out.
fn is_body_required(operation: &Operation) -> bool {
    operation.body.as_ref().is_none_or(|body| body.required)
}

/// The parameters of the method: required ones of the operation, the body, optional ones.
fn arguments(context: &Context<'_>, operation: &Operation, way: &Way<'_>) -> Vec<TokenStream> {
    let required = required(operation).map(|parameter| {
        let name = ident(&parameter.name);
        let taken = match context.behind(&parameter.value) {
            Type::Scalar(Scalar::String) => quote!(&str),
            _ => taken(context, &parameter.value, &name).0,
        };
        quote!(#name: #taken)
    });
    let body = way.arguments(is_body_required(operation)).into_iter();
    let body = body.map(|(name, value)| {
        let name = ident(name);
        quote!(#name: #value)
    });
    let options = operation.optional_parameters.as_ref().map(|options| {
        let options = ident(options);
        quote!(params: &#options)
    });
    required.chain(body).chain(options).collect()
}

fn argument_names(operation: &Operation, way: &Way<'_>) -> Vec<Ident> {
    let required = required(operation).map(|parameter| ident(&parameter.name));
    let body = way.arguments(true).into_iter().map(|(name, _)| ident(name));
    let options = operation
        .optional_parameters
        .as_ref()
        .map(|_| ident("params"));
    required.chain(body).chain(options).collect()
}
