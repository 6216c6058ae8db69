//! Pieces of Rust: identifiers, literals, types, imports, and conversions of arguments.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Docs;
use crate::ir::TypeDefinition;
use crate::plan::type_facts::Argument;

/// Returns the documentation at the start of every definition.
pub(super) fn docs(definition: &TypeDefinition, otherwise: &str) -> Docs {
    Docs::starting(definition.description.as_deref(), otherwise)
        .limits(&definition.limits)
        .default_value(definition.default.as_ref())
        .deprecated(definition.deprecated)
}

/// Returns an identifier for a valid name.
pub(super) fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{name}")
}

/// Returns the tokens of Rust text in the plan, such as a type.
///
/// # Panics
///
/// If the text is not Rust. No description can cause this, because all names are valid.
pub(super) fn tokens(text: &str) -> TokenStream {
    match text.parse() {
        Ok(tokens) => tokens,
        Err(error) => panic!("the plan contains `{text}`, which is not Rust: {error}"),
    }
}

/// Returns a literal for text, as it is written in Rust.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Returns the expression that makes the value of an argument.
pub(super) fn converted(argument: Argument, name: &str) -> String {
    match argument {
        Argument::Value => name.to_owned(),
        Argument::Into => format!("{name}.into()"),
        Argument::EachInto => format!("{name}.into_iter().map(Into::into).collect()"),
    }
}

/// Returns the import of some names of a module.
pub(super) fn import<'n>(
    module: &TokenStream,
    names: impl IntoIterator<Item = &'n str>,
) -> TokenStream {
    let names: Vec<_> = names.into_iter().map(ident).collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

/// The limit of clippy. A description may have more parameters.
pub(super) const MANY_ARGUMENTS: usize = 7;
