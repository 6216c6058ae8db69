//! Says which parts of an API are not emitted yet, each with its place.

use super::Context;
use crate::ir::{
    Answer, Api, Content, Encoding, Location, Method, Operation, Parameter, SecurityKind, Status,
    Type,
};
use crate::media_types;
use crate::problem::{At, Problem};

/// Everything in `api` that a faithful client would need and that is not emitted.
pub(super) fn check(context: &Context<'_>) -> Vec<Problem> {
    let api = context.api;
    let mut problems = Vec::new();
    if let Some(server) = api.servers.first() {
        let at = At::Value(server.at.clone());
        if server.has_variables || server.url.contains('{') {
            problems.push(Problem::not_generated("a server with variables", at));
        } else if !server.url.starts_with("https://") && !server.url.starts_with("http://") {
            problems.push(Problem::not_generated("a relative server URL", at));
        }
    }
    security(api, &mut problems);
    for operation in api.operations() {
        check_operation(context, operation, &mut problems);
    }
    problems
}

/// The header of the one API key that all operations want, if they want one.
pub(super) fn key_header(api: &Api) -> Option<&str> {
    let operation = api.operations().next()?;
    let [only] = operation.security.as_slice() else {
        return None;
    };
    let [name] = only.as_slice() else { return None };
    let scheme = api
        .security_schemes
        .iter()
        .find(|scheme| scheme.name == *name)?;
    match &scheme.kind {
        SecurityKind::ApiKey {
            location: Location::Header,
            name,
        } => Some(name),
        _ => None,
    }
}

fn security(api: &Api, problems: &mut Vec<Problem>) {
    let used = |name: &str| {
        let mut all = api
            .operations()
            .flat_map(|operation| operation.security.iter().flatten());
        all.any(|other| other == name)
    };
    for scheme in &api.security_schemes {
        let what = match &scheme.kind {
            SecurityKind::ApiKey {
                location: Location::Header,
                ..
            } => continue,
            SecurityKind::ApiKey { .. } => "an API key that is not in a header".to_owned(),
            SecurityKind::Http(scheme) => format!("http authentication `{scheme}`"),
            SecurityKind::OAuth2 => "oauth2".to_owned(),
            SecurityKind::OpenIdConnect => "openIdConnect".to_owned(),
        };
        if used(&scheme.name) {
            problems.push(Problem::not_generated(what, At::Key(scheme.at.clone())));
        }
    }
    // A requirement that names no known scheme is told already.
    let is_known = |operation: &&Operation| {
        let mut names = operation.security.iter().flatten();
        names.all(|name| {
            let mut schemes = api.security_schemes.iter();
            schemes.any(|scheme| scheme.name == *name)
        })
    };
    let Some(first) = api.operations().find(is_known) else {
        return;
    };
    for operation in api.operations().filter(is_known) {
        let what = match operation.security.as_slice() {
            [] if first.security.is_empty() => continue,
            [one] if one.len() == 1 && operation.security == first.security => continue,
            [_, _, ..] => "a choice of several security requirements",
            [one] if one.len() > 1 => "several security schemes at once",
            _ => "security that differs from that of the first operation",
        };
        let at = At::Key(operation.security_at.clone());
        problems.push(Problem::not_generated(what, at));
    }
}

fn check_operation(context: &Context<'_>, operation: &Operation, problems: &mut Vec<Problem>) {
    if operation.method == Method::Trace {
        let at = At::Key(operation.at.clone());
        problems.push(Problem::not_generated("the method TRACE", at));
    }
    for parameter in &operation.parameters {
        check_parameter(context, parameter, problems);
    }
    if let Some(body) = &operation.body {
        if !body.required {
            let at = At::Key(body.at.clone());
            problems.push(Problem::not_generated("an optional request body", at));
        }
        check_contents(&body.contents, problems);
        if body.contents.is_empty() {
            let at = At::Key(body.at.clone());
            problems.push(Problem::not_generated(
                "a request body of no media type",
                at,
            ));
        }
    }
    let successes: Vec<&Answer> = operation
        .answers
        .iter()
        .filter(|answer| answer.status.is_success())
        .collect();
    for answer in &successes {
        check_contents(&answer.contents, problems);
    }
    match successes.as_slice() {
        [] => {
            let mut answers = operation.answers.iter();
            if answers.any(|answer| answer.status == Status::Default) {
                let at = At::Key(operation.at.child("responses"));
                let what = "an operation with no success but `default`";
                problems.push(Problem::not_generated(what, at));
            }
        }
        [_] => {}
        [first, others @ ..] => {
            let kind =
                |answer: &Answer| answer.contents.first().map(|content| content.value.clone());
            for other in others.iter().filter(|other| kind(other) != kind(first)) {
                let what = "a second success answer of another type";
                problems.push(Problem::not_generated(what, At::Key(other.at.clone())));
            }
        }
    }
}

fn check_contents(contents: &[Content], problems: &mut Vec<Problem>) {
    for (index, content) in contents.iter().enumerate() {
        let at = At::Key(content.at.clone());
        if index > 0 {
            problems.push(Problem::not_generated("a second media type", at));
        } else if content.media_type != "application/json" {
            let what = format!("the media type `{}`", content.media_type);
            let problem = Problem::not_generated(what, at);
            problems.push(match media_types::meant(&content.media_type) {
                Some(meant) => problem.help(format!("did you mean `{meant}`?")),
                None => problem,
            });
        }
    }
}

fn check_parameter(context: &Context<'_>, parameter: &Parameter, problems: &mut Vec<Problem>) {
    let at = At::Value(parameter.at.clone());
    let mut refuse = |what: String| problems.push(Problem::not_generated(what, at.clone()));
    if parameter.location == Location::Cookie {
        refuse("a cookie parameter".to_owned());
    }
    let (style, explode) = match &parameter.encoding {
        Encoding::Content(media_type) => {
            return refuse(format!("a parameter of the media type `{media_type}`"));
        }
        Encoding::Style {
            allow_reserved: true,
            ..
        } => {
            return refuse("a parameter with `allowReserved`".to_owned());
        }
        Encoding::Style { style, explode, .. } => (*style, *explode),
    };
    if !matches!(style, "form" | "simple") {
        refuse(format!("the parameter style `{style}`"));
    }
    match context.behind(parameter.value.non_null()) {
        Type::Array(_) if parameter.location != Location::Query || !explode => {
            refuse("an array in a parameter other than an exploded one in the query".to_owned());
        }
        Type::Array(inner) if is_plain(context, inner) => {}
        value if is_plain(context, value) => {}
        _ => refuse(
            "a parameter that is not text, a number, a boolean or a list of these".to_owned(),
        ),
    }
    if parameter.value.is_nullable() {
        refuse("a parameter that can be null".to_owned());
    }
}

/// Whether values are written as one text.
fn is_plain(context: &Context<'_>, value: &Type) -> bool {
    context.is_text(value)
        || matches!(
            context.behind(value),
            Type::Boolean
                | Type::Int32
                | Type::Int64
                | Type::Float
                | Type::Double
                | Type::Bytes
                | Type::Date
                | Type::DateTime
                | Type::Refused
        )
}
