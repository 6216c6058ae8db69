//! Security requirements: that they name schemes that are there.

use std::collections::HashSet;

use super::Checker;
use super::suggest::nearest;
use crate::code::Code;
use crate::http_authentication::implied_by;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node, NodeKind};

impl<'a> Checker<'a> {
    pub(super) fn check_security(
        &mut self,
        requirements: &'a Node,
        at: &Pointer,
        used: &mut HashSet<&'a str>,
    ) {
        let schemes = self.section("securitySchemes");
        let NodeKind::Sequence(requirements) = &requirements.kind else {
            return;
        };
        for (index, requirement) in requirements.iter().enumerate() {
            let NodeKind::Mapping(names) = &requirement.kind else {
                continue;
            };
            for name in names {
                used.insert(&name.key);
                if schemes.iter().any(|scheme| scheme.key == name.key)
                    || self.is_section_misspelt("securitySchemes")
                {
                    continue;
                }
                self.undefined_scheme(name, &at.child(index));
            }
        }
    }

    fn undefined_scheme(&mut self, name: &'a Entry, requirement: &Pointer) {
        let known = self.section("securitySchemes").iter();
        let meant = nearest(&name.key, known.map(|scheme| scheme.key.as_str()));
        let place = At::Key(requirement.child(&name.key));
        let message = format!("the security scheme `{}` is not defined", name.key);
        let problem = match (meant, implied_by(&name.key)) {
            (None, Some(scheme)) => Problem::new(
                Code::ImpliedSecurityScheme,
                message,
                place,
                format!("taken for `type: http, scheme: {scheme}`"),
            )
            .help(format!(
                "define it: under `components/securitySchemes`, write `{}: {{type: http, scheme: \
                 {scheme}}}`",
                name.key
            )),
            (meant, _) => Problem::new(
                Code::UndefinedSecurityScheme,
                message,
                place,
                "there is no such entry under `components/securitySchemes`",
            )
            .help(match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "define it there".to_owned(),
            }),
        };
        self.problems.push(problem);
    }
}
