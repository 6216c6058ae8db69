//! `client.rs`: the facts of the API, and the constructors of the clients.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{attribute, code, one_line};
use super::rust::ident;
use super::{Item, SourceFile, credentials};
use crate::ir::Server;
use crate::plan::Plan;

/// Emits `client.rs`.
pub(super) fn emit(plan: &Plan<'_>) -> SourceFile {
    let url_variable = &plan.base_url_variable;
    let base_url = match plan.base_url() {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let servers = servers(&plan.api.servers);
    let security_fields = credentials::fields(plan);
    let (arguments, with_credential) = credentials::of_new(&plan.credentials);
    let new_docs = match plan.credentials.first() {
        Some(first) => format!(
            " Creates a client with this {} and the defaults of [`ClientBuilder`].",
            first.display_name
        ),
        None => " Creates a client with the defaults of [`ClientBuilder`].".to_owned(),
    };
    let from_env_docs = credentials::of_the_environment(&plan.credentials);
    let base_url_docs = match plan.base_url() {
        Some(_) => format!(" `{url_variable}` replaces the base URL, if it is set."),
        None => format!(" `{url_variable}` contains the base URL."),
    };
    let constructors = |client: &TokenStream, build: &TokenStream| {
        quote! {
            impl #client {
                #[doc = #new_docs]
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if an argument
                /// or the default configuration is invalid.
                pub fn new(#arguments) -> Result<Self, Error> {
                    builder(&API)#with_credential.#build()
                }

                #(#[doc = #from_env_docs])*
                #[doc = #base_url_docs]
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a variable is
                /// missing or its value is invalid.
                pub fn from_env() -> Result<Self, Error> {
                    Client::builder_from_env()?.#build()
                }
            }
        }
    };
    let blocking = constructors(&quote!(crate::blocking::Client), &quote!(build_blocking));
    let blocking = quote!(#[cfg(feature = "blocking")] #blocking);
    let mut runtime = vec!["Api", "builder", "builder_from_env"];
    runtime.extend(credentials::imports(&plan.credentials));
    runtime.sort_unstable();
    let runtime = runtime.into_iter().map(ident);
    let mut module = SourceFile {
        path: "src/client.rs".to_owned(),
        docs: Vec::new(),
        items: vec![
            Item::Tokens(quote! {
                use crate::runtime::{#(#runtime),*};
                use crate::{Client, ClientBuilder, Error};
            }),
            Item::Tokens(quote! {
                static API: Api = Api {
                    base_url: #base_url,
                    #security_fields
                    base_url_variable: #url_variable,
                    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                };
            }),
            Item::Tokens(constructors(&quote!(Client), &quote!(build))),
            Item::Tokens(quote! {
                impl Client {
                    /// Returns a builder for a client with other credentials, base URL, timeouts, retries, TLS or
                    /// proxies.
                    #servers
                    pub fn builder() -> ClientBuilder {
                        builder(&API)
                    }

                    /// Returns a builder with the credentials and the base URL that
                    /// [`from_env`](Client::from_env) reads, for a client with further settings.
                    ///
                    /// # Errors
                    ///
                    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a variable is
                    /// missing or is not valid UTF-8.
                    pub fn builder_from_env() -> Result<ClientBuilder, Error> {
                        builder_from_env(&API)
                    }
                }
            }),
            Item::Tokens(blocking),
        ],
    };
    let setters = credentials::setters(&plan.credentials).map(Item::Tokens);
    module.items.extend(setters);
    module
}

/// Returns the documentation of the servers. None is needed for one server with a fixed URL.
fn servers(servers: &[Server]) -> Option<TokenStream> {
    let first = servers.first();
    if let ([only], Some(_)) = (servers, first.and_then(Server::address))
        && only.variables.is_empty()
    {
        return None;
    }
    let method = "[`base_url`](ClientBuilder::base_url)";
    let mut lines = vec![String::new()];
    lines.push(match first.and_then(Server::address) {
        Some(url) => format!(
            "Requests are sent to {}, unless {method} sets another URL.",
            code(url)
        ),
        None => format!(
            "{method} must set the URL of the server: the description has {}.",
            first.map_or("no server".to_owned(), |server| format!(
                "only the relative URL {}",
                code(&server.url)
            ))
        ),
    });
    if !servers.is_empty() {
        lines.extend([
            String::new(),
            "The description lists these servers:".to_owned(),
            String::new(),
        ]);
    }
    for server in servers {
        let description = server.description.as_deref().map(one_line);
        lines.push(item("- ", &code(&server.template), description));
        for variable in &server.variables {
            let mut head = format!("{}: {}", code(&variable.name), code(&variable.default));
            head.push_str(" by default");
            if !variable.values.is_empty() {
                let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
                head.push_str(&format!(", one of {}", values.join(", ")));
            }
            let description = variable.description.as_deref().map(one_line);
            lines.push(item("  - ", &head, description));
        }
    }
    Some(attribute(&lines))
}

fn item(mark: &str, head: &str, description: Option<String>) -> String {
    match description {
        Some(description) => format!("{mark}{head}: {description}"),
        None => format!("{mark}{head}"),
    }
}
