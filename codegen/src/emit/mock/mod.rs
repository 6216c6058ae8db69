//! The files of the mock server. All of them are behind the feature `mock`.

mod operations;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use super::{Context, Item, Module, Task, example, structs};
use crate::ir::{Operation, Presence, Shape, Type, TypeDefinition};
use crate::names::{Scope, module_name};

/// Names that the module exports besides the request types. A request type has none of them.
const EXPORTS: [&str; 6] = [
    "Expectation",
    "Fault",
    "HasBody",
    "MockServer",
    "Raw",
    "ReceivedRequests",
];

/// Methods that every mock server has. The method of an operation has none of these names.
const METHODS: [&str; 7] = [
    "base_url",
    "blocking_client",
    "builder",
    "client",
    "report",
    "start",
    "verify",
];

/// Names of an operation in the mock server.
struct Names {
    method: String,
    /// Type of its requests.
    request: String,
}

/// Names of each operation, by the name of the client's method.
type AllNames = HashMap<String, Names>;

/// Returns the method of the mock server that starts an expectation of this operation.
pub(super) fn method(context: &Context<'_>, operation: &Operation) -> String {
    names(context)[&operation.name].method.clone()
}

fn names(context: &Context<'_>) -> AllNames {
    let mut methods = Scope::with(&METHODS);
    let types = context.api.types.iter();
    let taken: Vec<&str> = types
        .map(|definition| definition.name.as_str())
        .chain(EXPORTS)
        .collect();
    let mut requests = Scope::with(&taken);
    let operations = context.api.operations();
    operations
        .map(|operation| {
            let request = format!("{}Request", operation.name.to_upper_camel_case());
            let names = Names {
                method: methods.claim(operation.name.clone()),
                request: requests.claim(request),
            };
            (operation.name.clone(), names)
        })
        .collect()
}

/// Returns a task for each module of operations, each type that only responses have, and the files that
/// list them.
pub(super) fn tasks<'a>(context: &'a Context<'a>) -> Vec<Task<'a>> {
    let names = Arc::new(names(context));
    let mut tasks: Vec<Task<'a>> = Vec::new();
    for module in &context.api.modules {
        let names = Arc::clone(&names);
        tasks.push(Box::new(move || operations::emit(context, module, &names)));
    }
    let mut files = Vec::new();
    let mut scope = Scope::with(&["mod"]);
    for definition in &context.api.types {
        let file = scope.claim(module_name(&definition.name));
        if matches!(definition.shape, Shape::Struct { .. }) && !definition.is_constructible {
            files.push(file.clone());
            tasks.push(Box::new(move || constructor(context, definition, &file)));
        }
    }
    let has_types = !files.is_empty();
    if has_types {
        tasks.push(Box::new(move || index_of_types(&files)));
    }
    let of_operations = Arc::clone(&names);
    tasks.push(Box::new(move || operations::index(context, &of_operations)));
    tasks.push(Box::new(move || root(context, &names, has_types)));
    tasks
}

fn root(context: &Context<'_>, names: &AllNames, has_types: bool) -> Module {
    let requests: Vec<_> = context
        .api
        .operations()
        .map(|operation| ident(&names[&operation.name].request))
        .collect();
    let requests =
        (!requests.is_empty()).then(|| quote!(pub use self::operations::{#(#requests),*};));
    let types = has_types.then(|| {
        quote!(
            mod types;
        )
    });
    Module {
        path: "src/mock/mod.rs".to_owned(),
        docs: docs(context, names),
        items: vec![
            Item::Tokens(quote! {
                mod operations;
                #types
            }),
            Item::Tokens(quote! {
                #requests
                pub use crate::parts::mock::{
                    Expectation, Fault, HasBody, MockServer, Raw, ReceivedRequests,
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
                        crate::parts::mock::start(Client::builder(), operations::ENDPOINTS)
                    }
                }
            }),
        ],
    }
}

fn docs(context: &Context<'_>, names: &AllNames) -> Vec<String> {
    let text = "A mock server of the API, for tests of programs that use this crate.\n\
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
    let mut operations = context.api.operations();
    if let Some(block) = operations.find_map(|operation| whole_test(context, operation, names)) {
        lines.push(String::new());
        lines.extend(block);
    }
    lines
}

/// Returns a code block with a whole test, if the description has the examples for it.
fn whole_test(
    context: &Context<'_>,
    operation: &Operation,
    names: &AllNames,
) -> Option<Vec<String>> {
    let method = &names[&operation.name].method;
    let call = example::of_operation(context, operation)?;
    let answer = example::of_answer(context, operation, method)?;
    let crate_name = context.crate_ident();
    let own = |lines: Vec<String>| -> (Vec<String>, Vec<String>) {
        let lines = lines
            .into_iter()
            .filter(|line| !line.starts_with("# ") && !line.starts_with("```"));
        lines.partition(|line| line.starts_with("use "))
    };
    let ((call_imports, call), (answer_imports, answer)) = (own(call), own(answer));
    let imports: BTreeSet<String> = call_imports.into_iter().chain(answer_imports).collect();
    let types = imports.iter().flat_map(|line| {
        let list = line
            .trim_end_matches(';')
            .rsplit("::")
            .next()
            .unwrap_or_default();
        list.trim_matches(['{', '}']).split(", ").map(str::to_owned)
    });
    let types: BTreeSet<String> = types.collect();
    let mut lines = vec![
        "```no_run".to_owned(),
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!("use {crate_name}::mock::MockServer;"),
    ];
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    match types.as_slice() {
        [] => {}
        [only] => lines.push(format!("use {crate_name}::types::{only};")),
        all => lines.push(format!("use {crate_name}::types::{{{}}};", all.join(", "))),
    }
    lines.push(String::new());
    lines.push("let mock = MockServer::start()?;".to_owned());
    lines.extend(answer.into_iter().filter(|line| !line.is_empty()));
    lines.push(String::new());
    lines.push("let client = mock.client();".to_owned());
    lines.extend(call.into_iter().filter(|line| !line.is_empty()));
    lines.push("mock.verify();".to_owned());
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Some(lines)
}

/// Emits the constructor and setters of a type that only responses have.
fn constructor(context: &Context<'_>, definition: &TypeDefinition, file: &str) -> Module {
    let mut imports = BTreeSet::from([definition.name.as_str()]);
    let mut patch = TokenStream::new();
    if let Shape::Struct { fields, .. } = &definition.shape {
        for field in fields {
            imports.extend(
                field
                    .value
                    .walk()
                    .into_iter()
                    .filter_map(|part| match part {
                        Type::Named(name) => Some(name.as_str()),
                        _ => None,
                    }),
            );
            if field.presence == Presence::Patch {
                patch = quote!(
                    use crate::Patch;
                );
            }
        }
    }
    let imports = import(&imports);
    Module {
        path: format!("src/mock/types/{file}.rs"),
        docs: Vec::new(),
        items: vec![
            Item::Tokens(quote!(#patch #imports)),
            Item::Tokens(structs::emit_constructor(context, definition).unwrap_or_default()),
        ],
    }
}

/// Emits the import of these types.
fn import(names: &BTreeSet<&str>) -> TokenStream {
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use crate::types::#name;),
        names => quote!(use crate::types::{#(#names),*};),
    }
}

fn index_of_types(files: &[String]) -> Module {
    let files = files.iter().map(|file| ident(file));
    Module {
        path: "src/mock/types/mod.rs".to_owned(),
        docs: vec!["Constructors and setters of the types that only responses have.".to_owned()],
        items: vec![Item::Tokens(quote!(#(mod #files;)*))],
    }
}
