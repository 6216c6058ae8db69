//! `parts/mod.rs`: the optional modules of the runtime, and what the crate exports of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{ident, import};
use super::{Item, Module};
use crate::runtime::Part;

/// Emits `parts/mod.rs`.
pub(super) fn emit(parts: &[&Part]) -> Module {
    let modules = parts.iter().map(|part| {
        let (only, name) = (only(part), ident(part.name));
        quote!(#only pub(crate) mod #name;)
    });
    Module {
        path: "src/parts/mod.rs".to_owned(),
        docs: vec!["Modules of the runtime that not every API needs.".to_owned()],
        items: vec![Item::Tokens(quote!(#(#modules)*))],
    }
}

/// The exports of the crate.
pub(super) fn exports(parts: &[&Part]) -> TokenStream {
    let exports = parts.iter().filter(|part| !part.exports.is_empty());
    let exports = exports.map(|part| {
        let (only, module) = (only(part), ident(part.name));
        let import = import(&quote!(self::parts::#module), part.exports.iter().copied());
        quote!(#only pub #import)
    });
    quote!(#(#exports)*)
}

/// The feature without which a module is not compiled.
fn only(part: &Part) -> Option<TokenStream> {
    let feature = part.feature?;
    Some(quote!(#[cfg(feature = #feature)]))
}
