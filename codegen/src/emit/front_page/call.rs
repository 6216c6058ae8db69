//! The call that the page's examples make: one of the API, made of the description's examples.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::example::{Maker, answer_name, print};
use super::super::rust::ident;
use super::super::{Context, mock};
use super::Word;
use crate::ir::{BodyKind, Content, Operation, ResponseShape, Shape, Type};

/// The pieces of a call, as lines of Rust.
pub(super) struct Call {
    imports: Vec<String>,
    /// The statement that makes its body, if it has one.
    body: Vec<String>,
    receiver: String,
    method: String,
    /// The call with a client that blocks.
    blocking: String,
    /// The name of the variable that holds the answer.
    answer: String,
    /// The method of a mock that expects it, if there is one.
    mock_method: Option<String>,
}

impl Call {
    /// Of the first operation that has examples enough, and JSON for an answer if one such has, or
    /// else of a path that is not described.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let calls = |wanted: fn(&Operation) -> bool| {
            let mut operations = context.api.operations().filter(move |it| wanted(it));
            operations.find_map(|operation| of_operation(context, operation))
        };
        let is_json = |operation: &Operation| match &operation.success {
            ResponseShape::Single(body) => body.kind == BodyKind::Json,
            _ => false,
        };
        calls(is_json)
            .or_else(|| calls(|_| true))
            .unwrap_or_else(|| Call {
                imports: Vec::new(),
                body: vec![
                    "let request = client.request(http::Method::GET, \"/path\");".to_owned(),
                ],
                receiver: "request".to_owned(),
                method: "call::<serde_json::Value>()".to_owned(),
                blocking: "client.call(request.call::<serde_json::Value>())".to_owned(),
                answer: "answer".to_owned(),
                mock_method: None,
            })
    }

    /// Whether a mock can expect it.
    pub(super) fn is_mocked(&self) -> bool {
        self.mock_method.is_some()
    }

    pub(super) fn words(&self) -> Vec<Word> {
        vec![
            ("imports", self.imports.clone()),
            ("body", self.body.clone()),
            ("call", vec![format!("{}.{}", self.receiver, self.method)]),
            ("receiver", vec![self.receiver.clone()]),
            ("method", vec![self.method.clone()]),
            ("blocking_call", vec![self.blocking.clone()]),
            ("answer", vec![self.answer.clone()]),
            ("mock_method", self.mock_method.iter().cloned().collect()),
        ]
    }
}

fn of_operation(context: &Context<'_>, operation: &Operation) -> Option<Call> {
    let is_streamed = match &operation.success {
        ResponseShape::Single(body) | ResponseShape::Optional(body) => {
            body.kind == BodyKind::Stream
        }
        ResponseShape::Empty | ResponseShape::Enum(_) => false,
    };
    if operation.deprecated || is_streamed {
        return None;
    }
    let mut maker = Maker::new(context);
    let made = match &operation.body {
        Some(body) => {
            let content = body.contents.first()?;
            if !is_of_fields(context, content) {
                return None;
            }
            let value = maker.bare_body(content)?;
            Some(quote!(let body = #value;))
        }
        None => None,
    };
    let body = made.is_some().then(|| quote!(&body));
    let arguments = maker.arguments(operation, body)?;
    let name = ident(&operation.name);
    let method = lines(quote!(#name(#(#arguments),*)))?;
    let [method] = method.as_slice() else {
        return None;
    };
    let method = method.clone();
    let import = print(maker.import())?;
    Some(Call {
        imports: import.lines().map(str::to_owned).collect(),
        body: made.map_or(Some(Vec::new()), lines)?,
        blocking: format!("client.{method}"),
        receiver: "client".to_owned(),
        method,
        answer: answer_name(operation),
        mock_method: context
            .options
            .mock
            .then(|| mock::method(context, operation)),
    })
}

/// Whether a body is a struct, which is made by a statement of its own.
fn is_of_fields(context: &Context<'_>, content: &Content) -> bool {
    let is_struct = match context.behind(&content.value) {
        Type::Named(name) => matches!(context.shape(name), Some(Shape::Struct { .. })),
        _ => false,
    };
    is_struct && matches!(content.kind, BodyKind::Json | BodyKind::Form)
}

/// The lines of a statement or an expression.
fn lines(statement: TokenStream) -> Option<Vec<String>> {
    let printed = print(quote!(fn example() { #statement }))?;
    let lines = printed.trim_end().strip_prefix("fn example() {\n")?;
    let lines = lines.strip_suffix("\n}")?.lines();
    let lines = lines.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    Some(lines.collect())
}
