//! Security requirements: that the schemes they name are defined.

use std::collections::HashSet;

use super::Checker;
use super::suggest::{meant_or, nearest};
use crate::code::Code;
use crate::openapi::security::HttpScheme;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node};

impl<'a> Checker<'a> {
    pub(super) fn check_security(
        &mut self,
        requirements: &'a Node,
        at: &Pointer,
        used: &mut HashSet<&'a str>,
    ) {
        for (index, requirement) in requirements.items().iter().enumerate() {
            for scheme in requirement.entries() {
                used.insert(&scheme.key);
                let key = ("securitySchemes", scheme.key.as_str());
                if !self.components.contains_key(&key) && !self.is_section_misspelt(key.0) {
                    self.undefined_scheme(scheme, &at.child(index));
                }
            }
        }
    }

    fn undefined_scheme(&mut self, scheme: &'a Entry, requirement: &Pointer) {
        let key = &scheme.key;
        let known = self.section("securitySchemes").iter();
        let meant = nearest(key, known.map(|known| known.key.as_str()));
        let place = At::Key(requirement.child(key));
        let message = format!("the security scheme `{key}` is not defined");
        let problem = match (meant, HttpScheme::of_name(key)) {
            (None, Some(scheme)) => {
                let name = scheme.key();
                Problem::new(
                    Code::ImpliedSecurityScheme,
                    message,
                    place,
                    format!("read as `type: http, scheme: {name}`"),
                )
                .help(format!(
                    "add `{key}: {{type: http, scheme: {name}}}` to `components/securitySchemes`"
                ))
            }
            (meant, _) => Problem::new(
                Code::UndefinedSecurityScheme,
                message,
                place,
                "this alternative is ignored",
            )
            .help(meant_or(meant, "add it to `components/securitySchemes`")),
        };
        self.problems.push(problem);
    }
}
