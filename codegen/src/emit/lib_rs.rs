//! `lib.rs`: documentation and exports of the crate.

use quote::quote;

use super::{Item, SourceFile, crate_docs, runtime_modules};
use crate::plan::Plan;

/// Emits `lib.rs`.
pub(super) fn emit(plan: &Plan<'_>) -> SourceFile {
    let modules = plan.runtime_modules.as_slice();
    let optional = (!modules.is_empty()).then(|| quote! { mod optional; });
    let modules = runtime_modules::exports(modules);
    let unused = plan
        .api
        .operations()
        .next()
        .is_none()
        .then(|| quote!(#[allow(dead_code, reason = "the description has no operation")]));
    let lints = (!plan.api.names().all(str::is_ascii)).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "the names are those of the API"
            )]
        }
    });
    let mock = plan.options.mock.then(|| {
        quote! {
            #[cfg(feature = "mock")]
            #[rustfmt::skip]
            pub mod mock;
        }
    });
    let mock_link = plan.options.mock.then(|| {
        quote! {
            #![cfg_attr(not(feature = "mock"), doc = "[`mock`]: #testing")]
        }
    });
    SourceFile {
        path: "src/lib.rs".to_owned(),
        docs: crate_docs::of(plan).into_lines(),
        items: vec![
            Item::Tokens(quote! {
                #![cfg_attr(not(feature = "blocking"), doc = "[`blocking`]: #blocking")]
                #mock_link
                #![cfg_attr(docsrs, feature(doc_cfg))]
                #![forbid(unsafe_code)]
                #![deny(missing_docs)]
                #lints
            }),
            // Rustdoc lists the methods of the client in this order.
            Item::Tokens(quote! {
                #[rustfmt::skip]
                mod client;
                #mock
                #[rustfmt::skip]
                mod operations;
                #[rustfmt::skip]
                pub mod types;
            }),
            Item::Tokens(quote! {
                #optional
                #unused
                mod runtime;
            }),
            // One line each, because prettyplease and rustfmt lay out longer lists differently.
            Item::Tokens(quote! {
                pub use self::runtime::{Attempt, AttemptOutcome, Interceptor};
                pub use self::runtime::{Call, Client, ClientBuilder, Error, ErrorKind};
                pub use self::runtime::{Empty, Json, Patch, RateLimit, Request};
                pub use self::runtime::{ParseEnumError, UnknownValue};
                pub use self::runtime::{Response, ResponseFormat, RetryPolicy, SendFuture};
                #modules
            }),
            Item::Tokens(quote! {
                #[cfg(feature = "blocking")]
                pub use self::runtime::blocking;
            }),
        ],
    }
}
