//! `optional/mod.rs`: the optional modules of the runtime, and what the crate exports of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{ident, import};
use super::{Item, SourceFile};
use crate::runtime_sources::RuntimeModule;

/// Emits `optional/mod.rs`.
pub(super) fn emit(modules: &[&RuntimeModule]) -> SourceFile {
    let modules = modules.iter().map(|module| {
        let (only, name) = (only(module), ident(module.name));
        quote!(#only pub(crate) mod #name;)
    });
    SourceFile {
        path: "src/optional/mod.rs".to_owned(),
        docs: vec!["Modules of the runtime that not every API needs.".to_owned()],
        items: vec![Item::Tokens(quote!(#(#modules)*))],
    }
}

/// Returns the exports of the crate.
pub(super) fn exports(modules: &[&RuntimeModule]) -> TokenStream {
    let exports = modules.iter().filter(|module| !module.exports.is_empty());
    let exports = exports.map(|module| {
        let (only, name) = (only(module), ident(module.name));
        let import = import(
            &quote!(self::optional::#name),
            module.exports.iter().copied(),
        );
        quote!(#only pub #import)
    });
    quote!(#(#exports)*)
}

/// Returns the feature without which a module is not compiled.
fn only(module: &RuntimeModule) -> Option<TokenStream> {
    let feature = module.feature?;
    Some(quote!(#[cfg(feature = #feature)]))
}
