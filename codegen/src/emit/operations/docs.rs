//! The documentation of an operation's method.

use super::super::docs::{Docs, code, limit_words, one_line, status_words};
use super::super::{credentials, example};
use crate::ir::{BodyKind, Operation, Parameter, Response, ResponseShape, Type};
use crate::plan::Plan;
use crate::plan::methods::{ContentType, MethodVariant, RequestBody};
use crate::plan::operations as planned;

/// Returns the documentation of a method: summary, description, endpoint, parameters, responses,
/// errors and an example. Other methods of the same operation only say how they differ.
pub(super) fn of(
    plan: &Plan<'_>,
    planned: &planned::Operation<'_>,
    method: &MethodVariant<'_>,
) -> Docs {
    let operation = planned.ir;
    if method.name != operation.name {
        let mut line = format!("Same as [`{0}`](Client::{0}), but ", operation.name);
        match &method.body {
            Some(RequestBody { content, .. }) if !method.response.is_stream() => {
                line.push_str(&format!("sends {}", code(&content.media_type)));
            }
            _ => line.push_str(&format!("returns {} as a stream", code(&method.accept))),
        }
        return Docs::starting(None, &format!("{line}."));
    }

    let endpoint = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let mut docs = Docs::starting(operation.summary.as_deref(), &format!("Calls {endpoint}."))
        .prose(operation.description.as_deref())
        .paragraph(if operation.repeatable {
            format!("{endpoint}. Repeatable: the client retries even if the server may have acted on the request.")
        } else {
            format!("{endpoint}. Not repeatable: the client never retries once the server may have acted on the request.")
        });
    if let Some(method) = &planned.pages {
        docs = docs.paragraph(format!(
            "Returns one page. [`{0}`](Client::{0}) iterates all of them.",
            method.name
        ));
    }
    if plan.has_mixed_security() {
        docs = docs.paragraph(credentials::words(&plan.credentials, &planned.security));
    }
    if let Some(url) = &planned.base_url {
        docs = docs.paragraph(format!(
            "Requests are sent to {}, unless the client has a \
             [base URL of its own](crate::ClientBuilder::base_url).",
            code(url)
        ));
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
    let successes: Vec<&Response> = operation.successes().collect();
    if let [_, _, ..] = successes.as_slice() {
        docs = docs.paragraph("# Responses").paragraph(lines(&successes));
    }
    if matches!(&operation.success, ResponseShape::Single(body) if body.kind == BodyKind::Bytes) {
        docs = docs.paragraph(
            "[`stream`](Call::stream) returns the bytes in pieces, without a size limit.",
        );
    }
    if operation.success == ResponseShape::Redirect {
        docs = docs
            .paragraph("Returns the status and the `Location`: the client follows no redirect.");
    }
    let headers: Vec<String> = successes
        .iter()
        .flat_map(|response| &response.headers)
        .map(|header| match &header.description {
            Some(words) => format!("- {}: {}", code(&header.name), one_line(words)),
            None => format!("- {}", code(&header.name)),
        })
        .collect();
    if !headers.is_empty() {
        docs = docs
            .paragraph("# Response headers")
            .paragraph("[`send`](Call::send) returns them.")
            .paragraph(headers.join("\n"));
    }
    let errors = operation.responses.iter().filter(|it| !it.is_success);
    let errors: Vec<&Response> = errors.collect();
    if !errors.is_empty() {
        docs = docs.paragraph("# Errors").paragraph(lines(&errors));
    }
    if let Some(line) = error_line(operation) {
        docs = docs.paragraph(line);
    }
    let example = planned.example.as_ref();
    docs.example(example.and_then(|example| example::of_call(plan, example)))
}

/// Returns the media type of a body that is not JSON, and whether the body is optional.
fn body_lines(method: &MethodVariant<'_>) -> Option<String> {
    let body = method.body.as_ref()?;
    let media_type = code(&body.content.media_type);
    let what = match (&body.content_type, body.content.kind) {
        (ContentType::Argument, _) => Some(format!(
            "The body is {media_type}; `body_type` is its exact media type."
        )),
        (_, BodyKind::Json) => None,
        _ => Some(format!("The body is {media_type}.")),
    };
    match (what, body.required) {
        (what, true) => what,
        (Some(what), false) => Some(format!("{what} It is optional.")),
        (None, false) => Some("The body is optional.".to_owned()),
    }
}

fn lines(responses: &[&Response]) -> String {
    let lines = responses.iter().map(|response| {
        let status = status_words(response.status);
        format!("- {status}: {}", one_line(&response.description))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns how to decode the body of an error.
fn error_line(operation: &Operation) -> Option<String> {
    match (&operation.error, operation.error.json()) {
        (ResponseShape::Enum(name), _) => Some(format!(
            "[`{name}::of`](crate::types::{name}::of) decodes the body of an error."
        )),
        (_, Some(Type::Named(name))) => Some(format!(
            "[`Error::decode`](crate::Error::decode) decodes the body of an error as \
             [`{name}`](crate::types::{name})."
        )),
        _ => None,
    }
}

fn parameter_line(parameter: &Parameter) -> String {
    let mut line = format!("- {}", code(&parameter.name));
    if let Some(description) = &parameter.description {
        line.push_str(&format!(": {}", one_line(description)));
    }
    if !parameter.limits.is_empty() {
        line.push_str(&format!(" ({})", limit_words(&parameter.limits)));
    }
    if let Some(default) = &parameter.default {
        line.push_str(&format!(" (default: {})", code(&default.to_string())));
    }
    if parameter.deprecated {
        line.push_str(" (deprecated)");
    }
    if !parameter.reserved_values.is_empty() {
        let reserved: Vec<String> = parameter
            .reserved_values
            .iter()
            .map(|text| code(text))
            .collect();
        line.push_str(&format!(
            ". {} are rejected, because they address other routes",
            reserved.join(" and ")
        ));
    }
    line
}
