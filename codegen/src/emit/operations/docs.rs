//! The documentation of an operation's method.

use super::super::docs::{Docs, code, one_line, status_words};
use super::super::{credentials, example};
use crate::ir::{BodyKind, Operation, Parameter, Response, ResponseShape, Type};
use crate::plan::Plan;
use crate::plan::operations::{self as planned, ContentType, MethodVariant, RequestBody};

/// Summary, description, endpoint, parameters, answers, errors and an example. What other ways to
/// call the operation have in common with its own method is said there.
pub(super) fn of(
    plan: &Plan<'_>,
    planned: &planned::Operation<'_>,
    method: &MethodVariant<'_>,
) -> Docs {
    let operation = planned.ir;
    if method.name != operation.name {
        let mut line = format!("As [`{0}`](Client::{0}), but ", operation.name);
        match &method.body {
            Some(RequestBody { content, .. }) if method.response != planned::Response::Stream => {
                line.push_str(&format!("sends {}", code(&content.media_type)));
            }
            _ => line.push_str(&format!("gives {} as it comes", code(&method.accept))),
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
    if plan.has_mixed_security() {
        docs = docs.paragraph(credentials::words(&plan.credentials, &planned.security));
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
    if let Some(body) = body_lines(method) {
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
    match example::of_operation(plan, planned) {
        Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
        None => docs,
    }
}

/// What the body is, if it is not JSON, and that it may be left out.
fn body_lines(method: &MethodVariant<'_>) -> Option<String> {
    let body = method.body.as_ref()?;
    let media_type = code(&body.content.media_type);
    let what = match (&body.content_type, body.content.kind) {
        (ContentType::Argument, _) => {
            Some(format!("The body is {media_type}: `body_type` says which."))
        }
        (_, BodyKind::Json) => None,
        _ => Some(format!("The body is {media_type}.")),
    };
    match (what, body.required) {
        (what, true) => what,
        (Some(what), false) => Some(format!("{what} It may be left out.")),
        (None, false) => Some("The body may be left out.".to_owned()),
    }
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
