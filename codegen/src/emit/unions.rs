//! Open unions: the enum, its accessors, and the runtime's table of its variants.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::docs::code;
use super::rust::{docs, ident, literal, tokens};
use crate::ir::TypeDefinition;
use crate::plan::unions::{Matching, Union, UnionVariant};

/// Emits an open union.
pub(super) fn emit(
    definition: &TypeDefinition,
    union: &Union<'_>,
    equality: &TokenStream,
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "A value of one of several types.");
    let (documentation, table, head) = match union.matching {
        Matching::Discriminator(key) => (
            documentation.paragraph(format!(
                "The key {} selects the variant. If its value is not listed here, the object is kept as \
                 `Other`.",
                code(key)
            )),
            "serde_union::tagged",
            format!("{} by {}", definition.name, literal(key)),
        ),
        Matching::BestFit => (
            documentation.paragraph(
                "A value is decoded as the first type that has a field for each of its keys. If there is \
                 none,\nthe type that ignores the fewest keys is used, or `Other` if several types have \
                 fields for different keys.",
            ),
            "serde_union::untagged",
            definition.name.clone(),
        ),
        Matching::JsonType => (documentation, "serde_union::open_union", definition.name.clone()),
    };
    let documentation = documentation.into_tokens();
    let members = union.variants.iter().map(member);
    let accessors = union
        .variants
        .iter()
        .map(|variant| accessor(&name, variant));
    let rows = union.order.iter().map(|index| row(&union.variants[*index]));
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, #equality)]
            #[allow(clippy::large_enum_variant)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// Any other value, as JSON.
                Other(serde_json::Value),
            }
        }),
        Item::Tokens(quote!(impl #name { #(#accessors)* })),
        Item::Table {
            name: table,
            head,
            rows: rows.collect(),
        },
    ]
}

fn member(variant: &UnionVariant<'_>) -> TokenStream {
    let (name, text) = (ident(&variant.ir.name), &variant.rust_type);
    let value = tokens(text);
    let value = match variant.is_boxed {
        true => quote!(Box<#value>),
        false => value,
    };
    let documentation = match &variant.ir.discriminator_value {
        Some(tag) => format!(" A value of type `{text}`, selected by {}.", code(tag)),
        None => format!(" A value of type `{text}`."),
    };
    quote! {
        #[doc = #documentation]
        #name(#value),
    }
}

fn accessor(name: &proc_macro2::Ident, variant: &UnionVariant<'_>) -> TokenStream {
    let value = tokens(&variant.borrowed_type);
    let accessor = ident(&variant.accessor);
    let documentation = format!(
        " Returns the value, if it is of the variant `{}`.",
        variant.ir.name
    );
    let found = match variant.is_boxed {
        true => quote!(&**value),
        false => quote!(value),
    };
    let variant = ident(&variant.ir.name);
    quote! {
        #[doc = #documentation]
        pub fn #accessor(&self) -> Option<#value> {
            match self {
                #name::#variant(value) => Some(#found),
                _ => None,
            }
        }
    }
}

/// Returns the row of a variant in the runtime's table.
fn row(variant: &UnionVariant<'_>) -> String {
    let value = &variant.rust_type;
    let wrapper = match variant.has_rfc3339 {
        true => ", date_time::Rfc3339",
        false => "",
    };
    let row = format!("{} ({value}{wrapper})", variant.ir.name);
    match (&variant.ir.discriminator_value, variant.unknown) {
        (Some(tag), _) => {
            let field = variant.discriminator_field;
            let field = field.map(|field| format!(" at {field}"));
            format!("{} => {row}{}", literal(tag), field.unwrap_or_default())
        }
        (None, Some(pattern)) => format!("{row} unless {value}::{pattern}"),
        (None, None) => row,
    }
}
