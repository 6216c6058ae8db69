//! `client.rs`: the facts of the API, and the ways to make a client.

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, Module, support};

/// Emits `client.rs`.
pub(super) fn emit(context: &Context<'_>) -> Module {
    let api = context.api;
    let prefix = context.options.crate_name.to_shouty_snake_case();
    let prefix = prefix.strip_suffix("_CLIENT").unwrap_or(&prefix);
    let (key_variable, url_variable) = (format!("{prefix}_API_KEY"), format!("{prefix}_BASE_URL"));
    let option = |value: Option<&str>| match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    };
    let key_header = support::key_header(api).map(str::to_ascii_lowercase);
    let has_key = key_header.is_some();
    let key_header = option(key_header.as_deref());
    let base_url = option(api.servers.first().map(|server| server.url.as_str()));

    let (new_docs, arguments, with_key) = match has_key {
        true => (
            " A client with this API key and the defaults of [`ClientBuilder`].",
            quote!(api_key: impl Into<String>),
            quote!(.api_key(api_key)),
        ),
        false => (
            " A client with the defaults of [`ClientBuilder`].",
            TokenStream::new(),
            TokenStream::new(),
        ),
    };
    let from_env_docs = match has_key {
        true => format!(" A client with the API key of the environment variable `{key_variable}`."),
        false => " A client set up by the environment.".to_owned(),
    };
    let base_url_docs = format!(" The base URL is that of `{url_variable}`, if that is set.");
    let ways = |client: &TokenStream, build: &TokenStream| {
        quote! {
            impl #client {
                #[doc = #new_docs]
                ///
                /// # Errors
                ///
                /// If something that it is given, or a default, cannot be used.
                pub fn new(#arguments) -> Result<Self, Error> {
                    builder(&API)#with_key.#build()
                }

                #[doc = #from_env_docs]
                #[doc = #base_url_docs]
                ///
                /// # Errors
                ///
                /// If a variable is missing or holds what cannot be used.
                pub fn from_env() -> Result<Self, Error> {
                    builder_from_env(&API)?.#build()
                }
            }
        }
    };
    let blocking = ways(&quote!(crate::blocking::Client), &quote!(build_blocking));
    let blocking = quote!(#[cfg(feature = "blocking")] #blocking);
    Module {
        path: "src/client.rs".to_owned(),
        docs: Vec::new(),
        items: vec![
            Item::Tokens(quote! {
                use crate::runtime::{Api, builder, builder_from_env};
                use crate::{Client, ClientBuilder, Error};
            }),
            Item::Tokens(quote! {
                static API: Api = Api {
                    base_url: #base_url,
                    key_header: #key_header,
                    key_variable: #key_variable,
                    base_url_variable: #url_variable,
                    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                };
            }),
            Item::Tokens(ways(&quote!(Client), &quote!(build))),
            Item::Tokens(quote! {
                impl Client {
                    /// Sets up a client.
                    pub fn builder() -> ClientBuilder {
                        builder(&API)
                    }
                }
            }),
            Item::Tokens(blocking),
        ],
    }
}
