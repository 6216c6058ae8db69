//! The files of the mock: what is typed in it, and the requests that the description allows. All of
//! it is behind a feature, in files of its own.

mod description;
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

/// What the module exports besides the requests.
const EXPORTS: [&str; 6] = ["Expectation", "Expected", "Fault", "HasBody", "Mock", "Raw"];

/// The mock's own methods, so that no expectation can be called so.
const METHODS: [&str; 7] = [
    "base_url",
    "blocking_client",
    "builder",
    "client",
    "report",
    "start",
    "verify",
];

/// What an operation is called in the mock.
struct Names {
    method: String,
    /// The type of its requests.
    request: String,
}

/// By the names of the client's methods.
type AllNames = HashMap<String, Names>;

/// The method of a mock that begins an expectation of this operation.
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

/// A task for each module of operations, each type that only the server makes, the description, and
/// the indices.
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
    tasks.push(Box::new(|| description::emit(context)));
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
                mod description;
                mod operations;
                #types
            }),
            Item::Tokens(quote! {
                #requests
                pub use crate::parts::mock::{Expectation, Expected, Fault, HasBody, Mock, Raw};
                use crate::{Client, Error};
            }),
            Item::Tokens(quote! {
                impl Mock {
                    /// Starts a mock of the API on a free port of loopback.
                    ///
                    /// # Errors
                    ///
                    /// If there is no port or thread to be had, or its client cannot be built.
                    pub fn start() -> Result<Self, Error> {
                        crate::parts::mock::start(Client::builder(), &description::DESCRIPTION)
                    }
                }
            }),
        ],
    }
}

fn docs(context: &Context<'_>, names: &AllNames) -> Vec<String> {
    let text = "A stand-in for the API, for tests of programs that use this crate.\n\
        \n\
        [`Mock::start`] starts it on loopback, and [`Mock::client`] gives a [`Client`] that talks to it.\n\
        For each operation it has a method that begins an [`Expectation`]: which requests it is for,\n\
        how often, and what they are answered with.\n\
        \n\
        Every request is checked against the description. One that the description does not allow is\n\
        refused with 400, one that is not expected with 501. Either makes [`Mock::verify`] fail, as\n\
        does an expectation that is not met, and so does dropping the mock.\n\
        \n\
        With the feature `mock`, the types of answers have a constructor and setters, as those of\n\
        requests always have.";
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut operations = context.api.operations();
    if let Some(block) = operations.find_map(|operation| whole_test(context, operation, names)) {
        lines.push(String::new());
        lines.extend(block);
    }
    lines
}

/// A code block with a whole test, if the description has examples for it.
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
        format!("use {crate_name}::mock::Mock;"),
    ];
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    match types.as_slice() {
        [] => {}
        [only] => lines.push(format!("use {crate_name}::types::{only};")),
        all => lines.push(format!("use {crate_name}::types::{{{}}};", all.join(", "))),
    }
    lines.push(String::new());
    lines.push("let mock = Mock::start()?;".to_owned());
    lines.extend(answer.into_iter().filter(|line| !line.is_empty()));
    lines.push(String::new());
    lines.push("let client = mock.client();".to_owned());
    lines.extend(call.into_iter().filter(|line| !line.is_empty()));
    lines.push("mock.verify();".to_owned());
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Some(lines)
}

/// The constructor of a type that only the server makes.
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

/// The import of these types.
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
        docs: vec!["Constructors of the types that only the server makes.".to_owned()],
        items: vec![Item::Tokens(quote!(#(mod #files;)*))],
    }
}
