//! Enums, string newtypes and unions.

use quote::quote;

use super::docs::{Docs, code};
use super::types::{docs, ident, literal, rust_type, type_text};
use super::{Context, Item};
use crate::ir::{Alternative, TypeDefinition, Variant};

/// Emits an open enum of strings.
pub(super) fn emit_enum(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "One of several texts.")
        .paragraph(
            "The server may send values that are not listed here; they are kept as `Unknown`.\n\
             Make one of text by `From<&str>`.",
        )
        .into_tokens();
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let documentation = Docs::starting(None, &code(&variant.text))
            .prose(variant.description.as_deref())
            .into_tokens();
        quote!(#documentation #name,)
    });
    let rows = variants
        .iter()
        .map(|variant| format!("{} = {}", variant.name, literal(&variant.text)));
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// A value that the description does not list.
                Unknown(crate::UnknownValue),
            }
        }),
        Item::Table {
            name: "text::text_enum",
            head: definition.name.clone(),
            rows: rows.collect(),
        },
    ]
}

/// Emits a string of its own type.
pub(super) fn emit_newtype(definition: &TypeDefinition) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A text of the API.").into_tokens();
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(String);
        }),
        Item::Tokens(quote!(text::text_newtype!(#name);)),
    ]
}

/// Emits an open union.
pub(super) fn emit_union(
    context: &Context<'_>,
    definition: &TypeDefinition,
    alternatives: &[Alternative],
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of one of several types.").into_tokens();
    let members = alternatives.iter().map(|alternative| {
        let (name, value) = (ident(&alternative.name), rust_type(&alternative.value));
        let documentation = format!(" A value of the type `{}`.", type_text(&alternative.value));
        quote! {
            #[doc = #documentation]
            #name(#value),
        }
    });
    let accessors = alternatives.iter().map(|alternative| {
        let (variant, value) = (ident(&alternative.name), rust_type(&alternative.value));
        let accessor = ident(&format!(
            "as_{}",
            crate::names::snake_name(&alternative.name)
        ));
        let documentation = format!(" The value of `{}`, if it is one.", alternative.name);
        quote! {
            #[doc = #documentation]
            pub fn #accessor(&self) -> Option<&#value> {
                match self {
                    #name::#variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    });
    let rows = alternatives.iter().map(|alternative| {
        let (name, value) = (&alternative.name, type_text(&alternative.value));
        match context.holds_date_time(&alternative.value) {
            true => format!("{name} ({value}, date_time::Rfc3339)"),
            false => format!("{name} ({value})"),
        }
    });
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// Anything else, as it stands on the wire.
                Other(serde_json::Value),
            }
        }),
        Item::Tokens(quote!(impl #name { #(#accessors)* })),
        Item::Table {
            name: "union::open_union",
            head: definition.name.clone(),
            rows: rows.collect(),
        },
    ]
}
