//! The parts of the runtime that a description needs, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::types::ident;
use super::{Context, Item, Module};
use crate::ir::Type;
use crate::runtime::{PARTS, Part};

/// The parts that the output names, by name.
pub(super) fn needed(context: &Context<'_>) -> Vec<&'static Part> {
    let mut names = BTreeSet::new();
    for value in context.api.values() {
        for part in value.parts() {
            if *part == Type::Bytes {
                names.insert("base64");
            }
        }
    }
    names.extend(
        context
            .schemes
            .iter()
            .filter_map(|scheme| scheme.kind.part()),
    );
    let parts = PARTS.iter();
    parts.filter(|part| names.contains(part.name)).collect()
}

/// Emits `parts/mod.rs`.
pub(super) fn emit(parts: &[&Part]) -> Module {
    let modules: Vec<_> = parts.iter().map(|part| ident(part.name)).collect();
    Module {
        path: "src/parts/mod.rs".to_owned(),
        docs: vec!["What this API needs besides what each client has.".to_owned()],
        items: vec![Item::Tokens(quote!(#(pub(crate) mod #modules;)*))],
    }
}

/// What the crate exports of its parts.
pub(super) fn exports(parts: &[&Part]) -> TokenStream {
    let exports = parts.iter().map(|part| {
        let module = ident(part.name);
        let names = part.exports.iter().map(|name| ident(name));
        match part.exports {
            [] => TokenStream::new(),
            [_] => quote!(pub use self::parts::#module::#(#names)*;),
            _ => quote!(pub use self::parts::#module::{#(#names),*};),
        }
    });
    quote!(#(#exports)*)
}
