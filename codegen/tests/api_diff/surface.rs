//! The public surface of a generated crate: everything that a program can name, one line for each item.

use std::collections::{BTreeMap, BTreeSet};

use codegen::Options;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

/// Returns the public surface of the client of a description.
pub fn surface(description: &str, options: &Options) -> BTreeSet<String> {
    let output = codegen::generate(description.as_bytes(), options);
    let output = output.unwrap_or_else(|found| panic!("{found}"));
    let files = output.files.iter();
    let own = files.filter(|(path, _)| !path.starts_with("src/runtime/"));
    let items: Vec<Item> = own
        .filter(|(path, _)| path.ends_with(".rs"))
        .flat_map(|(_, text)| syn::parse_file(text).expect("it is Rust").items)
        .collect();
    let mut aliases = BTreeMap::new();
    for item in &items {
        if let Item::Type(alias) = item {
            aliases.insert(alias.ident.to_string(), alias.ty.to_token_stream());
        }
    }
    let mut surface = BTreeSet::new();
    for item in &items {
        for line in lines(item) {
            surface.insert(without_aliases(line, &aliases).to_string());
        }
    }
    surface.extend(aliases.keys().map(|name| format!("type {name}")));
    surface
}

fn lines(item: &Item) -> Vec<TokenStream> {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = &item.ident;
            let fields = match &item.fields {
                Fields::Named(fields) => fields.named.iter().collect(),
                Fields::Unnamed(_) | Fields::Unit => Vec::new(),
            };
            let fields = fields.into_iter().filter(|field| is_public(&field.vis));
            let fields = fields.map(|field| {
                let (field, value) = (&field.ident, &field.ty);
                quote!(#name . #field : #value)
            });
            std::iter::once(quote!(struct #name))
                .chain(fields)
                .collect()
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let name = &item.ident;
            let variants = item.variants.iter().map(|variant| {
                let (variant, fields) = (&variant.ident, &variant.fields);
                quote!(#name :: #variant #fields)
            });
            std::iter::once(quote!(enum #name))
                .chain(variants)
                .collect()
        }
        Item::Impl(item) => {
            let owner = &item.self_ty;
            if let Some((of, _)) = &item.trait_ {
                return vec![quote!(impl #of for #owner)];
            }
            let methods = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if is_public(&method.vis) => Some(&method.sig),
                _ => None,
            });
            methods
                .map(|signature| {
                    // Callers do not depend on the name of an argument.
                    let arguments = signature.inputs.iter().map(|argument| match argument {
                        FnArg::Receiver(receiver) => receiver.to_token_stream(),
                        FnArg::Typed(argument) => argument.ty.to_token_stream(),
                    });
                    let (name, output) = (&signature.ident, &signature.output);
                    quote!(#owner :: #name (#(#arguments),*) #output)
                })
                .collect()
        }
        Item::Macro(item) => rows(item.mac.tokens.clone()),
        _ => Vec::new(),
    }
}

/// The rows of a macro that implements serde: the name on the wire, the name in Rust, and in parentheses
/// how the value is encoded.
fn rows(table: TokenStream) -> Vec<TokenStream> {
    let mut tokens = table.into_iter();
    let (Some(owner), Some(TokenTree::Group(table))) = (tokens.next(), tokens.next()) else {
        return Vec::new();
    };
    let mut rows = vec![TokenStream::new()];
    for token in table.stream() {
        match (&token, rows.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => {
                rows.push(TokenStream::new());
            }
            (TokenTree::Group(_), _) | (_, None) => {}
            (_, Some(row)) => row.extend([token]),
        }
    }
    rows.retain(|row| !row.is_empty());
    rows.into_iter().map(|row| quote!(#owner #row)).collect()
}

fn without_aliases(tokens: TokenStream, aliases: &BTreeMap<String, TokenStream>) -> TokenStream {
    let mut replaced = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) => match aliases.get(&name.to_string()) {
                Some(target) => replaced.extend(without_aliases(target.clone(), aliases)),
                None => replaced.extend([TokenTree::Ident(name)]),
            },
            TokenTree::Group(group) => {
                let inner = without_aliases(group.stream(), aliases);
                let group = proc_macro2::Group::new(group.delimiter(), inner);
                replaced.extend([TokenTree::Group(group)]);
            }
            other => replaced.extend([other]),
        }
    }
    replaced
}
