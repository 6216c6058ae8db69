//! The documentation of an operation's method.

use super::super::docs::{Docs, code, one_line};
use super::super::{Context, example, security};
use super::method_name;
use crate::ir::{Operation, Parameter, Status};

/// Summary, description, endpoint, parameters, errors and an example.
pub(super) fn of(context: &Context<'_>, operation: &Operation) -> Docs {
    let endpoint = code(&format!(
        "{} {}",
        method_name(operation.method),
        operation.path
    ));
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
    let errors: Vec<String> = operation
        .answers
        .iter()
        .filter(|answer| !answer.status.is_success())
        .map(|answer| {
            let status = match answer.status {
                Status::Code(code) => code.to_string(),
                Status::Range(hundreds) => format!("{hundreds}XX"),
                Status::Default => "otherwise".to_owned(),
            };
            format!("- {status}: {}", one_line(&answer.description))
        })
        .collect();
    if !errors.is_empty() {
        docs = docs.paragraph("# Errors").paragraph(errors.join("\n"));
    }
    match example::of_operation(context, operation) {
        Some(lines) => docs.paragraph("# Examples").paragraph(lines.join("\n")),
        None => docs,
    }
}

fn parameter_line(parameter: &Parameter) -> String {
    let mut line = format!("- {}", code(&parameter.name));
    if let Some(description) = &parameter.description {
        line.push_str(&format!(": {}", one_line(description)));
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
