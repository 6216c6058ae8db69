//! Example calls and responses, made of the description's own examples.

use super::expressions::{Example, Maker, example_of};
use super::types::Types;
use crate::ir::{BodyKind, Operation, ResponseShape, Type};
use crate::names::snake_name;

/// Returns the statement that calls an operation, if the description has enough examples.
pub(super) fn call<'a>(
    types: &Types<'a>,
    crate_ident: &str,
    operation: &'a Operation,
) -> Option<Example<'a>> {
    let mut maker = Maker::new(types);
    let body = match &operation.body {
        Some(body) => Some(maker.body(body.contents.first()?, crate_ident)?),
        None => None,
    };
    let arguments = maker.arguments(operation, body)?.join(", ");
    let call = format!("client.{}({arguments}).await?", operation.name);
    let code = match &operation.success {
        ResponseShape::Empty => format!("{call};"),
        ResponseShape::Single(body) if body.kind == BodyKind::Stream => format!(
            "let mut stream = {call};
            while let Some(piece) = stream.chunk().await? {{
                println!(\"{{}}\", String::from_utf8_lossy(&piece));
            }}"
        ),
        ResponseShape::Single(body) if body.kind.is_stream() => format!(
            "let mut items = {call};
            while let Some(item) = items.next().await {{
                let item = item?;
                println!(\"{{item:?}}\");
            }}"
        ),
        _ => format!("let {} = {call};", response_variable(operation)),
    };
    Some(maker.example(code))
}

/// Returns the loop over the items of all pages, if the description has enough examples.
pub(super) fn items<'a>(
    types: &Types<'a>,
    operation: &'a Operation,
    method: &str,
) -> Option<Example<'a>> {
    let mut maker = Maker::new(types);
    let arguments = maker.arguments(operation, None)?.join(", ");
    Some(maker.example(format!(
        "let mut items = client.{method}({arguments}).items();
        while let Some(item) = items.next().await {{
            let item = item?;
            println!(\"{{item:?}}\");
        }}"
    )))
}

/// Returns the expression of a response, if the description has an example of it.
pub(super) fn response<'a>(types: &Types<'a>, operation: &'a Operation) -> Option<Example<'a>> {
    let mut maker = Maker::new(types);
    let code = match (&operation.success, operation.success.json()) {
        (ResponseShape::Empty, _) => "()".to_owned(),
        (_, Some(value)) => {
            let mut successes = operation.successes();
            let content = successes.find_map(|response| response.contents.first())?;
            let example = content.example.clone();
            let example = example.or_else(|| example_of(types, value))?;
            maker.exact(value, &example)?
        }
        (_, None) => return None,
    };
    Some(maker.example(code))
}

/// Returns what a variable with the response is called: as its type, if that has a name.
pub(super) fn response_variable(operation: &Operation) -> String {
    let name = match &operation.success {
        ResponseShape::Single(body) if body.kind == BodyKind::Json => match &body.value {
            Type::Named(name) => snake_name(name),
            _ => return "response".to_owned(),
        },
        _ => return "response".to_owned(),
    };
    match name.as_str() {
        "body" | "client" | "error" | "mock" => "response".to_owned(),
        _ => name,
    }
}
