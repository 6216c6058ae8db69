//! The files of the mock server. All of them are behind the feature `mock`.

mod operations;

use std::collections::BTreeSet;

use quote::quote;

use super::rust::{ident, import};
use super::{Item, SourceFile, Task, example, structs};
use crate::plan::Plan;
use crate::plan::definitions::{Definition, DefinitionKind};
use crate::plan::operations::Operation;
use crate::plan::structs::Struct;

/// Returns a task for each module of operations, each type that only responses have, and the files that
/// list them.
pub(super) fn tasks<'a>(plan: &'a Plan<'a>) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for module in &plan.modules {
        tasks.push(Box::new(move || operations::emit(plan, module)));
    }
    let mut files = Vec::new();
    for definition in &plan.definitions {
        if let DefinitionKind::Struct(planned) = &definition.kind
            && !definition.ir.is_constructible
        {
            files.push(definition.file.as_str());
            tasks.push(Box::new(move || constructor(definition, planned)));
        }
    }
    let has_types = !files.is_empty();
    if has_types {
        tasks.push(Box::new(move || index_of_types(&files)));
    }
    tasks.push(Box::new(move || operations::index(plan)));
    tasks.push(Box::new(move || root(plan, has_types)));
    tasks
}

fn root(plan: &Plan<'_>, has_types: bool) -> SourceFile {
    let requests = plan
        .operations()
        .map(|operation| ident(&operation.mock.request));
    let requests: Vec<_> = requests.collect();
    let requests =
        (!requests.is_empty()).then(|| quote!(pub use self::operations::{#(#requests),*};));
    let types = has_types.then(|| quote! { mod types; });
    let raw = plan
        .operations()
        .any(|operation| operation.mock.response == "mock::Raw")
        .then(|| quote!(Raw,));
    SourceFile {
        path: "src/mock/mod.rs".to_owned(),
        docs: docs(plan),
        items: vec![
            Item::Tokens(quote! {
                mod operations;
                #types
            }),
            Item::Tokens(quote! {
                #requests
                pub use crate::optional::mock::{
                    Expectation, Fault, HasBody, MockServer, #raw ReceivedRequests
                };
                use crate::{Client, Error};
            }),
            Item::Tokens(quote! {
                impl MockServer {
                    /// Starts a mock server on a free port of loopback.
                    ///
                    /// # Errors
                    ///
                    /// If no port or no thread is available, or the client of the server cannot be built.
                    pub fn start() -> Result<Self, Error> {
                        crate::optional::mock::start(Client::builder(), operations::ENDPOINTS)
                    }
                }
            }),
        ],
    }
}

fn docs(plan: &Plan<'_>) -> Vec<String> {
    let text = "A mock server of the API, for tests of programs that use this crate. Requires the feature\n\
        `mock`.\n\
        \n\
        [`MockServer::start`] starts it on loopback, and [`MockServer::client`] returns a [`Client`] of it.\n\
        It has one method for each operation, which starts an [`Expectation`]: which requests it matches,\n\
        how many, and the response.\n\
        \n\
        A request that does not decode as the operation's own types gets a 400 response, a request that\n\
        matches no expectation a 501 response. [`MockServer`] lists what is checked. Both make\n\
        [`MockServer::verify`] panic, as does an expectation that received too few requests; dropping the\n\
        server verifies too.\n\
        \n\
        With the feature `mock`, response types have a constructor and setters, as request types always do.";
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut operations = plan.featured_first();
    if let Some(block) = operations.find_map(|operation| whole_test(plan, operation)) {
        lines.push(String::new());
        lines.extend(block);
    }
    lines
}

/// Returns a code block with a whole test, if the description has the examples for it.
fn whole_test(plan: &Plan<'_>, operation: &Operation<'_>) -> Option<Vec<String>> {
    let call = operation.example.as_ref()?;
    let response = operation.response_example.as_ref()?;
    let expectation = example::expectation(operation, response);
    let crate_ident = plan.crate_ident();
    let names: BTreeSet<&str> = call.names.union(&response.names).copied().collect();
    let mut imports = vec![format!("use {crate_ident}::mock::MockServer;")];
    imports.extend(example::imports(&crate_ident, names)?);
    let mut statements = vec!["let mock = MockServer::start()?;".to_owned()];
    statements.extend(example::laid_out(&expectation)?);
    statements.extend(["", "let client = mock.client();"].map(str::to_owned));
    statements.extend(example::laid_out(&call.code)?);
    statements.push("mock.verify();".to_owned());
    Some(example::block("async fn example()", imports, statements))
}

/// Emits the constructor and setters of a type that only responses have.
fn constructor(definition: &Definition<'_>, planned: &Struct<'_>) -> SourceFile {
    let mut names = definition.names.clone();
    names.insert(&definition.ir.name);
    let imports = import(&quote!(crate::types), names);
    let patch = import(&quote!(crate), definition.names_patch.then_some("Patch"));
    SourceFile {
        path: format!("src/mock/types/{}.rs", definition.file),
        docs: Vec::new(),
        items: vec![
            Item::Tokens(quote!(#patch #imports)),
            structs::constructor(definition.ir, planned),
        ],
    }
}

fn index_of_types(files: &[&str]) -> SourceFile {
    let files = files.iter().map(|file| ident(file));
    SourceFile {
        path: "src/mock/types/mod.rs".to_owned(),
        docs: vec!["Constructors and setters of the types that only responses have.".to_owned()],
        items: vec![Item::Tokens(quote!(#(mod #files;)*))],
    }
}
