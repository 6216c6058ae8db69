//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, OpenAPI, Operation, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::ir::{self, Location, SecurityKind};
use crate::openapi::security::HttpScheme;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn lower_security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let mut schemes = Vec::new();
        let document: &'a OpenAPI = self.document;
        let components = document.components.as_ref();
        for (name, scheme) in components.into_iter().flat_map(|all| &all.security_schemes) {
            let at = Pointer::root().descend(["components", "securitySchemes", name]);
            let section = "securitySchemes";
            let resolved = self.resolve(scheme, &at, section, |all| &all.security_schemes);
            let Some((scheme, at)) = resolved else {
                continue;
            };
            schemes.push(ir::SecurityScheme {
                at,
                name: name.clone(),
                description: description(scheme).cloned(),
                kind: kind(scheme),
            });
        }
        schemes.extend(self.implied_schemes());
        schemes
    }

    /// The HTTP schemes that requirements name although they are not defined, each at its first use.
    fn implied_schemes(&self) -> Vec<ir::SecurityScheme> {
        let mut implied: Vec<ir::SecurityScheme> = Vec::new();
        for (at, requirements) in self.requirements() {
            for (index, name) in requirements
                .iter()
                .enumerate()
                .flat_map(|(index, requirement)| requirement.keys().map(move |name| (index, name)))
            {
                let Some(scheme) = HttpScheme::of_name(name) else {
                    continue;
                };
                if !self.is_scheme(name) && !implied.iter().any(|other| other.name == *name) {
                    implied.push(ir::SecurityScheme {
                        at: at.child(index).child(name),
                        name: name.clone(),
                        description: None,
                        kind: SecurityKind::Http(scheme.key().to_owned()),
                    });
                }
            }
        }
        implied
    }

    /// Every list of requirements, with its location.
    fn requirements(&self) -> impl Iterator<Item = (Pointer, &Vec<SecurityRequirement>)> {
        let root = Pointer::root();
        let own = self.document.security.as_ref();
        let own = own.map(|security| (root.child("security"), security));
        let paths = self.document.paths.iter();
        let operations = paths.flat_map(move |(path, item)| {
            let at = root.child("paths").child(path);
            let operations = item.as_item().into_iter().flat_map(|item| item.iter());
            operations.filter_map(move |(method, operation)| {
                let at = at.child(method).child("security");
                Some((at, operation.security.as_ref()?))
            })
        });
        own.into_iter().chain(operations)
    }

    /// Where requests of an operation carry API keys.
    pub(super) fn credential_places(&self, operation: &Operation) -> Vec<(Location, String)> {
        let names = self.lower_security(operation.security.as_ref());
        let schemes = self.security_schemes.iter();
        let schemes = schemes.filter(|it| names.iter().flatten().any(|name| *name == it.name));
        let keys = schemes.filter_map(ir::SecurityScheme::api_key);
        keys.map(|(location, name)| (location, name.to_owned()))
            .collect()
    }

    /// The alternatives that an operation accepts: its own, or the document's.
    pub(super) fn lower_security(
        &self,
        own: Option<&Vec<SecurityRequirement>>,
    ) -> Vec<Vec<String>> {
        let requirements = own.or(self.document.security.as_ref());
        let requirements = requirements.into_iter().flatten();
        // The check has reported the others.
        let defined = requirements.filter(|requirement| {
            let mut names = requirement.keys();
            names.all(|name| self.is_scheme(name) || HttpScheme::of_name(name).is_some())
        });
        defined
            .map(|requirement| requirement.keys().cloned().collect())
            .collect()
    }

    fn is_scheme(&self, name: &str) -> bool {
        let components = self.document.components.as_ref();
        components.is_some_and(|all| all.security_schemes.contains_key(name))
    }
}

fn kind(scheme: &SecurityScheme) -> SecurityKind {
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => SecurityKind::ApiKey {
            location: match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            },
            name: name.clone(),
        },
        SecurityScheme::HTTP { scheme, .. } => SecurityKind::Http(scheme.clone()),
        SecurityScheme::OAuth2 { .. } => SecurityKind::OAuth2,
        SecurityScheme::OpenIDConnect { .. } => SecurityKind::OpenIdConnect,
    }
}

fn description(scheme: &SecurityScheme) -> Option<&String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_ref(),
    }
}
