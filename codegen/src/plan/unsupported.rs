//! Constructs that the generator does not support, each reported with its location.

use std::cell::LazyCell;

use super::credentials::{Credential, CredentialKind, choices, credentials};
use super::pages::pages;
use super::types::Types;
use crate::code::Code;
use crate::ir::{Api, Location, Parameter};
use crate::openapi::media_type::is_token;
use crate::openapi::style::is_framing_header;
use crate::options::Options;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// Reports everything in an API that is not supported. This also works if parts of the API could not
/// be lowered, so that all problems of a description are reported at once.
pub(crate) fn unsupported(api: &Api, options: &Options) -> Vec<Problem> {
    let credentials = credentials(api, &options.crate_name);
    let mut problems = Vec::new();
    problems.extend(credentials.iter().filter_map(credential));
    let servers = Pointer::root().child("servers").child(0).child("url");
    let first = api.servers.first().map(|it| (it, At::Value(servers)));
    let own = api.operations().filter_map(|operation| {
        let server = operation.server.as_ref()?;
        Some((server, At::Key(operation.at.clone())))
    });
    for (server, at) in first.into_iter().chain(own) {
        if server.url.contains(['{', '}', '?', '#']) {
            let problem = Problem::new(
                Code::NotInClient,
                format!("requests cannot be sent to the server `{}`", server.url),
                at,
                "the URL has a query, a fragment or a variable that is not described",
            );
            problems.push(problem.help("until this is fixed, callers have to set the base URL"));
        }
    }
    for operation in api.operations().filter(|it| !it.method.is_valid()) {
        let what = format!("the method `{}`", operation.method.as_str());
        problems.push(Problem::unsupported(what, At::Key(operation.at.clone())));
    }
    for operation in api.operations() {
        let mut requirements = operation.security.iter();
        if requirements.any(|names| choices(&credentials, names).len() > 1) {
            let problem = Problem::new(
                Code::NotInClient,
                "two credentials in one header, query parameter or cookie are required",
                At::Key(operation.security_at.clone()),
                "a request carries one of them, which the caller chooses",
            );
            let help = "list them as alternatives: each in an item of `security` of its own";
            problems.push(problem.help(help));
        }
    }
    let types = LazyCell::new(|| Types::of(api));
    let paged = api
        .operations()
        .filter(|operation| operation.pages.is_some());
    problems.extend(paged.filter_map(|operation| pages(&types, operation).err()));
    for operation in api.operations() {
        for parameter in &operation.parameters {
            check_parameter(parameter, &mut problems);
        }
    }
    problems
}

/// Reports a credential that no request can carry.
fn credential(credential: &Credential<'_>) -> Option<Problem> {
    let carrier = credential.carrier;
    let what = match (credential.kind, credential.location) {
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

/// Whether a client can set a header with this name.
fn is_header(name: &str) -> bool {
    is_token(name) && !is_framing_header(name)
}

/// Reports a parameter that no request can carry.
fn check_parameter(parameter: &Parameter, problems: &mut Vec<Problem>) {
    let name = &parameter.wire_name;
    let what = match parameter.location {
        Location::Header if !is_token(name) => format!("the header parameter `{name}`"),
        Location::Cookie if !is_token(name) => format!("the cookie parameter `{name}`"),
        _ => return,
    };
    let at = At::Value(parameter.at.clone());
    problems.push(Problem::unsupported(what, at));
}
