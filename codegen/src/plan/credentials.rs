//! The credentials of the client: how a caller gives each one, and where a request carries it.

use heck::ToShoutySnakeCase;
use indexmap::IndexSet;

use crate::ir::{Api, Location, Operation, SecurityKind, SecurityScheme};
use crate::names::{Scope, snake_name};
use crate::openapi::security::HttpScheme;

/// The methods of the builder, private ones included. No setter of a credential gets such a name.
pub(crate) const BUILDER_METHODS: [&str; 24] = [
    "add_root_certificate",
    "attempt_timeout",
    "base_url",
    "build",
    "build_blocking",
    "check_ready_made",
    "checked",
    "connect_timeout",
    "connections",
    "danger_allow_http",
    "default_headers",
    "header",
    "http_client",
    "interceptor",
    "max_response_size",
    "no_proxy",
    "pool_idle_timeout",
    "pool_max_idle",
    "proxy",
    "redactor",
    "retry",
    "schemes",
    "timeout",
    "user_agent",
];

/// The credential of a security scheme that an operation requires.
pub(crate) struct Credential<'a> {
    pub(crate) scheme: &'a SecurityScheme,
    pub(crate) kind: CredentialKind,
    /// Where requests carry the credential.
    pub(crate) location: Location,
    /// Name of the header, query parameter or cookie, as the description writes it.
    pub(crate) carrier: &'a str,
    /// Method of the builder that takes the credential.
    pub(crate) setter: String,
    /// Environment variable that `Client::from_env` reads.
    pub(crate) variable: String,
    /// What messages and documentation call the credential.
    pub(crate) display_name: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialKind {
    ApiKey,
    Token,
    UserAndPassword,
    /// The whole `Authorization` header of another HTTP authentication scheme.
    Authorization,
}

impl CredentialKind {
    /// Returns the setter and the display name, if no other credential is of this kind.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            CredentialKind::ApiKey => ("api_key", "API key"),
            CredentialKind::Token => ("bearer_token", "bearer token"),
            CredentialKind::UserAndPassword => ("basic_auth", "user and password"),
            CredentialKind::Authorization => ("authorization", "authorization"),
        }
    }
}

impl<'a> Credential<'a> {
    /// Returns the arguments of the setter.
    pub(crate) fn arguments(&self) -> &'static [&'static str] {
        match self.kind {
            CredentialKind::ApiKey => &["api_key"],
            CredentialKind::Token => &["token"],
            CredentialKind::UserAndPassword => &["user", "password"],
            CredentialKind::Authorization => &["authorization"],
        }
    }

    /// Returns the optional module of the runtime that encodes the credential.
    pub(crate) fn runtime_module(&self) -> Option<&'static str> {
        match (self.kind, self.location) {
            (CredentialKind::ApiKey, Location::Query) => Some("query_api_key"),
            (CredentialKind::ApiKey, Location::Cookie) => Some("cookie_api_key"),
            (CredentialKind::ApiKey | CredentialKind::Authorization, _) => None,
            (CredentialKind::Token, _) => Some("bearer_auth"),
            (CredentialKind::UserAndPassword, _) => Some("basic_auth"),
        }
    }

    /// Returns the name of the header, query parameter or cookie, as the runtime compares it.
    pub(crate) fn wire_name(&self) -> String {
        match self.location {
            Location::Header => self.carrier.to_ascii_lowercase(),
            Location::Path | Location::Query | Location::Cookie => self.carrier.to_owned(),
        }
    }
}

/// Returns the credentials that operations require, in the order of the description.
pub(crate) fn credentials<'a>(api: &'a Api, crate_name: &str) -> Vec<Credential<'a>> {
    let is_required = |scheme: &&SecurityScheme| {
        let names = api.operations().flat_map(|operation| &operation.security);
        names.flatten().any(|name| *name == scheme.name)
    };
    let schemes: Vec<(&SecurityScheme, CredentialKind)> = api
        .security_schemes
        .iter()
        .filter(is_required)
        .map(|scheme| (scheme, kind(&scheme.kind)))
        .collect();
    let prefix = variable_prefix(crate_name);
    let mut setters = Scope::with(&BUILDER_METHODS);
    let named = schemes.iter().map(|(scheme, kind)| {
        let (setter, display_name) = kind.names();
        let alike = schemes.iter().filter(|(_, other)| other == kind);
        let (setter, display_name) = match alike.count() {
            1 => (setter.to_owned(), display_name.to_owned()),
            _ => (
                snake_name(&scheme.name),
                format!("{display_name} `{}`", scheme.name),
            ),
        };
        let setter = setters.claim(setter);
        let api_key = scheme.api_key();
        let (location, carrier) = api_key.unwrap_or((Location::Header, "Authorization"));
        Credential {
            scheme,
            kind: *kind,
            location,
            carrier,
            variable: format!("{prefix}_{}", setter.to_shouty_snake_case()),
            setter,
            display_name,
        }
    });
    named.collect()
}

fn kind(kind: &SecurityKind) -> CredentialKind {
    match kind {
        SecurityKind::ApiKey { .. } => CredentialKind::ApiKey,
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => CredentialKind::Token,
        SecurityKind::Http(scheme) => match HttpScheme::of_name(scheme) {
            Some(HttpScheme::Bearer) => CredentialKind::Token,
            Some(HttpScheme::Basic) => CredentialKind::UserAndPassword,
            None => CredentialKind::Authorization,
        },
    }
}

/// Returns what the names of the environment variables begin with.
pub(crate) fn variable_prefix(crate_name: &str) -> String {
    let prefix = crate_name.to_shouty_snake_case();
    prefix.strip_suffix("_CLIENT").unwrap_or(&prefix).to_owned()
}

/// Returns the alternatives that an operation accepts, each a list of indices of credentials. No
/// credentials at all come last, so that a credential that is set is sent. Empty if nothing is
/// required.
pub(crate) fn alternatives(
    credentials: &[Credential<'_>],
    operation: &Operation,
) -> Vec<Vec<usize>> {
    let requirements = operation.security.iter();
    let alternatives = distinct(requirements.flat_map(|names| choices(credentials, names)));
    match alternatives.as_slice() {
        [only] if only.is_empty() => Vec::new(),
        _ => alternatives,
    }
}

/// A requirement with more ways to choose credentials than this has only some of them.
const MAX_CHOICES: usize = 16;

/// Returns the credentials of these schemes. A request carries one credential in each place, so
/// several schemes of one place are alternatives, and the caller chooses by setting one.
pub(crate) fn choices(credentials: &[Credential<'_>], names: &[String]) -> Vec<Vec<usize>> {
    let position = |name: &String| credentials.iter().position(|it| it.scheme.name == *name);
    let place = |index: usize| (credentials[index].location, credentials[index].wire_name());
    let mut choices = vec![Vec::new()];
    for index in names.iter().filter_map(position) {
        let with = choices.into_iter().flat_map(|mut all: Vec<usize>| {
            let same = all.iter().position(|other| place(*other) == place(index));
            let Some(same) = same else {
                all.push(index);
                return vec![all];
            };
            let mut other = all.clone();
            other[same] = index;
            vec![all, other]
        });
        choices = with.take(MAX_CHOICES).collect();
    }
    choices
}

/// Returns the alternatives of all operations together.
pub(crate) fn all_alternatives<'o>(
    operations: impl Iterator<Item = &'o Vec<Vec<usize>>>,
) -> Vec<Vec<usize>> {
    let alternatives = operations.flat_map(|all| match all.as_slice() {
        [] => vec![Vec::new()],
        some => some.to_vec(),
    });
    distinct(alternatives)
}

/// Returns the alternatives, each once, with no credentials at all last.
fn distinct(alternatives: impl Iterator<Item = Vec<usize>>) -> Vec<Vec<usize>> {
    let distinct: IndexSet<Vec<usize>> = alternatives.collect();
    let mut distinct: Vec<Vec<usize>> = distinct.into_iter().collect();
    distinct.sort_by_key(Vec::is_empty);
    distinct
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::BUILDER_METHODS;
    use crate::runtime_sources::SOURCES;

    #[test]
    fn all_methods_of_the_builder_are_reserved() {
        let files = SOURCES
            .iter()
            .map(|(_, text)| syn::parse_file(text).unwrap());
        let items: Vec<syn::Item> = files.flat_map(|file| file.items).collect();
        let is_builder =
            |of: &syn::Type| matches!(of, syn::Type::Path(of) if of.path.is_ident("ClientBuilder"));
        let impls = items.iter().filter_map(|item| match item {
            syn::Item::Impl(block) if block.trait_.is_none() && is_builder(&block.self_ty) => {
                Some(block)
            }
            _ => None,
        });
        let methods = impls
            .flat_map(|block| &block.items)
            .filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
        let methods: BTreeSet<String> = methods.collect();
        let reserved = BUILDER_METHODS.map(str::to_owned).into_iter().collect();
        assert_eq!(methods, reserved);
    }
}
