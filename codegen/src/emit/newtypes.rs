//! Types of their own for strings, lists and maps, and aliases.

use quote::quote;

use super::Item;
use super::rust::{docs, ident, tokens};
use crate::ir::{Type, TypeDefinition};
use crate::plan::types::rust_type;

/// Emits a string with a type of its own.
pub(super) fn emit_string(definition: &TypeDefinition) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A string of the API.").into_tokens();
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(String);
        }),
        Item::Tokens(quote!(serde_string::string_newtype!(#name);)),
    ]
}

/// Emits a list or a map with a type of its own.
pub(super) fn emit_wrapper(definition: &TypeDefinition, value: &Type, equality: &str) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of the API.").into_tokens();
    let (value, equality) = (tokens(&rust_type(value)), tokens(equality));
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, Default, #equality)]
            pub struct #name(pub #value);
        }),
        Item::Tokens(quote!(newtype::newtype!(#name(#value));)),
    ]
}

/// Emits an alias.
pub(super) fn emit_alias(definition: &TypeDefinition, target: &Type) -> Vec<Item> {
    let documentation = docs(definition, "A value of the API.").into_tokens();
    let name = ident(&definition.name);
    let target = tokens(&rust_type(target));
    vec![Item::Tokens(
        quote!(#documentation pub type #name = #target;),
    )]
}
