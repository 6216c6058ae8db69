//! How a method puts its parameters into the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::rust::{converted, ident, tokens};
use crate::ir::Location;
use crate::plan::operations::Operation;
use crate::plan::parameters::{Parameter, Plain, RuntimeStyle, Styled, Writer};
use crate::plan::type_facts::Text;

/// Statements that convert arguments to the types that an optional module takes.
pub(super) fn conversions(operation: &Operation<'_>) -> TokenStream {
    let conversions = operation.required().filter_map(|parameter| {
        let Writer::Styled(styled) = &parameter.writer else {
            return None;
        };
        let (argument, value) = styled.conversion.as_ref()?;
        let (name, value) = (ident(&parameter.ir.name), tokens(value));
        let converted = tokens(&converted(*argument, &parameter.ir.name));
        Some(quote!(let #name: #value = #converted;))
    });
    quote!(#(#conversions)*)
}

/// Returns the expression that begins the request.
pub(super) fn request(operation: &Operation<'_>) -> TokenStream {
    let descriptor = ident(&operation.static_name);
    let values = operation.path_parameters().map(|parameter| {
        let name = ident(&parameter.ir.name);
        match &parameter.writer {
            Writer::Styled(planned) => {
                let (style, value) = styled(parameter, planned);
                quote!(#style.in_path(#value))
            }
            Writer::Plain(plain) => match plain.text {
                Text::Str => quote!(#name),
                Text::Rfc3339 => quote!(&crate::runtime::date_time::to_text(&#name)),
                Text::StringType => quote!(#name.into().as_str()),
                Text::IntoDisplay => quote!(&#name.into().to_string()),
                Text::Display => quote!(&#name.to_string()),
            },
        }
    });
    match operation.is_path_styled() {
        true => quote!(crate::optional::styled_path::styled(self, &#descriptor, &[#(#values),*])),
        false => quote!(request(self, &#descriptor, &[#(#values),*])),
    }
}

/// Returns the method call that adds a parameter that is not in the path.
pub(super) fn addition(parameter: &Parameter<'_>) -> TokenStream {
    match &parameter.writer {
        Writer::Styled(planned) => {
            let (style, value) = styled(parameter, planned);
            let method = ident(planned.module);
            quote!(.#method(#style, #value))
        }
        Writer::Plain(plain) if parameter.ir.required => required(parameter, plain),
        Writer::Plain(plain) => optional(parameter, plain),
    }
}

/// Returns the parameter's name and style, and its value, as an optional module takes them.
fn styled(parameter: &Parameter<'_>, planned: &Styled) -> (TokenStream, TokenStream) {
    let style = with_name(&planned.style, &parameter.ir.wire_name);
    let name = ident(&parameter.ir.name);
    let value = match parameter.ir.required {
        true => quote!(#name),
        false => quote!(params.#name),
    };
    let value = match planned.has_rfc3339 {
        true => quote!(&crate::runtime::date_time::Rfc3339(&#value)),
        false => quote!(&#value),
    };
    (quote!(style::#style), value)
}

/// Returns a style with the name of a parameter or of a form property, without the path of its module.
pub(super) fn with_name(style: &RuntimeStyle, name: &str) -> TokenStream {
    let function = ident(style.function);
    let exploded = style.explode.then(|| quote!(.exploded()));
    quote!(#function(#name)#exploded)
}

fn required(parameter: &Parameter<'_>, plain: &Plain) -> TokenStream {
    let (wire_name, name) = (&parameter.ir.wire_name, ident(&parameter.ir.name));
    if plain.is_list {
        let values = match plain.text {
            Text::Rfc3339 => quote!(#name.iter().map(crate::runtime::date_time::to_text)),
            Text::Str | Text::StringType => {
                let item = tokens(&plain.rust_type);
                quote!(#name.into_iter().map(Into::<#item>::into))
            }
            Text::IntoDisplay | Text::Display => quote!(#name),
        };
        return quote!(.query_each(#wire_name, #values));
    }
    let value = match plain.text {
        Text::Rfc3339 => quote!(crate::runtime::date_time::to_text(&#name)),
        Text::StringType | Text::IntoDisplay => quote!(#name.into()),
        Text::Str | Text::Display => quote!(#name),
    };
    match parameter.ir.location {
        Location::Header => quote!(.header(#wire_name, #value)),
        _ => quote!(.query(#wire_name, #value)),
    }
}

fn optional(parameter: &Parameter<'_>, plain: &Plain) -> TokenStream {
    let (wire_name, name) = (&parameter.ir.wire_name, ident(&parameter.ir.name));
    let items = match plain.is_list {
        true => quote!(params.#name.iter().flatten()),
        false => quote!(params.#name.iter()),
    };
    let values = match plain.text {
        Text::Rfc3339 => quote!(#items.map(crate::runtime::date_time::to_text)),
        _ if plain.is_list => items,
        _ if plain.is_copy => quote!(params.#name),
        _ => quote!(&params.#name),
    };
    match parameter.ir.location {
        Location::Header => quote!(.header_if(#wire_name, #values)),
        _ => quote!(.query_each(#wire_name, #values)),
    }
}
