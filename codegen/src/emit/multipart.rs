//! Bodies of several parts: how a struct becomes one.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use super::{Context, Item};
use crate::ir::{Field, PartEncoding, Presence, Type, TypeDefinition};

/// Emits the conversion of a struct to a body.
pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    encodings: &[PartEncoding],
    rest: &Option<(String, Type)>,
) -> Item {
    let name = ident(&definition.name);
    let parts = fields.iter().zip(encodings);
    let parts = parts.map(|(field, encoding)| part(context, field, encoding));
    let rest = rest.as_ref().map(|(name, _)| {
        let name = ident(name);
        quote! {
            for (name, parts) in &form.#name {
                for part in parts {
                    body.add(name, "", part);
                }
            }
        }
    });
    Item::Tokens(quote! {
        impl From<&#name> for crate::Multipart {
            fn from(form: &#name) -> Self {
                let mut body = crate::Multipart::new();
                #(#parts)*
                #rest
                body
            }
        }
    })
}

/// Adds a field: as one part, or, of a list, as one for each item.
fn part(context: &Context<'_>, field: &Field, encoding: &PartEncoding) -> TokenStream {
    let (wire_name, name) = (&field.wire_name, ident(&field.name));
    let media_type = encoding.content_type.as_deref().unwrap_or_default();
    let (is_list, item) = match context.behind(&field.value) {
        Type::Array(item) => (true, context.behind(item)),
        other => (false, other),
    };
    let add = |value: TokenStream| {
        let (method, value) = match (item, encoding.is_file) {
            (Type::FormPart, true) => (quote!(add_file), value),
            (Type::FormPart, false) => (quote!(add), value),
            _ if context.holds_date_time(item) => {
                (quote!(add_value), quote!(&date_time::Rfc3339(#value)))
            }
            _ => (quote!(add_value), value),
        };
        quote!(body.#method(#wire_name, #media_type, #value);)
    };
    match (field.presence, is_list) {
        (Presence::Required, false) => add(quote!(&form.#name)),
        (Presence::Required, true) => {
            let add = add(quote!(value));
            quote!(for value in &form.#name { #add })
        }
        (_, false) => {
            let add = add(quote!(value));
            quote!(if let Some(value) = &form.#name { #add })
        }
        (_, true) => {
            let add = add(quote!(value));
            quote!(for value in form.#name.iter().flatten() { #add })
        }
    }
}
