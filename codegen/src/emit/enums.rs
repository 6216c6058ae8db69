//! Enums of integers, and of any JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::docs::{Docs, code};
use super::rust::{docs, ident, literal};
use crate::ir::{TypeDefinition, Variant};

/// Emits an open enum of integers.
pub(super) fn emit_integers(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "One of several integers.")
        .paragraph(
            "The server may send values that are not listed here; they are kept as `Unknown`.\n\
             Make one of an integer by `From<i64>`.",
        )
        .into_tokens();
    let members = members(variants);
    let rows = variants
        .iter()
        .map(|variant| format!("{} = {}", variant.name, variant.text));
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #members
                /// A value that the description does not list.
                Unknown(crate::UnknownInteger),
            }
        }),
        Item::Table {
            name: "integers::integer_enum",
            head: definition.name.clone(),
            rows: rows.collect(),
        },
    ]
}

/// Emits an open enum of any JSON.
pub(super) fn emit_literals(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "One of several values.")
        .paragraph(
            "The server may send values that are not listed here; they are kept as `Unknown`.\n\
             Make one of JSON by `From<serde_json::Value>`.",
        )
        .into_tokens();
    let members = members(variants);
    let rows = variants
        .iter()
        .map(|variant| format!("{} = {}", variant.name, literal(&variant.text)));
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #members
                /// A value that the description does not list.
                Unknown(crate::UnknownLiteral),
            }
        }),
        Item::Table {
            name: "literals::literal_enum",
            head: definition.name.clone(),
            rows: rows.collect(),
        },
    ]
}

fn members(variants: &[Variant]) -> TokenStream {
    let members = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let documentation = Docs::starting(None, &code(&variant.text))
            .prose(variant.description.as_deref())
            .into_tokens();
        quote!(#documentation #name,)
    });
    quote!(#(#members)*)
}
