//! Operations, with everything that the output has for each.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase;

use super::credentials::{Credential, alternatives};
use super::examples;
use super::expressions::Example;
use super::methods::{MethodVariant, methods};
use super::mock::{MockOperation, MockPlanner};
use super::pages::{self, PagesMethod};
use super::parameters::{Parameter, Writer, parameters};
use super::servers::own_base_url;
use super::types::Types;
use crate::ir::{self, Location};
use crate::names::{CLIENT_METHODS, Casing, Scope};

/// The operations of one tag, which are one file.
pub(crate) struct OperationModule<'a> {
    pub(crate) ir: &'a ir::Module,
    pub(crate) operations: Vec<Operation<'a>>,
}

pub(crate) struct Operation<'a> {
    pub(crate) ir: &'a ir::Operation,
    /// Name of the static that describes the operation to the runtime.
    pub(crate) static_name: String,
    /// The alternatives that the operation accepts, each a list of indices of credentials.
    pub(crate) security: Vec<Vec<usize>>,
    /// Base URL of the operation, if it is not the clients' default.
    pub(crate) base_url: Option<String>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// The methods that call the operation. The first has the operation's own name.
    pub(crate) methods: Vec<MethodVariant<'a>>,
    /// The method that iterates the pages, if the description says how the operation pages.
    pub(crate) pages: Option<PagesMethod<'a>>,
    pub(crate) mock: MockOperation<'a>,
    /// A call, as a statement.
    pub(crate) example: Option<Example<'a>>,
    /// A response, as an expression.
    pub(crate) response_example: Option<Example<'a>>,
}

impl<'a> Operation<'a> {
    /// Returns the parameters that are arguments of the methods.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Parameter<'a>> {
        self.parameters.iter().filter(|it| it.ir.required)
    }

    pub(crate) fn path_parameters(&self) -> impl Iterator<Item = &Parameter<'a>> {
        let is_in_path = |it: &&Parameter<'_>| it.ir.location == Location::Path;
        self.parameters.iter().filter(is_in_path)
    }

    pub(crate) fn is_path_styled(&self) -> bool {
        self.path_parameters()
            .any(|it| matches!(it.writer, Writer::Styled(_)))
    }

    /// Whether a method asks for a stream where the operation also offers something else.
    pub(crate) fn is_streamed(&self, method: &MethodVariant<'_>) -> bool {
        self.ir.offers_stream && method.response.is_stream()
    }

    /// Returns the method with the operation's own name.
    pub(crate) fn method(&self) -> &MethodVariant<'a> {
        &self.methods[0]
    }

    /// Returns the definitions that the methods name.
    pub(crate) fn names(&self) -> BTreeSet<&'a str> {
        let values = self.required().map(|it| &it.ir.value);
        let methods = self.methods.iter().flat_map(|method| &method.names);
        let items = self.pages.iter().map(|method| method.pages.item);
        values
            .chain(items)
            .flat_map(ir::Type::names)
            .chain(methods.copied())
            .chain(self.ir.optional_parameters.as_deref())
            .collect()
    }
}

/// Returns the modules of an API. Methods other than an operation's own are named after all
/// operations, so that an operation's name depends on the operations alone.
pub(super) fn modules<'a>(
    types: &Types<'a>,
    credentials: &[Credential<'_>],
    api: &'a ir::Api,
    crate_name: &str,
) -> Vec<OperationModule<'a>> {
    let mut scope = Scope::with(&CLIENT_METHODS);
    for operation in api.operations() {
        scope.claim(operation.name.clone());
    }
    let crate_ident = crate_name.replace('-', "_");
    let mut mock = MockPlanner::new(api, types);
    let mut planned = |operation: &'a ir::Operation| Operation {
        ir: operation,
        static_name: operation.name.to_shouty_snake_case(),
        security: alternatives(credentials, operation),
        base_url: own_base_url(api, operation),
        parameters: parameters(types, operation),
        methods: methods(operation, &mut scope),
        pages: pages_method(types, operation, &mut scope),
        mock: mock.operation(operation),
        example: examples::call(types, &crate_ident, operation),
        response_example: examples::response(types, operation),
    };
    let modules = api.modules.iter().map(|module| OperationModule {
        ir: module,
        operations: module.operations.iter().map(&mut planned).collect(),
    });
    modules.collect()
}

fn pages_method<'a>(
    types: &Types<'a>,
    operation: &'a ir::Operation,
    scope: &mut Scope,
) -> Option<PagesMethod<'a>> {
    let pages = pages::pages(types, operation).ok().flatten()?;
    let wanted = format!("{} pages", operation.name);
    let name = scope.choose(&wanted, Casing::Snake).name;
    Some(PagesMethod {
        example: examples::items(types, operation, &name),
        name,
        pages,
    })
}
