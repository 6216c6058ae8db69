//! How a method puts its parameters into the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::Context;
use super::super::rust::{ident, rust_type, taken};
use super::facts::{self, path_parameters};
use crate::ir::{Encoding, Location, Operation, Parameter, Scalar, Type};

/// Whether the request itself writes the parameter, without a part of the runtime: it is one text,
/// or becomes several of one name in the query.
pub(in crate::emit) fn is_plain(context: &Context<'_>, parameter: &Parameter) -> bool {
    let Encoding::Style {
        style,
        explode,
        allow_reserved: false,
    } = parameter.encoding
    else {
        return false;
    };
    let value = context.behind(&parameter.value);
    match (parameter.location, value) {
        (Location::Cookie, _) => false,
        (Location::Query, Type::Array(items)) => {
            style == "form" && explode && context.is_scalar(items)
        }
        _ => matches!(style, "form" | "simple") && context.is_scalar(value),
    }
}

/// The part of the runtime that writes a parameter which is not plain.
pub(in crate::emit) fn part(parameter: &Parameter) -> &'static str {
    match (parameter.location, &parameter.encoding) {
        (Location::Path, _) => "styled_path",
        (Location::Header, _) => "styled_header",
        (Location::Cookie, _) => "styled_cookie",
        (
            Location::Query,
            Encoding::Style {
                allow_reserved: true,
                ..
            },
        ) => "reserved_query",
        (Location::Query, _) => "styled_query",
    }
}

/// Whether the path has a parameter that a part writes, which then writes all of them.
pub(super) fn has_styled_path(context: &Context<'_>, operation: &Operation) -> bool {
    let mut parameters = path_parameters(operation).into_iter();
    parameters.any(|parameter| !is_plain(context, parameter))
}

/// Whether a part writes this parameter of this operation.
fn is_styled(context: &Context<'_>, operation: &Operation, parameter: &Parameter) -> bool {
    match parameter.location {
        Location::Path => has_styled_path(context, operation),
        _ => !is_plain(context, parameter),
    }
}

/// Whether any part writes parameters of this operation.
pub(super) fn names_styles(context: &Context<'_>, operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|parameter| is_styled(context, operation, parameter))
}

/// Statements that make arguments the values that they stand for, where a part takes those.
pub(super) fn conversions(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let required = facts::required(operation);
    let styled = required.filter(|parameter| is_styled(context, operation, parameter));
    let conversions = styled.filter_map(|parameter| {
        if *context.behind(&parameter.value) == Type::Scalar(Scalar::String) {
            return None;
        }
        let name = ident(&parameter.name);
        let (own, (_, value)) = (
            rust_type(&parameter.value),
            taken(context, &parameter.value, &name),
        );
        (name != value.to_string()).then(|| quote!(let #name: #own = #value;))
    });
    quote!(#(#conversions)*)
}

/// The expression that begins the request.
pub(super) fn request(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let descriptor = facts::static_name(operation);
    let parameters = path_parameters(operation).into_iter();
    if has_styled_path(context, operation) {
        let values = parameters.map(|parameter| {
            let (style, value) = (style(parameter), value(context, parameter));
            quote!(#style.in_path(#value))
        });
        return quote!(crate::parts::styled_path::styled(self, &#descriptor, &[#(#values),*]));
    }
    let values = parameters.map(|parameter| {
        let name = ident(&parameter.name);
        match context.behind(&parameter.value) {
            Type::Scalar(Scalar::String) => quote!(#name),
            Type::Scalar(Scalar::DateTime) => {
                quote!(&crate::runtime::wire::date_time::to_text(&#name))
            }
            value if context.is_text(value) => quote!(#name.into().as_str()),
            Type::Scalar(Scalar::Bytes) => quote!(&#name.into().to_string()),
            _ => quote!(&#name.to_string()),
        }
    });
    quote!(request(self, &#descriptor, &[#(#values),*]))
}

/// The method call that adds a parameter that is not in the path.
pub(super) fn addition(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    if !is_plain(context, parameter) {
        let (style, value) = (style(parameter), value(context, parameter));
        let method = ident(part(parameter));
        return quote!(.#method(#style, #value));
    }
    match parameter.required {
        true => required(context, parameter),
        false => optional(context, parameter),
    }
}

/// The parameter's name and style, as the part takes them.
fn style(parameter: &Parameter) -> TokenStream {
    let named = matches!(parameter.location, Location::Query | Location::Cookie);
    let (function, explode) = match &parameter.encoding {
        Encoding::Content { .. } if named => ("named_json", false),
        Encoding::Content { .. } => ("json", false),
        Encoding::Style { style, explode, .. } => {
            let function = match (*style, parameter.location) {
                ("form", Location::Cookie) => "cookie",
                ("label", _) => "label",
                ("matrix", _) => "matrix",
                ("form", _) => "form",
                ("spaceDelimited", _) => "space_delimited",
                ("pipeDelimited", _) => "pipe_delimited",
                ("deepObject", _) => "deep_object",
                _ => "simple",
            };
            (function, *explode)
        }
    };
    let (function, name) = (ident(function), &parameter.wire_name);
    let exploded = explode.then(|| quote!(.exploded()));
    quote!(style::#function(#name)#exploded)
}

/// The parameter's value, as a part takes it.
fn value(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let value = match parameter.required {
        true => quote!(#name),
        false => quote!(params.#name),
    };
    match context.holds_date_time(&parameter.value) {
        true => quote!(&crate::runtime::wire::date_time::Rfc3339(&#value)),
        false => quote!(&#value),
    }
}

fn required(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let (wire_name, name) = (&parameter.wire_name, ident(&parameter.name));
    let value = match context.behind(&parameter.value) {
        Type::Array(inner) => {
            let inner_type = rust_type(inner);
            let values = match context.behind(inner) {
                Type::Scalar(Scalar::DateTime) => {
                    quote!(#name.iter().map(crate::runtime::wire::date_time::to_text))
                }
                inner if context.is_text(inner) => {
                    quote!(#name.into_iter().map(Into::<#inner_type>::into))
                }
                _ => quote!(#name),
            };
            return quote!(.query_each(#wire_name, #values));
        }
        Type::Scalar(Scalar::DateTime) => quote!(crate::runtime::wire::date_time::to_text(&#name)),
        Type::Scalar(Scalar::String) => quote!(#name),
        Type::Scalar(Scalar::Bytes) => quote!(#name.into()),
        value if context.is_text(value) => quote!(#name.into()),
        _ => quote!(#name),
    };
    match parameter.location {
        Location::Header => quote!(.header(#wire_name, #value)),
        _ => quote!(.query(#wire_name, #value)),
    }
}

fn optional(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let (wire_name, name) = (&parameter.wire_name, ident(&parameter.name));
    let value = context.behind(&parameter.value);
    let values = match value {
        Type::Array(_) => quote!(params.#name.iter().flatten()),
        value if is_copied(value) => quote!(params.#name),
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

/// Whether values are taken by copying them.
fn is_copied(value: &Type) -> bool {
    matches!(
        value,
        Type::Scalar(
            Scalar::Boolean
                | Scalar::Int32
                | Scalar::Int64
                | Scalar::Float
                | Scalar::Double
                | Scalar::Date
        )
    )
}
