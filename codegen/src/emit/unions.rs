//! Open unions: the enum, its accessors, and the runtime's table of its variants.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::docs::code;
use super::rust::{docs, ident, literal, tokens};
use crate::ir::{Discriminator, TypeDefinition};
use crate::plan::unions::{Union, UnionVariant};

/// Emits an open union.
pub(super) fn emit(definition: &TypeDefinition, union: &Union<'_>, equality: &str) -> Vec<Item> {
    let (name, equality) = (ident(&definition.name), tokens(equality));
    let documentation = docs(definition, "A value of one of several types.");
    let documentation = match how_chosen(union) {
        Some(text) => documentation.paragraph(text),
        None => documentation,
    };
    let documentation = documentation.into_tokens();
    let members = union.variants.iter().map(member);
    let accessors = union
        .variants
        .iter()
        .map(|variant| accessor(&name, variant));
    let head = match union.discriminator {
        Some(Discriminator { key, .. }) => format!("{} by {}", definition.name, literal(key)),
        None => definition.name.clone(),
    };
    let rows = union.order.iter();
    let rows = rows.map(|index| row(&union.variants[*index], union.discriminator));
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
        Item::table("serde_union::union", &head, rows),
    ]
}

/// Returns how a value finds its variant.
fn how_chosen(union: &Union<'_>) -> Option<String> {
    let untagged = union.order.iter().map(|index| union.variants[*index].ir);
    let untagged = untagged.filter(|variant| variant.discriminator_values.is_empty());
    let untagged: Vec<String> = untagged.map(|variant| code(&variant.name)).collect();
    let selects = union
        .discriminator
        .map(|discriminator| format!("The key {} selects the variant.", code(&discriminator.key)));
    let (subject, names) = match (&selects, untagged.as_slice()) {
        (Some(selects), []) => {
            return Some(format!(
                "{selects} An object with another value of the key is kept as `Other`."
            ));
        }
        (None, [] | [_]) => return None,
        (Some(_), [only]) => {
            let otherwise = format!("Any other value is decoded as {only} if possible.");
            return Some(format!("{}\n{otherwise}", selects?));
        }
        (None, _) if union.differ_by_json_type => {
            return Some("The JSON type of a value selects the variant.".to_owned());
        }
        (None, names) => ("A value is decoded as", names.join(", ")),
        (Some(_), names) => ("Any other value is decoded as", names.join(", ")),
    };
    let order = match union.order.is_sorted() {
        true => "the first is used".to_owned(),
        false => format!("the first is used, in the order {names}"),
    };
    let best_match = format!(
        "{subject} the variant that keeps most of its fields and items, at any depth.\n\
         Of variants that keep the same, {order}.\n\
         If several variants each keep what the others ignore, it is kept as `Other`."
    );
    Some(match selects {
        Some(selects) => format!("{selects}\n{best_match}"),
        None => best_match,
    })
}

fn member(variant: &UnionVariant<'_>) -> TokenStream {
    let (name, text) = (ident(&variant.ir.name), &variant.rust_type);
    let value = tokens(text);
    let value = match variant.is_boxed {
        true => quote!(Box<#value>),
        false => value,
    };
    let tags = variant.ir.discriminator_values.iter();
    let tags: Vec<String> = tags.map(|tag| code(tag)).collect();
    let documentation = match tags.join(" or ").as_str() {
        "" => format!(" A value of type `{text}`."),
        tags => format!(" A value of type `{text}`, selected by {tags}."),
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
fn row(variant: &UnionVariant<'_>, discriminator: Option<&Discriminator>) -> String {
    let value = &variant.rust_type;
    let wrapper = match variant.has_rfc3339 {
        true => ", date_time::Rfc3339",
        false => "",
    };
    let row = format!("{} ({value}{wrapper})", variant.ir.name);
    let tags = variant.ir.discriminator_values.iter();
    let tags: Vec<String> = tags.map(|tag| literal(tag)).collect();
    match (tags.as_slice(), discriminator) {
        ([], _) | (_, None) => row,
        // The type of the variant has the key.
        (tags, Some(discriminator)) if discriminator.is_implied => {
            format!("{row} if {}", tags.join(" | "))
        }
        (tags, Some(_)) => format!("{row} = {}", tags.join(" | ")),
    }
}
