//! The methods of an operation, on the async and on the blocking client.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::docs::doc;
use super::super::rust::{MANY_ARGUMENTS, ident, tokens};
use super::{docs, parameters};
use crate::ir::{BodyKind, Content, Encoding, Location};
use crate::plan::Plan;
use crate::plan::methods::{ContentType, MethodVariant, RequestBody, ResponseKind};
use crate::plan::operations::Operation;
use crate::plan::parameters::RuntimeStyle;

/// Emits a method of the async client.
pub(super) fn emit(
    plan: &Plan<'_>,
    operation: &Operation<'_>,
    method: &MethodVariant<'_>,
) -> TokenStream {
    let documentation = docs::of(plan, operation, method).into_tokens();
    let deprecated = operation.ir.deprecated.then(|| quote!(#[deprecated]));
    let returned = tokens(&method.call);
    let conversions = parameters::conversions(operation);
    let request = parameters::request(operation);
    let outside_path = operation.parameters.iter();
    let outside_path = outside_path.filter(|parameter| parameter.ir.location != Location::Path);
    let (required, optional): (Vec<_>, Vec<_>) =
        outside_path.partition(|parameter| parameter.ir.required);
    let additions = required
        .into_iter()
        .chain(optional)
        .map(parameters::addition);
    let request = quote!(#request #(#additions)*);
    let body = method.body.as_ref();
    let set_body = body.map(set_body);
    let call = match body.is_none_or(|body| body.required) {
        true => call(method, &quote!(#request #set_body)),
        false => {
            let call = call(method, &quote!(request));
            quote! {
                let mut request = #request;
                if let Some(body) = body {
                    request = request #set_body;
                }
                #call
            }
        }
    };
    function(
        &quote!(#documentation #deprecated),
        &method.name,
        &arguments(operation, method),
        &quote!(Call<#returned>),
        &quote!(#conversions #call),
    )
}

/// Emits a method of the blocking client.
pub(super) fn emit_blocking(operation: &Operation<'_>, method: &MethodVariant<'_>) -> TokenStream {
    let name = ident(&method.name);
    let documentation = doc(&format!(
        " Blocking version of [`Client::{name}`], as in `client.{name}(..).wait()?`."
    ));
    let deprecated = deprecated(operation);
    let arguments = arguments(operation, method);
    let names = arguments.iter().map(|(name, _)| name);
    let returned = tokens(&method.blocking_call);
    let stream = match method.response {
        ResponseKind::Stream => Some(quote!(.stream())),
        ResponseKind::Items => Some(quote!(.items())),
        ResponseKind::Status | ResponseKind::Json | ResponseKind::Format => None,
    };
    function(
        &quote!(#documentation #deprecated),
        &method.name,
        &arguments,
        &quote!(crate::blocking::Call<#returned>),
        &quote!(self.call(self.client.#name(#(#names),*)) #stream),
    )
}

/// Returns the attributes of a method that calls a deprecated method.
pub(super) fn deprecated(operation: &Operation<'_>) -> Option<TokenStream> {
    let is_deprecated = operation.ir.deprecated;
    is_deprecated.then(|| quote!(#[deprecated] #[allow(deprecated)]))
}

/// Returns a method of a client.
pub(super) fn function(
    attributes: &TokenStream,
    name: &str,
    arguments: &[(Ident, TokenStream)],
    returned: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let name = ident(name);
    let has_many = 1 + arguments.len() > MANY_ARGUMENTS;
    let allow_many = has_many.then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let arguments = arguments.iter().map(|(name, value)| quote!(#name: #value));
    quote! {
        #attributes
        #allow_many
        pub fn #name(&self, #(#arguments),*) -> #returned {
            #body
        }
    }
}

/// Returns the arguments of the method: required parameters, the body, optional parameters.
pub(super) fn arguments(
    operation: &Operation<'_>,
    method: &MethodVariant<'_>,
) -> Vec<(Ident, TokenStream)> {
    let required = operation.required();
    let required = required.map(|it| (ident(&it.ir.name), tokens(&it.argument_type)));
    let body = method.body.iter().flat_map(|body| {
        let content_type = match body.content_type {
            ContentType::Argument => Some((ident("body_type"), quote!(&str))),
            ContentType::Runtime | ContentType::Fixed(_) => None,
        };
        let body = (ident("body"), tokens(&body.argument_type));
        content_type.into_iter().chain([body])
    });
    let optional = operation.ir.optional_parameters.iter().map(|name| {
        let name = ident(name);
        (ident("params"), quote!(&#name))
    });
    required.chain(body).chain(optional).collect()
}

/// Returns the expression that makes a call of a request.
fn call(method: &MethodVariant<'_>, request: &TokenStream) -> TokenStream {
    let accept = &method.accept;
    match method.response {
        ResponseKind::Status => quote!(#request.call_without_body()),
        ResponseKind::Json => quote!(#request.call()),
        ResponseKind::Stream => {
            quote!(#request.header("accept", #accept).call_without_body().stream())
        }
        ResponseKind::Items => quote!(#request.header("accept", #accept).items()),
        ResponseKind::Format if accept.is_empty() => quote!(Call::new(#request)),
        ResponseKind::Format => quote!(Call::new(#request.header("accept", #accept))),
    }
}

/// Returns the calls on a request that set the body.
fn set_body(body: &RequestBody<'_>) -> TokenStream {
    let setter = match body.content.kind {
        BodyKind::Json => quote!(.json(body)),
        BodyKind::Text | BodyKind::Stream => quote!(.text(body)),
        BodyKind::Bytes | BodyKind::Items(_) => quote!(.bytes(body)),
        BodyKind::Form => set_form(body.content),
        BodyKind::Multipart => quote!(.multipart(body)),
    };
    match &body.content_type {
        ContentType::Runtime => setter,
        ContentType::Argument => quote!(#setter.header("content-type", body_type)),
        ContentType::Fixed(media_type) => quote!(#setter.header("content-type", #media_type)),
    }
}

/// Returns the call that sets a form, with the properties that have a style of their own.
fn set_form(content: &Content) -> TokenStream {
    if content.properties.is_empty() {
        return quote!(.form(body));
    }
    let properties = content.properties.iter().map(|property| {
        // A form has the styles of a query.
        let style = RuntimeStyle::of(Location::Query, &property.encoding);
        let style = parameters::with_name(&style, &property.name);
        let reserved = matches!(
            property.encoding,
            Encoding::Style {
                allow_reserved: true,
                ..
            }
        );
        quote!((crate::optional::style::#style, #reserved))
    });
    quote!(.styled_form(body, &[#(#properties),*]))
}
