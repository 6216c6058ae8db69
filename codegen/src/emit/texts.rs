//! Enums of strings, and types of their own for strings, lists and maps.

use quote::quote;

use super::Item;
use super::docs::{Docs, code};
use super::rust::{docs, ident, literal, rust_type};
use crate::ir::{Type, TypeDefinition, Variant};

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

/// Emits a list or a map of its own type.
pub(super) fn emit_wrapper(definition: &TypeDefinition, value: &Type) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of the API.").into_tokens();
    let value = rust_type(value);
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct #name(pub #value);
        }),
        Item::Tokens(quote!(transparent::transparent!(#name(#value));)),
    ]
}
