//! The documentation of an operation's method.

use super::super::docs::{Docs, code, one_line};
use super::super::{Context, example, security};
use super::facts::status_words;
use super::ways::Way;
use crate::ir::{BodyKind, Operation, Parameter, Response, ResponseShape, Type};

/// Summary, description, endpoint, parameters, answers, errors and an example. What other ways to
/// call the operation have in common with its own method is said there.
pub(super) fn of(context: &Context<'_>, operation: &Operation, way: &Way<'_>) -> Docs {
    if way.name != operation.name {
        let mut line = format!("As [`{0}`](Client::{0}), but ", operation.name);
        match (way.is_stream(), way.body) {
            (false, Some(content)) => {
                line.push_str(&format!("sends {}", code(&content.media_type)));
            }
            _ => line.push_str(&format!("gives {} as it comes", code(&way.accept))),
        }
        return Docs::starting(None, &format!("{line}."));
    }

    let endpoint = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let mut docs = Docs::starting(operation.summary.as_deref(), &format!("Calls {endpoint}."))
        .prose(operation.description.as_deref())
        .paragraph(if operation.repeatable {
            format!("{endpoint}; repeatable: tried again when it is not known if the server acted on it.")
        } else {
            format!("{endpoint}; not repeatable: never sent again once the server may have acted on it.")
        });
    if context.security_differs {
        docs = docs.paragraph(security::words(&context.schemes, operation));
    }
    let required: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(parameter_line)
        .collect();
    if !required.is_empty() {
        docs = docs
            .paragraph("# Parameters")
            .paragraph(required.join("\n"));
    }
    if let Some(body) = body_lines(operation, way) {
        docs = docs.paragraph(body);
    }
    let successes: Vec<&Response> = answers(operation, true).collect();
    if let [_, _, ..] = successes.as_slice() {
        docs = docs.paragraph("# Answers").paragraph(lines(&successes));
    }
    if matches!(&operation.success, ResponseShape::Single(body) if body.kind == BodyKind::Bytes) {
        docs = docs.paragraph(
            "[`stream`](Call::stream) gives the bytes as they come, without a limit of their size.",
        );
    }
    let headers: Vec<String> = successes
        .iter()
        .flat_map(|answer| &answer.headers)
        .map(|header| match &header.description {
            Some(words) => format!("- {}: {}", code(&header.name), one_line(words)),
            None => format!("- {}", code(&header.name)),
        })
        .collect();
    if !headers.is_empty() {
        docs = docs
            .paragraph("# Headers of the answer")
            .paragraph("[`send`](Call::send) gives them.")
            .paragraph(headers.join("\n"));
    }
    let errors: Vec<&Response> = answers(operation, false).collect();
    if !errors.is_empty() {
        docs = docs.paragraph("# Errors").paragraph(lines(&errors));
    }
    if let Some(line) = error_line(operation) {
        docs = docs.paragraph(line);
    }
    match example::of_operation(context, operation) {
        Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
        None => docs,
    }
}

/// What the body is, if it is not JSON, and that it may be left out.
fn body_lines(operation: &Operation, way: &Way<'_>) -> Option<String> {
    let content = way.body?;
    let media_type = code(&content.media_type);
    let mut lines = Vec::new();
    if content.is_open() {
        lines.push(format!("The body is {media_type}: `body_type` says which."));
    } else if content.kind != BodyKind::Json {
        lines.push(format!("The body is {media_type}."));
    }
    if operation.body.as_ref().is_some_and(|body| !body.required) {
        lines.push("It may be left out.".to_owned());
        if lines.len() == 1 {
            lines = vec!["The body may be left out.".to_owned()];
        }
    }
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn answers(operation: &Operation, are_successes: bool) -> impl Iterator<Item = &Response> {
    let answers = operation.responses.iter();
    answers.filter(move |answer| answer.is_success == are_successes)
}

fn lines(answers: &[&Response]) -> String {
    let lines = answers.iter().map(|answer| {
        let status = status_words(answer.status);
        format!("- {status}: {}", one_line(&answer.description))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How the body of an error is read.
fn error_line(operation: &Operation) -> Option<String> {
    match &operation.error {
        ResponseShape::Single(body) if body.kind == BodyKind::Json => match &body.value {
            Type::Named(name) => Some(format!(
                "[`Error::decode`](crate::Error::decode) reads the body of an error as \
                 [`{name}`](crate::types::{name})."
            )),
            _ => None,
        },
        ResponseShape::Enum(name) => Some(format!(
            "[`{name}::of`](crate::types::{name}::of) reads the body of an error."
        )),
        _ => None,
    }
}

fn parameter_line(parameter: &Parameter) -> String {
    let mut line = format!("- {}", code(&parameter.name));
    if let Some(description) = &parameter.description {
        line.push_str(&format!(": {}", one_line(description)));
    }
    if let Some(default) = &parameter.default {
        line.push_str(&format!(" (default: {})", code(&default.to_string())));
    }
    if parameter.deprecated {
        line.push_str(" (deprecated)");
    }
    if !parameter.refused.is_empty() {
        let refused: Vec<String> = parameter.refused.iter().map(|text| code(text)).collect();
        line.push_str(&format!(
            "; {} are other routes, and refused",
            refused.join(" and ")
        ));
    }
    line
}
