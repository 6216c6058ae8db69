//! `lib.rs`: what the crate is, and what it exports.

use quote::quote;

use super::docs::Docs;
use super::{Context, Item, Module, parts};
use crate::runtime::Part;

/// Emits `lib.rs`.
pub(super) fn emit(context: &Context<'_>, parts: &[&Part]) -> Module {
    let api = context.api;
    let docs = Docs::starting(Some(&format!("{}, version {}.", api.title, api.version)), "")
        .prose(api.description.as_deref())
        .paragraph(
            "Start at [`Client`]: it has one method for each operation. A method gives a [`Call`],\n\
             which is awaited for the answer's body, or sent for a [`Response`] that has status and\n\
             headers too. What goes wrong is an [`Error`].",
        );
    let parts_module = (!parts.is_empty()).then(|| {
        quote!(
            mod parts;
        )
    });
    let parts = parts::exports(parts);
    let lints = (!api.names().all(str::is_ascii)).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "the names are those of the API"
            )]
        }
    });
    Module {
        path: "src/lib.rs".to_owned(),
        docs: docs.into_lines(),
        items: vec![
            Item::Tokens(quote! {
                #![forbid(unsafe_code)]
                #![deny(missing_docs)]
                #lints
            }),
            Item::Tokens(quote! {
                #parts_module
                mod runtime;
            }),
            Item::Tokens(quote! {
                #[rustfmt::skip]
                mod client;
                #[cfg(feature = "mock")]
                #[rustfmt::skip]
                pub mod mock;
                #[rustfmt::skip]
                mod operations;
                #[rustfmt::skip]
                pub mod types;
            }),
            // Lists that fit on a line look the same to prettyplease and to rustfmt.
            Item::Tokens(quote! {
                pub use self::runtime::{Call, CallFuture, Client, ClientBuilder, Error, ErrorKind};
                pub use self::runtime::{Format, Json, Nothing, Patch, RateLimit, Request};
                pub use self::runtime::{Response, RetryPolicy, SendFuture, UnknownValue};
                #parts
            }),
            Item::Tokens(quote! {
                #[cfg(feature = "blocking")]
                pub use self::runtime::blocking;
            }),
        ],
    }
}
