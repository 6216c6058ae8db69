//! From the IR to a plan: every decision that needs Rust is made here, and [`emit`](crate::emit)
//! prints it. No tokens are made here.

pub(crate) mod crate_docs;
pub(crate) mod credentials;
pub(crate) mod definitions;
mod examples;
pub(crate) mod expressions;
pub(crate) mod methods;
pub(crate) mod mock;
pub(crate) mod operations;
pub(crate) mod pages;
pub(crate) mod parameters;
mod runtime_modules;
mod servers;
pub(crate) mod structs;
pub(crate) mod type_facts;
pub(crate) mod types;
pub(crate) mod unions;
mod unsupported;

use self::credentials::{Credential, variable_prefix};
use self::definitions::Definition;
use self::operations::{Operation, OperationModule};
use self::types::Types;
pub(crate) use self::unsupported::unsupported;
use crate::ir::Api;
use crate::options::Options;
use crate::runtime_sources::RuntimeModule;

/// What the output is.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    pub(crate) options: &'a Options,
    pub(crate) types: Types<'a>,
    pub(crate) credentials: Vec<Credential<'a>>,
    /// Environment variable that holds the base URL.
    pub(crate) base_url_variable: String,
    pub(crate) modules: Vec<OperationModule<'a>>,
    pub(crate) definitions: Vec<Definition<'a>>,
    pub(crate) runtime_modules: Vec<&'static RuntimeModule>,
}

impl<'a> Plan<'a> {
    /// Plans the output for an API in which nothing is [`unsupported`].
    pub(crate) fn of(api: &'a Api, options: &'a Options) -> Self {
        let types = Types::of(api);
        let credentials = credentials::credentials(api, &options.crate_name);
        let modules = operations::modules(&types, &credentials, api, &options.crate_name);
        let definitions = definitions::definitions(&types, api);
        Plan {
            runtime_modules: runtime_modules::needed(
                api,
                &credentials,
                &modules,
                &definitions,
                options.mock,
            ),
            base_url_variable: format!("{}_BASE_URL", variable_prefix(&options.crate_name)),
            api,
            options,
            types,
            credentials,
            modules,
            definitions,
        }
    }

    /// Returns the crate's name in Rust.
    pub(crate) fn crate_ident(&self) -> String {
        self.options.crate_name.replace('-', "_")
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation<'a>> {
        self.modules.iter().flat_map(|module| &module.operations)
    }

    /// Returns all operations, those first that examples should call.
    pub(crate) fn featured_first(&self) -> impl Iterator<Item = &Operation<'a>> {
        let is = |featured| move |it: &&Operation<'a>| it.ir.is_featured == featured;
        self.operations()
            .filter(is(true))
            .chain(self.operations().filter(is(false)))
    }

    /// Whether operations require different credentials.
    pub(crate) fn has_mixed_security(&self) -> bool {
        let mut all = self.operations().map(|operation| &operation.security);
        let first = all.next();
        all.any(|other| Some(other) != first)
    }

    /// Returns the base URL that clients have by default.
    pub(crate) fn base_url(&self) -> Option<&'a str> {
        servers::base_url(self.api)
    }
}
