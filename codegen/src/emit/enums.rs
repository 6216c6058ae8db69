//! Open enums: of strings, of integers, and of any JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::docs::{Docs, code};
use super::rust::{docs, ident, literal};
use crate::ir::{TypeDefinition, Variant};

/// What differs between the kinds of enums.
struct EnumKind {
    /// The first sentence of the documentation, unless the description has one.
    otherwise: &'static str,
    conversion: &'static str,
    derives: TokenStream,
    unknown: TokenStream,
    table: &'static str,
    /// The value of a variant in the table.
    value: fn(&str) -> String,
}

/// Emits an enum of strings.
pub(super) fn emit_strings(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of strings.",
        conversion: "Any string converts with `From<&str>`;\n`try_parse` accepts listed values only.",
        derives: quote!(Clone, Debug, PartialEq, Eq, Hash),
        unknown: quote!(UnknownValue),
        table: "serde_string::string_enum",
        value: literal,
    };
    emit(definition, variants, &kind)
}

/// Emits an enum of integers.
pub(super) fn emit_integers(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of integers.",
        conversion: "Any `i64` converts with `From<i64>`.",
        derives: quote!(Clone, Copy, Debug, PartialEq, Eq, Hash),
        unknown: quote!(UnknownInteger),
        table: "int_enum::int_enum",
        value: str::to_owned,
    };
    emit(definition, variants, &kind)
}

/// Emits an enum of any JSON.
pub(super) fn emit_json(definition: &TypeDefinition, variants: &[Variant]) -> Vec<Item> {
    let kind = EnumKind {
        otherwise: "An enum of JSON values.",
        conversion: "Any JSON value converts with `From<serde_json::Value>`.",
        derives: quote!(Clone, Debug, PartialEq, Eq, Hash),
        unknown: quote!(UnknownJson),
        table: "json_enum::json_enum",
        value: literal,
    };
    emit(definition, variants, &kind)
}

fn emit(definition: &TypeDefinition, variants: &[Variant], kind: &EnumKind) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, kind.otherwise)
        .paragraph(format!(
            "Values that are not listed here become `Unknown`. {}",
            kind.conversion
        ))
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
        .map(|variant| format!("{} = {}", variant.name, (kind.value)(&variant.text)));
    let (derives, unknown) = (&kind.derives, &kind.unknown);
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(#derives)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// A value that the description does not list.
                Unknown(crate::#unknown),
            }
        }),
        Item::Table {
            name: kind.table,
            head: definition.name.clone(),
            rows: rows.collect(),
        },
    ]
}
