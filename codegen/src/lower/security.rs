//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::ir::{self, Location, SecurityKind};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Lowering<'_> {
    pub(super) fn lower_security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let mut schemes = Vec::new();
        let Some(components) = &self.document.components else {
            return schemes;
        };
        for (name, scheme) in &components.security_schemes {
            let at = Pointer::root().descend(["components", "securitySchemes", name]);
            let ReferenceOr::Item(scheme) = scheme else {
                let what = "a reference to a security scheme";
                self.problem(Problem::not_generated(what, At::Value(at)));
                continue;
            };
            schemes.push(ir::SecurityScheme {
                at,
                name: name.clone(),
                kind: kind(scheme),
            });
        }
        schemes
    }

    /// The alternatives that an operation accepts: its own, or the document's.
    pub(super) fn lower_security(
        &self,
        own: Option<&Vec<SecurityRequirement>>,
    ) -> Vec<Vec<String>> {
        let requirements = own.or(self.document.security.as_ref());
        let requirements = requirements.into_iter().flatten();
        requirements
            .map(|requirement| requirement.keys().cloned().collect())
            .collect()
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
