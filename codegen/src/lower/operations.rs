//! Operations: their methods, bodies and answers, grouped by tag.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation, PathItem, ReferenceOr, Response, StatusCode};
use serde_json::Value;

use super::Lowering;
use crate::code::Code;
use crate::ir::{self, Answer, Body, Content, Method, Module, Status, Type};
use crate::names::{Case, Scope, module_name};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The extension that says whether a request may be sent twice.
const REPEATABLE: &str = "x-client-repeatable";

/// The own methods of both clients, those for the runtime alone included, so that no operation can be
/// called so.
const METHODS_OF_CLIENT: [&str; 9] = [
    "builder",
    "call",
    "clone",
    "from_env",
    "inner",
    "new",
    "new_inner",
    "request",
    "start",
];

impl<'a> Lowering<'a> {
    pub(super) fn lower_operations(&mut self) -> Vec<Module> {
        let mut modules: IndexMap<Option<&str>, Module> = IndexMap::new();
        let mut module_names = Scope::with(&["mod"]);
        let mut method_names = Scope::with(&METHODS_OF_CLIENT);
        for (path, item) in self.document.paths.iter() {
            let at = Pointer::root().child("paths").child(path);
            let ReferenceOr::Item(item) = item else {
                self.problem(Problem::not_generated("a `$ref` for a path", At::Key(at)));
                continue;
            };
            self.refuse_servers(&item.servers, &at);
            for (method, operation) in item.iter() {
                let at = at.child(method);
                let fallback = format!("{method} {path}");
                let (id, place) = match operation.operation_id.as_deref() {
                    Some(id) => (id, At::Value(at.child("operationId"))),
                    None => (fallback.as_str(), At::Key(at.clone())),
                };
                let tag = operation.tags.first().map(String::as_str);
                let chosen = method_names.choose(id, Case::Snake);
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
        method: &str,
        item: &'a PathItem,
        operation: &'a Operation,
        id: &str,
        name: String,
        at: Pointer,
    ) -> ir::Operation {
        self.refuse_servers(&operation.servers, &at);
        if !operation.callbacks.is_empty() {
            let at = At::Key(at.child("callbacks"));
            self.problem(Problem::not_generated("`callbacks`", at));
        }
        let method = match method {
            "get" => Method::Get,
            "put" => Method::Put,
            "post" => Method::Post,
            "delete" => Method::Delete,
            "options" => Method::Options,
            "head" => Method::Head,
            "patch" => Method::Patch,
            _ => Method::Trace,
        };
        let (parameters, options) = self.lower_parameters(path, item, operation, id, &at);
        let repeatable = self.repeatable(operation, method, &at);
        ir::Operation {
            id: id.to_owned(),
            name,
            method,
            path: path.to_owned(),
            summary: operation.summary.clone().or_else(|| item.summary.clone()),
            description: operation.description.clone(),
            deprecated: operation.deprecated,
            repeatable,
            parameters,
            options,
            body: self.body(operation, id, &at),
            answers: self.answers(operation, id, &at),
            security: self.lower_security(operation.security.as_ref()),
            security_at: match (&operation.security, &self.document.security) {
                (Some(_), _) => at.child("security"),
                (None, Some(_)) => Pointer::root().child("security"),
                (None, None) => at.clone(),
            },
            at,
        }
    }

    fn repeatable(&mut self, operation: &Operation, method: Method, at: &Pointer) -> bool {
        match operation.extensions.get(REPEATABLE) {
            Some(Value::Bool(repeatable)) => *repeatable,
            Some(_) => {
                self.problem(Problem::new(
                    Code::BadExtension,
                    format!("`{REPEATABLE}` is not a boolean"),
                    At::Value(at.child(REPEATABLE)),
                    "it is true or false",
                ));
                false
            }
            // RFC 9110's idempotent methods.
            None => !matches!(method, Method::Post | Method::Patch),
        }
    }

    fn body(&mut self, operation: &'a Operation, id: &str, at: &Pointer) -> Option<Body> {
        let (body, at) =
            self.resolve(operation.request_body.as_ref()?, &at.child("requestBody"))?;
        Some(Body {
            required: body.required,
            contents: self.contents(&body.content, &format!("{id}Body"), &at),
            at,
        })
    }

    fn answers(&mut self, operation: &'a Operation, id: &str, at: &Pointer) -> Vec<Answer> {
        let at = at.child("responses");
        let responses = &operation.responses;
        let listed = responses.responses.iter().map(|(status, response)| {
            let lowered = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(hundreds) => Status::Range(*hundreds),
            };
            (lowered, status.to_string(), response)
        });
        let default = responses.default.iter();
        let default = default.map(|response| (Status::Default, "default".to_owned(), response));
        let all: Vec<(Status, String, &ReferenceOr<Response>)> = listed.chain(default).collect();
        let mut answers = Vec::new();
        for (status, key, response) in all {
            let at = at.child(&key);
            let Some((response, at)) = self.resolve(response, &at) else {
                // The status has an answer, whatever it is.
                answers.push(Answer {
                    status,
                    description: String::new(),
                    contents: Vec::new(),
                    at,
                });
                continue;
            };
            if !response.links.is_empty() {
                let at = At::Key(at.child("links"));
                self.problem(Problem::not_generated("`links`", at));
            }
            let hint = format!("{id} {key} answer");
            answers.push(Answer {
                status,
                description: response.description.clone(),
                contents: self.contents(&response.content, &hint, &at),
                at,
            });
        }
        answers
    }

    fn contents(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        hint: &str,
        at: &Pointer,
    ) -> Vec<Content> {
        let at = at.child("content");
        let mut contents = Vec::new();
        for (media_type, content) in content {
            let at = at.child(media_type);
            // Without a schema, anything may stand there.
            let value = match &content.schema {
                Some(schema) => self.type_of(schema, &at.child("schema"), hint),
                None => Type::Any,
            };
            contents.push(Content {
                media_type: media_type.clone(),
                value,
                example: content.example.clone(),
                at,
            });
        }
        contents
    }

    fn refuse_servers(&mut self, servers: &[openapiv3::Server], at: &Pointer) {
        if !servers.is_empty() {
            let what = "`servers` of a path or an operation";
            let at = At::Key(at.child("servers"));
            self.problem(Problem::not_generated(what, at));
        }
    }
}
