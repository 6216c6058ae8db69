//! The API as a whole: its server and its credentials.

use super::{ApiDiff, pairs};
use crate::ir::SecurityKind;
use crate::plan::credentials::Credential;
use crate::plan::operations::Operation;

impl ApiDiff<'_> {
    pub(super) fn api(&mut self) {
        match (self.old.base_url(), self.new.base_url()) {
            (Some(old), Some(new)) if old != new => {
                self.behaviour(format!("requests are sent to `{new}` instead of `{old}`"));
            }
            (Some(old), None) => self.behaviour(format!(
                "the default server `{old}` was removed: every program has to set the base URL"
            )),
            (None, Some(new)) => {
                self.compatible(format!("requests are sent to `{new}` by default"));
            }
            (Some(_) | None, _) => {}
        }
        self.credentials();
    }

    /// What a client is created with.
    fn credentials(&mut self) {
        let (old, new) = (&self.old.credentials, &self.new.credentials);
        let is_same = |old: &Credential<'_>, new: &Credential<'_>| old.setter == new.setter;
        for pair in pairs(old, new, is_same) {
            let subject =
                |it: &Credential<'_>| format!("credential `ClientBuilder::{}`", it.setter);
            let Some((old, new)) = self.kept(pair, subject) else {
                continue;
            };
            let (before, after) = (words(old), words(new));
            if before != after {
                let name = &new.display_name;
                self.behaviour(format!("the {name} is sent in {after}, not in {before}"));
            }
            if old.variable != new.variable {
                let (old, new) = (&old.variable, &new.variable);
                self.behaviour(format!(
                    "the environment variable `{new}` is read instead of `{old}`"
                ));
            }
        }
        let arguments = |credentials: &[Credential<'_>]| {
            credentials.first().map_or(0, |it| it.arguments().len())
        };
        let (old, new) = (arguments(old), arguments(new));
        if old != new {
            self.breaking(format!(
                "`Client::new` takes {new} arguments for credentials instead of {old}"
            ));
        }
    }

    pub(super) fn security(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let before = accepted(&self.old.credentials, old);
        let after = accepted(&self.new.credentials, new);
        if before != after {
            let id = &new.ir.id;
            self.behaviour(format!(
                "operation `{id}` requires {after} instead of {before}"
            ));
        }
    }
}

/// Returns what an operation accepts, in words.
fn accepted(credentials: &[Credential<'_>], operation: &Operation<'_>) -> String {
    let alternatives = operation.security.iter().map(|all| {
        let names = all.iter().map(|index| &credentials[*index].display_name);
        let names: Vec<String> = names.map(|name| format!("the {name}")).collect();
        match names.as_slice() {
            [] => "nothing".to_owned(),
            names => names.join(" and "),
        }
    });
    match alternatives.collect::<Vec<_>>().as_slice() {
        [] => "nothing".to_owned(),
        alternatives => alternatives.join(", or "),
    }
}

/// Returns where a request carries a credential.
fn words(credential: &Credential<'_>) -> String {
    match &credential.scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            format!("the {} `{name}`", location.key())
        }
        SecurityKind::Http(scheme) => format!("the header `Authorization`, as `{scheme}`"),
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => {
            "the header `Authorization`, as `bearer`".to_owned()
        }
    }
}
