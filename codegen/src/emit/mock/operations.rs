//! `mock/operations/`: a file for each tag, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::{Docs, code, raw};
use super::super::operations::facts::static_name;
use super::super::rust::{ident, rust_type};
use super::super::{Context, Item, Module, example};
use super::{AllNames, Names, description, import};
use crate::ir::{
    self, BodyKind, Encoding, Location, Operation, Parameter, ResponseShape, Status, Type,
};

/// Emits `mock/operations/mod.rs`.
pub(super) fn index(context: &Context<'_>, names: &AllNames) -> Module {
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    for module in &context.api.modules {
        let name = ident(&module.name);
        modules.extend(quote!(pub(super) mod #name;));
        let requests = module.operations.iter();
        let requests = requests.map(|operation| ident(&names[&operation.name].request));
        exports.extend(quote!(pub use self::#name::{#(#requests),*};));
    }
    Module {
        path: "src/mock/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the mock, one for each operation.".to_owned()],
        items: vec![Item::Tokens(modules), Item::Tokens(exports)],
    }
}

/// Emits the file of one tag.
pub(super) fn emit(context: &Context<'_>, module: &ir::Module, names: &AllNames) -> Module {
    let operations: Vec<Mocked<'_>> = module
        .operations
        .iter()
        .map(|operation| Mocked {
            context,
            operation,
            names: &names[&operation.name],
        })
        .collect();
    let types = operations.iter().flat_map(Mocked::types);
    let types: BTreeSet<&str> = types
        .flat_map(Type::walk)
        .filter_map(|part| match part {
            Type::Named(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let imports = import(&types);
    let mut items = vec![Item::Tokens(quote! {
        #imports
        use crate::parts::mock;
    })];
    items.extend(operations.iter().map(|it| Item::Tokens(it.endpoint())));
    items.extend(operations.iter().map(|it| Item::Tokens(it.request())));
    let methods = operations.iter().map(Mocked::method);
    items.push(Item::Tokens(quote!(impl mock::Mock { #(#methods)* })));
    Module {
        path: format!("src/mock/operations/{}.rs", module.name),
        docs: vec![match &module.tag {
            Some(tag) => format!(
                "The expectations of the operations of the tag {}.",
                code(tag)
            ),
            None => "The expectations of the operations without a tag.".to_owned(),
        }],
        items,
    }
}

/// An operation in the mock.
struct Mocked<'a> {
    context: &'a Context<'a>,
    operation: &'a Operation,
    names: &'a Names,
}

impl<'a> Mocked<'a> {
    /// The types that its file names.
    fn types(&self) -> Vec<&'a Type> {
        let parameters = self.parameters().into_iter();
        let parameters = parameters.map(|parameter| &parameter.value);
        let outcomes = [&self.operation.success, &self.operation.error];
        let outcomes = outcomes.into_iter().filter_map(json);
        parameters.chain(self.body()).chain(outcomes).collect()
    }

    /// The parameters whose values are read: those of one text, and lists of these.
    fn parameters(&self) -> Vec<&'a Parameter> {
        let is_read = |parameter: &&Parameter| {
            let styles = ["form", "simple", "spaceDelimited", "pipeDelimited"];
            let read = match &parameter.encoding {
                Encoding::Style { style, .. } => styles.contains(style),
                Encoding::Content { .. } => false,
            };
            let value = self.context.behind(&parameter.value);
            let value = match value {
                Type::Array(inner) => self.context.behind(inner),
                other => other,
            };
            let plain = !matches!(
                value,
                Type::Array(_)
                    | Type::Map(_)
                    | Type::FreeForm
                    | Type::Nullable(_)
                    | Type::Boxed(_)
                    | Type::FormPart
                    | Type::Any
            );
            let text = !matches!(value, Type::Named(_)) || self.context.is_text(value);
            read && plain && text
        };
        self.operation.parameters.iter().filter(is_read).collect()
    }

    /// The type of the body, if it is always JSON.
    fn body(&self) -> Option<&'a Type> {
        let [content] = self.operation.body.as_ref()?.contents.as_slice() else {
            return None;
        };
        (content.kind == BodyKind::Json).then_some(&content.value)
    }

    fn is_body_required(&self) -> bool {
        let body = self.operation.body.as_ref();
        body.is_some_and(|body| body.required)
    }

    /// The answer of a success, with a body if one has a body.
    fn success(&self) -> Option<&'a ir::Response> {
        let answers = self.operation.responses.iter();
        let successes = answers.filter(|answer| answer.is_success);
        // Of those that are as good, `max_by_key` gives the last.
        successes
            .rev()
            .max_by_key(|answer| !answer.contents.is_empty())
    }

    fn endpoint(&self) -> TokenStream {
        let operation = self.operation;
        let name = static_name(operation);
        let (id, path) = (&operation.id, &operation.path);
        let method = operation.method.as_str();
        let request = description::request(self.context, operation);
        let status = match self.success().map(|answer| answer.status) {
            Some(Status::Code(code)) => code,
            _ => 200,
        };
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        let answers_json = json(&self.operation.success).is_some();
        let throttled = operation
            .responses
            .iter()
            .find(|answer| answer.status == Status::Code(429))
            .and_then(|answer| answer.contents.first())
            .and_then(|content| content.example.as_ref())
            .map(|example| raw(&example.to_string()));
        let throttled = match throttled {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        };
        quote! {
            pub(in crate::mock) static #name: mock::Endpoint = mock::Endpoint {
                id: #id,
                method: #method,
                path: #path,
                request: #request,
                success: #status,
                answers_json: #answers_json,
                throttled: #throttled,
            };
        }
    }

    /// The type of its requests.
    fn request(&self) -> TokenStream {
        let name = ident(&self.names.request);
        let documentation = format!(" A request of {}.", self.link());
        let fields = self.parameters().into_iter().map(|parameter| {
            let (name, value) = (ident(&parameter.name), rust_type(&parameter.value));
            let wire_name = code(&parameter.wire_name);
            let otherwise = format!("The parameter {wire_name}.");
            let docs = Docs::starting(parameter.description.as_deref(), &otherwise).into_tokens();
            let value = match parameter.required {
                true => value,
                false => quote!(Option<#value>),
            };
            quote!(#docs pub #name: #value,)
        });
        let body = self.body().map(rust_type);
        let body = body.map(|value| match self.is_body_required() {
            true => value,
            false => quote!(Option<#value>),
        });
        let body_field = body.as_ref().map(|value| {
            quote! {
                /// The body.
                pub body: #value,
            }
        });
        let has_body = body.as_ref().map(|value| {
            quote! {
                impl mock::HasBody for #name {
                    type Body = #value;
                    fn body(&self) -> &#value {
                        &self.body
                    }
                }
            }
        });
        quote! {
            #[doc = #documentation]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #body_field
            }
            #has_body
        }
    }

    /// The method that begins an expectation.
    fn method(&self) -> TokenStream {
        let (method, request) = (ident(&self.names.method), ident(&self.names.request));
        let endpoint = static_name(self.operation);
        let docs = Docs::starting(None, &format!("Expects requests of {}.", self.link()));
        let docs = match example::of_answer(self.context, self.operation, &self.names.method) {
            Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
            None => docs,
        };
        let docs = docs.into_tokens();
        let answer = match &self.operation.success {
            ResponseShape::Empty => quote!(()),
            success => json(success).map_or_else(|| quote!(mock::Raw), rust_type),
        };
        let error = json(&self.operation.error).map(rust_type);
        let error = error.unwrap_or_else(|| quote!(serde_json::Value));
        let fields = self.parameters().into_iter().map(|parameter| {
            let (name, wire_name) = (ident(&parameter.name), &parameter.wire_name);
            let location = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            quote!(#name: request.parameter(#location, #wire_name)?)
        });
        let body = self.body().map(|_| match self.is_body_required() {
            true => quote!(body: request.body()?),
            false => quote!(body: request.optional_body()?),
        });
        let fields: Vec<_> = fields.chain(body).collect();
        let argument = match fields.as_slice() {
            [] => quote!(_),
            _ => quote!(request),
        };
        quote! {
            #docs
            pub fn #method(&self) -> mock::Expectation<#request, #answer, #error> {
                mock::expectation(self, &#endpoint, |#argument| Ok(#request { #(#fields),* }))
            }
        }
    }

    /// A link to the client's method.
    fn link(&self) -> String {
        let name = &self.operation.name;
        format!("[`Client::{name}`](crate::Client::{name})")
    }
}

/// The type of an outcome that is one of JSON.
fn json(outcome: &ResponseShape) -> Option<&Type> {
    match outcome {
        ResponseShape::Single(body) | ResponseShape::Optional(body)
            if body.kind == BodyKind::Json =>
        {
            Some(&body.value)
        }
        _ => None,
    }
}
