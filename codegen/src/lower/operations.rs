//! Operations, grouped by tag.

use indexmap::IndexMap;
use openapiv3::{Operation, PathItem, ReferenceOr};

use super::Lowering;
use super::servers::server;
use crate::ir::{self, Method, Module};
use crate::names::{CLIENT_METHODS, Casing, Scope, module_name};
use crate::openapi::extension::{Extension, FEATURED, METHOD, PAGES, REPEATABLE};
use crate::openapi::pages::Pages;
use crate::openapi::path_template::without_fragment;
use crate::problem::At;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn lower_operations(&mut self) -> Vec<Module> {
        let mut modules: IndexMap<Option<&str>, Module> = IndexMap::new();
        let mut module_names = Scope::with(&["mod", "operations"]);
        let mut method_names = Scope::with(&CLIENT_METHODS);
        for (path, item) in self.document.paths.iter() {
            // The check reports a reference that does not resolve.
            let ReferenceOr::Item(item) = item else {
                continue;
            };
            let at = Pointer::root().descend(["paths", path]);
            for (key, operation) in item.iter() {
                let Some(method) = method(key, operation) else {
                    continue;
                };
                let at = at.child(key);
                let suffix = format!("#{}", method.as_str());
                let path = path.strip_suffix(&suffix).unwrap_or(path);
                let fallback = format!("{} {path}", method.key());
                let (id, place) = match operation.operation_id.as_deref() {
                    Some(id) => (id, At::Value(at.child("operationId"))),
                    None => (fallback.as_str(), At::Key(at.clone())),
                };
                let tag = operation.tags.first().map(String::as_str);
                let chosen = method_names.choose(id, Casing::Snake);
                let name = self.named(chosen, id, place);
                let lowered = self.operation(path, method, item, operation, id, name, at);
                let module = modules.entry(tag).or_insert_with(|| Module {
                    name: module_names.claim(module_name(tag.unwrap_or("untagged"))),
                    tag: tag.map(str::to_owned),
                    operations: Vec::new(),
                });
                module.operations.push(lowered);
            }
        }
        modules.into_values().collect()
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "all of them say which operation it is"
    )]
    fn operation(
        &mut self,
        path: &str,
        method: Method,
        item: &'a PathItem,
        operation: &'a Operation,
        id: &str,
        name: String,
        at: Pointer,
    ) -> ir::Operation {
        self.not_in_client("`callbacks`", at.child("callbacks"));
        let (parameters, optional_parameters) =
            self.lower_parameters(path, item, operation, id, &at);
        let repeatable = is_repeatable(operation, &method);
        let body = self.body(operation, id, &at);
        let responses = self.responses(operation, &method, id, &at);
        ir::Operation {
            id: id.to_owned(),
            name,
            method,
            path: without_fragment(path).to_owned(),
            summary: operation.summary.clone().or_else(|| item.summary.clone()),
            description: operation.description.clone(),
            deprecated: operation.deprecated,
            repeatable,
            server: operation
                .servers
                .first()
                .or(item.servers.first())
                .map(server),
            pages: operation.extensions.get(PAGES.key).and_then(Pages::of),
            is_featured: flag(operation, &FEATURED).unwrap_or_default(),
            parameters,
            optional_parameters,
            body,
            success: responses.success,
            error: responses.error,
            offers_stream: responses.offers_stream,
            responses: responses.all,
            security: self.lower_security(operation.security.as_ref()),
            security_at: match (&operation.security, &self.document.security) {
                (Some(_), _) => at.child("security"),
                (None, Some(_)) => Pointer::root().child("security"),
                (None, None) => at.clone(),
            },
            at,
        }
    }
}

/// The method of an operation under a key. A stage before this one may have changed the key.
fn method(key: &str, operation: &Operation) -> Option<Method> {
    let stated = operation.extensions.get(METHOD);
    match stated.and_then(|stated| stated.as_str()) {
        Some(name) => Some(Method::of_name(name)),
        None => Method::of_key(key),
    }
}

/// Whether the request may be sent twice: as the extension says, or else as the method says.
fn is_repeatable(operation: &Operation, method: &Method) -> bool {
    flag(operation, &REPEATABLE).unwrap_or_else(|| method.is_idempotent())
}

fn flag(operation: &Operation, extension: &Extension) -> Option<bool> {
    operation.extensions.get(extension.key)?.as_bool()
}
