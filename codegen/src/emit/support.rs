//! Says which parts of an API are not emitted yet, each with its place.

use super::security::CredentialKind;
use super::{Context, security};
use crate::ir::{Body, BodyKind, Encoding, Location, Operation, Parameter, Shape, Type};
use crate::problem::{At, Problem};

/// Everything in `api` that a faithful client would need and that is not emitted.
pub(super) fn check(context: &Context<'_>) -> Vec<Problem> {
    let api = context.api;
    let mut problems = Vec::new();
    if let Some(server) = api.servers.first() {
        let at = At::Value(server.at.clone());
        if server.url.contains(['{', '}']) {
            let what = "a server with a variable that is not described";
            problems.push(Problem::not_generated(what, at));
        } else if server.url.contains(['?', '#']) {
            let what = "a server with a query or a fragment";
            problems.push(Problem::not_generated(what, at));
        }
    }
    security(context, &mut problems);
    for operation in api.operations() {
        check_operation(context, operation, &mut problems);
    }
    problems
}

/// What cannot be sent of a credential, and requirements that cannot be met at once.
fn security(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for scheme in &context.schemes {
        let at = At::Key(scheme.source.at.clone());
        let what = match scheme.kind {
            CredentialKind::Other(name) => format!("http authentication `{name}`"),
            CredentialKind::ApiKey(Location::Header, name) if !is_header(name) => {
                format!("an API key in a header called `{name}`")
            }
            CredentialKind::ApiKey(Location::Cookie, name) if !is_token(name) => {
                format!("an API key in a cookie called `{name}`")
            }
            _ => continue,
        };
        problems.push(Problem::not_generated(what, at));
    }
    for operation in context.api.operations() {
        for all in security::alternatives(&context.schemes, operation) {
            let carriers = all
                .iter()
                .map(|index| context.schemes[*index].kind.carrier());
            let carriers: Vec<_> = carriers.collect();
            let doubled = |(index, carrier): (usize, &(Location, String))| {
                carriers[..index].contains(carrier)
            };
            if carriers.iter().enumerate().any(doubled) {
                let what = "two security schemes at once in the same place of a request";
                let at = At::Key(operation.security_at.clone());
                problems.push(Problem::not_generated(what, at));
            }
        }
    }
}

/// Whether a client can set a header of this name: RFC 9110's tokens, without those that say where
/// a request ends and who is on the other side.
fn is_header(name: &str) -> bool {
    let framing = [
        "connection",
        "content-length",
        "host",
        "transfer-encoding",
        "upgrade",
    ];
    is_token(name)
        && !framing
            .iter()
            .any(|framing| name.eq_ignore_ascii_case(framing))
}

fn is_token(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_sign)
}

fn check_operation(context: &Context<'_>, operation: &Operation, problems: &mut Vec<Problem>) {
    for parameter in &operation.parameters {
        check_parameter(context, parameter, problems);
    }
    if let Some(body) = &operation.body {
        check_body(context, body, problems);
    }
}

fn check_body(context: &Context<'_>, body: &Body, problems: &mut Vec<Problem>) {
    if body.contents.is_empty() {
        let at = At::Key(body.at.clone());
        problems.push(Problem::not_generated(
            "a request body of no media type",
            at,
        ));
    }
    for content in &body.contents {
        let is_object = match context.behind(&content.value) {
            Type::Named(name) => !matches!(
                context.shape(name),
                Some(Shape::StringEnum(_) | Shape::StringNewtype | Shape::OptionalParameters(_))
            ),
            value => matches!(
                value,
                Type::Any | Type::FreeForm | Type::Map(_) | Type::Error
            ),
        };
        if content.kind == BodyKind::Form && !is_object {
            let at = At::Key(content.at.clone());
            problems.push(Problem::not_generated("a form that is no object", at));
        }
    }
}

/// What has no text in a request, or none that OpenAPI defines.
fn check_parameter(context: &Context<'_>, parameter: &Parameter, problems: &mut Vec<Problem>) {
    let at = At::Value(parameter.at.clone());
    let mut refuse = |what: String| problems.push(Problem::not_generated(what, at.clone()));
    let name = &parameter.wire_name;
    match parameter.location {
        Location::Header if !is_header(name) => refuse(format!("a header called `{name}`")),
        Location::Cookie if !is_token(name) => refuse(format!("a cookie called `{name}`")),
        _ => {}
    }
    let style = match &parameter.encoding {
        Encoding::Content { media_type, kind } => {
            if *kind != BodyKind::Json {
                refuse(format!("a parameter of the media type `{media_type}`"));
            }
            return;
        }
        Encoding::Style { style, .. } => *style,
    };
    let is_one = context.is_scalar(&parameter.value);
    match (style, context.behind(&parameter.value)) {
        ("spaceDelimited" | "pipeDelimited", _) if is_one => {
            refuse(format!(
                "the style `{style}` of a parameter that is no list"
            ));
        }
        ("deepObject", value) if is_one || matches!(value, Type::Array(_)) => {
            refuse(format!(
                "the style `{style}` of a parameter that is no object"
            ));
        }
        (_, value)
            if members(context, value)
                .iter()
                .any(|member| is_made_of_others(context, member)) =>
        {
            refuse("a parameter of lists or objects within each other".to_owned());
        }
        _ => {}
    }
}

/// What a list or an object holds.
fn members<'t>(context: &Context<'t>, value: &'t Type) -> Vec<&'t Type> {
    match value {
        Type::Array(items) | Type::Map(items) => vec![items],
        Type::Named(name) => match context.shape(name) {
            Some(Shape::Struct { fields, rest, .. }) => {
                let fields = fields.iter().map(|field| &field.value);
                fields.chain(rest.iter().map(|(_, value)| value)).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether a value is surely a list or an object.
fn is_made_of_others(context: &Context<'_>, value: &Type) -> bool {
    match context.behind(value.non_null()) {
        Type::Array(_) | Type::Map(_) | Type::FreeForm => true,
        Type::Named(name) => matches!(
            context.shape(name),
            Some(Shape::Struct { .. } | Shape::Wrapper(_))
        ),
        _ => false,
    }
}
