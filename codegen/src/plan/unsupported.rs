//! Constructs that the generator does not support, each reported with its location.

use super::credentials::{self, Credential, CredentialKind};
use super::types::Types;
use crate::ir::{
    Api, Body, BodyKind, Encoding, Location, Operation, Parameter, SecurityKind, Shape, Style, Type,
};
use crate::openapi::media_type::is_token;
use crate::options::Options;
use crate::problem::{At, Problem};

/// Reports everything in an API that is not supported. This also works if parts of the API could not
/// be lowered, so that all problems of a description are reported at once.
pub(crate) fn unsupported(api: &Api, options: &Options) -> Vec<Problem> {
    let types = Types::of(api);
    let credentials = credentials::credentials(api, &options.crate_name);
    let mut problems = Vec::new();
    if let Some(server) = api.servers.first() {
        let at = At::Value(server.at.clone());
        if server.url.contains(['{', '}']) {
            let what = "a server URL with an undescribed variable";
            problems.push(Problem::unsupported(what, at));
        } else if server.url.contains(['?', '#']) {
            let what = "a server URL with a query or a fragment";
            problems.push(Problem::unsupported(what, at));
        }
    }
    problems.extend(credentials.iter().filter_map(credential));
    for operation in api.operations() {
        if has_conflict(&credentials, operation) {
            let what = "an operation that requires two credentials in one header, query parameter or cookie";
            let at = At::Key(operation.security_at.clone());
            problems.push(Problem::unsupported(what, at));
        }
    }
    for operation in api.operations() {
        for parameter in &operation.parameters {
            check_parameter(&types, parameter, &mut problems);
        }
        if let Some(body) = &operation.body {
            check_body(&types, body, &mut problems);
        }
    }
    problems
}

/// Reports a credential that no request can carry.
fn credential(credential: &Credential<'_>) -> Option<Problem> {
    let carrier = credential.carrier;
    let what = match (credential.kind, credential.location) {
        (CredentialKind::Unknown, _) => match &credential.scheme.kind {
            SecurityKind::Http(scheme) => format!("the HTTP authentication scheme `{scheme}`"),
            _ => return None,
        },
        (CredentialKind::ApiKey, Location::Header) if !is_header(carrier) => {
            format!("an API key in the header `{carrier}`")
        }
        (CredentialKind::ApiKey, Location::Cookie) if !is_token(carrier) => {
            format!("an API key in the cookie `{carrier}`")
        }
        _ => return None,
    };
    let at = At::Key(credential.scheme.at.clone());
    Some(Problem::unsupported(what, at))
}

/// Whether an alternative of an operation requires two credentials in one place.
fn has_conflict(credentials: &[Credential<'_>], operation: &Operation) -> bool {
    let alternatives = credentials::alternatives(credentials, operation);
    alternatives.iter().any(|all| {
        let places = all.iter().map(|index| {
            let credential = &credentials[*index];
            (credential.location, credential.wire_name())
        });
        let places: Vec<_> = places.collect();
        (1..places.len()).any(|index| places[..index].contains(&places[index]))
    })
}

/// Whether a client can set a header with this name. The HTTP library sets the headers that frame a
/// request or name the host.
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

fn check_body(types: &Types<'_>, body: &Body, problems: &mut Vec<Problem>) {
    if body.contents.is_empty() {
        let at = At::Key(body.at.clone());
        problems.push(Problem::unsupported(
            "a request body without a media type",
            at,
        ));
    }
    for content in &body.contents {
        let is_object = match types.resolve(&content.value) {
            Type::Named(name) => !matches!(
                types.shape(name),
                Some(Shape::StringEnum(_) | Shape::StringNewtype | Shape::OptionalParameters(_))
            ),
            value => matches!(
                value,
                Type::Any | Type::FreeForm | Type::Map(_) | Type::Error
            ),
        };
        if content.kind == BodyKind::Form && !is_object {
            let at = At::Key(content.at.clone());
            problems.push(Problem::unsupported(
                "a form body that is not an object",
                at,
            ));
        }
    }
}

/// Reports a parameter that has no text in a request, or none that OpenAPI defines.
fn check_parameter(types: &Types<'_>, parameter: &Parameter, problems: &mut Vec<Problem>) {
    let at = At::Value(parameter.at.clone());
    let mut report = |what: String| problems.push(Problem::unsupported(what, at.clone()));
    let name = &parameter.wire_name;
    match parameter.location {
        Location::Header if !is_header(name) => report(format!("the header parameter `{name}`")),
        Location::Cookie if !is_token(name) => report(format!("the cookie parameter `{name}`")),
        _ => {}
    }
    let style = match &parameter.encoding {
        Encoding::Content { media_type, kind } => {
            if *kind != BodyKind::Json {
                report(format!("a parameter with the media type `{media_type}`"));
            }
            return;
        }
        Encoding::Style { style, .. } => *style,
    };
    let is_one = types.text(&parameter.value).is_some();
    match (style, types.resolve(&parameter.value)) {
        (Style::SpaceDelimited | Style::PipeDelimited, _) if is_one => {
            report(format!(
                "the style `{}` for a parameter that is not a list",
                style.key()
            ));
        }
        (Style::DeepObject, value) if is_one || matches!(value, Type::Array(_)) => {
            report(format!(
                "the style `{}` for a parameter that is not an object",
                style.key()
            ));
        }
        (_, value)
            if members(types, value)
                .iter()
                .any(|member| is_made_of_others(types, member)) =>
        {
            report("a parameter with nested lists or objects".to_owned());
        }
        _ => {}
    }
}

/// Returns the types of the items of a list or the members of an object.
fn members<'t>(types: &Types<'t>, value: &'t Type) -> Vec<&'t Type> {
    match value {
        Type::Array(items) | Type::Map(items) => vec![items],
        Type::Named(name) => match types.shape(name) {
            Some(Shape::Struct { fields, rest, .. }) => {
                let fields = fields.iter().map(|field| &field.value);
                fields.chain(rest).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether a value is always a list or an object.
fn is_made_of_others(types: &Types<'_>, value: &Type) -> bool {
    match types.resolve(value.non_null()) {
        Type::Array(_) | Type::Map(_) | Type::FreeForm => true,
        Type::Named(name) => matches!(
            types.shape(name),
            Some(Shape::Struct { .. } | Shape::Wrapper(_))
        ),
        _ => false,
    }
}
