//! Checks that a request has the credentials of its operation.

use super::http::HttpRequest;
use super::rejection::Rejection;
use super::request;
use crate::runtime::{CredentialLocation, Scheme, SecurityRequirements};

/// What the clients of a mock server send as a key, a token, or a user name and a password.
pub(super) const CREDENTIAL: &str = "mock:credential";

/// Rejects a request that has all credentials of none of the alternatives.
pub(super) fn check(
    schemes: &[Scheme],
    requirements: SecurityRequirements,
    request: &HttpRequest,
) -> Result<(), Rejection> {
    let missing: Vec<String> = requirements
        .iter()
        .map(|all| {
            let schemes = all.iter().filter_map(|index| schemes.get(*index));
            let missing = schemes.filter(|scheme| !has_credential(scheme, request));
            let missing: Vec<String> = missing.map(described).collect();
            missing.join(" and ")
        })
        .collect();
    if missing.is_empty() || missing.iter().any(String::is_empty) {
        return Ok(());
    }
    Err(Rejection::new(
        "credentials",
        format!("missing {}", missing.join(", or ")),
        "send the request with a client of `MockServer::client` or `MockServer::builder`",
    ))
}

/// Whether a request has a credential of this scheme, whatever its value.
fn has_credential(scheme: &Scheme, request: &HttpRequest) -> bool {
    let value = match scheme.location {
        CredentialLocation::Header => request.header(scheme.name),
        CredentialLocation::Query => request::query(&request.query)
            .find(|(name, _)| name == scheme.name)
            .map(|(_, value)| value.to_owned()),
        CredentialLocation::Cookie => request.cookie(scheme.name),
    };
    let value = value.unwrap_or_default();
    // `Bearer` and `Basic` precede the credential.
    match (scheme.encode)(CREDENTIAL).as_deref().map(prefix) {
        Ok(Some(expected)) => prefix(&value).is_some_and(|it| it.eq_ignore_ascii_case(expected)),
        _ => !value.is_empty(),
    }
}

fn prefix(value: &str) -> Option<&str> {
    Some(value.split_once(' ')?.0)
}

fn described(scheme: &Scheme) -> String {
    let carrier = match scheme.location {
        CredentialLocation::Header => "header",
        CredentialLocation::Query => "query parameter",
        CredentialLocation::Cookie => "cookie",
    };
    format!("{} ({carrier} `{}`)", scheme.display_name, scheme.name)
}
