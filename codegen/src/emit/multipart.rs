//! Multipart bodies: how a struct becomes one.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::rust::ident;
use crate::ir::{Presence, TypeDefinition};
use crate::plan::structs::{Field, MultipartField, Struct};

/// Emits the conversion of a struct to a body.
pub(super) fn emit(definition: &TypeDefinition, planned: &Struct<'_>) -> Item {
    let name = ident(&definition.name);
    let fields = planned.fields.iter();
    let parts = fields.filter_map(|field| Some(part(field, field.part.as_ref()?)));
    let rest = planned.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
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

/// Adds a field: one part, or one part for each item of a list.
fn part(field: &Field<'_>, part: &MultipartField<'_>) -> TokenStream {
    let (wire_name, name) = (&field.ir.wire_name, ident(&field.ir.name));
    let media_type = part.encoding.content_type.as_deref().unwrap_or_default();
    let add = |value: TokenStream| {
        let (method, value) = match (part.is_form_part, part.encoding.is_file) {
            (true, true) => (quote!(add_file), value),
            (true, false) => (quote!(add), value),
            (false, _) if part.has_rfc3339 => {
                (quote!(add_value), quote!(&date_time::Rfc3339(#value)))
            }
            (false, _) => (quote!(add_value), value),
        };
        quote!(body.#method(#wire_name, #media_type, #value);)
    };
    let each = add(quote!(value));
    match (field.ir.presence, part.is_list) {
        (Presence::Required, false) => add(quote!(&form.#name)),
        (Presence::Required, true) => quote!(for value in &form.#name { #each }),
        (_, false) => quote!(if let Some(value) = &form.#name { #each }),
        (_, true) => quote!(for value in form.#name.iter().flatten() { #each }),
    }
}
