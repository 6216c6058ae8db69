//! `mock/operations/`: a file for each tag, and their index.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs::{Docs, code, raw};
use super::super::rust::{ident, import, tokens};
use super::super::{Item, Module, example};
use crate::ir::{
    self, BodyKind, Encoding, Location, Operation, Parameter, ResponseShape, SecurityKind, Status,
    Type,
};
use crate::plan::Plan;
use crate::plan::operations::{self as planned, OperationModule};
use crate::plan::types::{names, rust_type};

/// Emits `mock/operations/mod.rs`.
pub(super) fn index(plan: &Plan<'_>) -> Module {
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    let mut endpoints = Vec::new();
    for module in &plan.modules {
        let name = ident(&module.ir.name);
        modules.extend(quote!(mod #name;));
        endpoints.extend(module.operations.iter().map(|operation| {
            let endpoint = ident(&operation.static_name);
            quote!(&#name::#endpoint)
        }));
        let requests = module.operations.iter();
        let requests = requests.map(|operation| ident(&operation.mock.request));
        exports.extend(quote!(pub use self::#name::{#(#requests),*};));
    }
    Module {
        path: "src/mock/operations/mod.rs".to_owned(),
        docs: vec!["The methods of the mock server, one for each operation.".to_owned()],
        items: vec![
            Item::Tokens(modules),
            Item::Tokens(exports),
            Item::Tokens(quote! {
                pub(super) static ENDPOINTS: &[&crate::optional::mock::Endpoint] = &[#(#endpoints),*];
            }),
        ],
    }
}

/// Emits the file of one tag.
pub(super) fn emit(plan: &Plan<'_>, module: &OperationModule<'_>) -> Module {
    let operations: Vec<Mocked<'_>> = module
        .operations
        .iter()
        .map(|planned| Mocked {
            plan,
            planned,
            operation: planned.ir,
        })
        .collect();
    let types = operations.iter().flat_map(Mocked::types);
    let names: BTreeSet<&str> = names(types).collect();
    let imports = import(&quote!(crate::types), names);
    let mut items = vec![Item::Tokens(quote! {
        #imports
        use crate::optional::mock;
    })];
    items.extend(
        operations
            .iter()
            .map(|it| Item::Tokens(it.endpoint(&module.ir.name))),
    );
    items.extend(operations.iter().map(|it| Item::Tokens(it.request())));
    let methods = operations.iter().map(Mocked::method);
    items.push(Item::Tokens(quote!(impl mock::MockServer { #(#methods)* })));
    Module {
        path: format!("src/mock/operations/{}.rs", module.ir.name),
        docs: vec![match &module.ir.tag {
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
    plan: &'a Plan<'a>,
    planned: &'a planned::Operation<'a>,
    operation: &'a Operation,
}

impl<'a> Mocked<'a> {
    /// Returns the types that its file names.
    fn types(&self) -> Vec<&'a Type> {
        let parameters = self.parameters().into_iter();
        let parameters = parameters.map(|parameter| &parameter.value);
        let outcomes = [&self.operation.success, &self.operation.error];
        let outcomes = outcomes.into_iter().filter_map(json);
        parameters.chain(self.body()).chain(outcomes).collect()
    }

    /// Returns the parameters that are decoded: those of one text, and lists of these.
    fn parameters(&self) -> Vec<&'a Parameter> {
        let is_read = |parameter: &&Parameter| {
            let styles = ["form", "simple", "spaceDelimited", "pipeDelimited"];
            let read = match &parameter.encoding {
                Encoding::Style { style, .. } => styles.contains(style),
                Encoding::Content { .. } => false,
            };
            let value = self.plan.types.resolve(&parameter.value);
            let value = match value {
                Type::Array(inner) => self.plan.types.resolve(inner),
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
            let text = !matches!(value, Type::Named(_)) || self.plan.types.is_string(value);
            read && plain && text
        };
        self.operation.parameters.iter().filter(is_read).collect()
    }

    /// Returns the type of the body, if the body is always JSON.
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

    /// Returns the successful response, preferably one with a body.
    fn success(&self) -> Option<&'a ir::Response> {
        let responses = self.operation.responses.iter();
        let successes = responses.filter(|response| response.is_success);
        // `max_by_key` returns the last of equal elements, so the first response of a kind wins.
        successes
            .rev()
            .max_by_key(|response| !response.contents.is_empty())
    }

    /// Emits the static with the facts of the operation.
    fn endpoint(&self, module: &str) -> TokenStream {
        let operation = self.operation;
        let name = ident(&self.planned.static_name);
        let (module, request) = (ident(module), ident(&self.planned.mock.request));
        let query = match self.query_names() {
            Some(names) => quote!(Some(&[#(#names),*])),
            None => quote!(None),
        };
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let media_types = contents.map(|content| &content.media_type);
        let body_required = self.is_body_required();
        let status = match self.success().map(|response| response.status) {
            Some(Status::Code(code)) => code,
            _ => 200,
        };
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        let has_json_body = json(&self.operation.success).is_some();
        let rate_limit_body = operation
            .responses
            .iter()
            .find(|response| response.status == Status::Code(429))
            .and_then(|response| response.contents.first())
            .and_then(|content| content.example.as_ref())
            .map(|example| raw(&example.to_string()));
        let rate_limit_body = match rate_limit_body {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        };
        quote! {
            pub(super) static #name: mock::Endpoint = mock::Endpoint {
                operation: &crate::operations::#module::#name,
                query: #query,
                media_types: &[#(#media_types),*],
                body_required: #body_required,
                check: mock::check::<#request>,
                success: #status,
                has_json_body: #has_json_body,
                rate_limit_body: #rate_limit_body,
            };
        }
    }

    /// Returns the names that its query can have, or `None` if an object of any keys is among them.
    fn query_names(&self) -> Option<Vec<&'a str>> {
        let parameters = self.operation.parameters.iter();
        let mut names: Vec<&str> = Vec::new();
        for parameter in parameters.filter(|it| it.location == Location::Query) {
            let is_open = match &parameter.encoding {
                Encoding::Style { style, .. } => {
                    *style == "deepObject" || !self.is_one_pair(&parameter.value)
                }
                Encoding::Content { .. } => false,
            };
            if is_open {
                return None;
            }
            names.push(&parameter.wire_name);
        }
        let schemes = self.operation.security.iter().flatten();
        names.extend(schemes.filter_map(|name| {
            let mut schemes = self.plan.api.security_schemes.iter();
            match &schemes.find(|scheme| scheme.name == *name)?.kind {
                SecurityKind::ApiKey {
                    location: Location::Query,
                    name,
                } => Some(name.as_str()),
                _ => None,
            }
        }));
        names.sort_unstable();
        names.dedup();
        Some(names)
    }

    /// Whether a query has a value of this type under the name of its parameter: it is never an object.
    fn is_one_pair(&self, value: &Type) -> bool {
        let value = match self.plan.types.resolve(value) {
            Type::Array(inner) => inner,
            other => other,
        };
        self.plan.types.text(value).is_some()
    }

    /// Emits the field of a parameter, decoded from the request.
    fn decode_parameter(&self, parameter: &Parameter) -> TokenStream {
        let (name, wire_name) = (ident(&parameter.name), &parameter.wire_name);
        let texts = match parameter.location {
            Location::Path => quote!(request.path(#wire_name)),
            Location::Query => quote!(request.query(#wire_name)),
            Location::Header => quote!(request.header(#wire_name)),
            Location::Cookie => quote!(request.cookie(#wire_name)),
        };
        let (style, explode) = match &parameter.encoding {
            Encoding::Style { style, explode, .. } => (*style, *explode),
            Encoding::Content { .. } => ("", false),
        };
        let is_list = matches!(self.plan.types.resolve(&parameter.value), Type::Array(_));
        let decoded = match (parameter.location, style) {
            _ if !is_list => quote!(value()),
            (Location::Query, _) if explode => quote!(list()),
            (_, "spaceDelimited") => quote!(joined("%20")),
            (_, "pipeDelimited") => quote!(joined("|")),
            _ => quote!(joined(",")),
        };
        quote!(#name: #texts.#decoded?)
    }

    /// Emits the type of its requests.
    fn request(&self) -> TokenStream {
        let name = ident(&self.planned.mock.request);
        let documentation = format!(
            " Request of {}, as the mock server received it.",
            self.link()
        );
        let fields = self.parameters().into_iter().map(|parameter| {
            let (name, value) = (ident(&parameter.name), tokens(&rust_type(&parameter.value)));
            let wire_name = code(&parameter.wire_name);
            let otherwise = format!("Parameter {wire_name}.");
            let docs = Docs::starting(parameter.description.as_deref(), &otherwise).into_tokens();
            let value = match parameter.required {
                true => value,
                false => quote!(Option<#value>),
            };
            quote!(#docs pub #name: #value,)
        });
        let body = self.body().map(|value| tokens(&rust_type(value)));
        let body = body.map(|value| match self.is_body_required() {
            true => value,
            false => quote!(Option<#value>),
        });
        let body_field = body.as_ref().map(|value| {
            quote! {
                /// Request body.
                pub body: #value,
            }
        });
        let parameters = self.parameters().into_iter();
        let decoded = parameters.map(|parameter| self.decode_parameter(parameter));
        let decoded_body = self.body().map(|_| match self.is_body_required() {
            true => quote!(body: request.body()?),
            false => quote!(body: request.optional_body()?),
        });
        let decoded: Vec<_> = decoded.chain(decoded_body).collect();
        let argument = match decoded.as_slice() {
            [] => quote!(_),
            _ => quote!(request),
        };
        let decode = quote! {
            impl mock::Decode for #name {
                fn decode(#argument: &mock::MockRequest<'_>) -> Result<Self, mock::Rejection> {
                    Ok(#name { #(#decoded),* })
                }
            }
        };
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
            #decode
            #has_body
        }
    }

    /// Emits the method that starts an expectation.
    fn method(&self) -> TokenStream {
        let (method, request) = (
            ident(&self.planned.mock.method),
            ident(&self.planned.mock.request),
        );
        let endpoint = ident(&self.planned.static_name);
        let docs = Docs::starting(
            None,
            &format!("Starts an expectation of requests of {}.", self.link()),
        );
        let docs = match example::of_response(self.plan, self.planned) {
            Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
            None => docs,
        };
        let docs = docs.into_tokens();
        let response = match &self.operation.success {
            ResponseShape::Empty => quote!(()),
            success => {
                json(success).map_or_else(|| quote!(mock::Raw), |value| tokens(&rust_type(value)))
            }
        };
        let error = json(&self.operation.error).map(|value| tokens(&rust_type(value)));
        let error = error.unwrap_or_else(|| quote!(serde_json::Value));
        quote! {
            #docs
            pub fn #method(&self) -> mock::Expectation<#request, #response, #error> {
                mock::expectation(self, &#endpoint)
            }
        }
    }

    /// Returns a link to the client's method.
    fn link(&self) -> String {
        let name = &self.operation.name;
        format!("[`Client::{name}`](crate::Client::{name})")
    }
}

/// Returns the type of an outcome that is JSON of one type.
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
