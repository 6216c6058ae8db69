//! The API as a whole: its server, and what it wants of those who ask.

use super::ApiDiff;
use crate::ir::{Api, Operation, SecurityKind};
use crate::plan::credentials::Credential;

impl ApiDiff<'_> {
    pub(super) fn api(&mut self) {
        let (old, new) = (self.old.base_url(), self.new.base_url());
        match (&old, &new) {
            (Some(old), Some(new)) if old != new => {
                self.compatible(format!("requests go to `{new}`, went to `{old}`"));
            }
            (Some(old), None) => self.compatible(format!(
                "no server any more, was `{old}`: every program has to name one"
            )),
            (None, Some(new)) => self.compatible(format!("requests go to `{new}` by themselves")),
            (Some(_) | None, _) => {}
        }
        self.credentials();
    }

    /// What a client is made with.
    fn credentials(&mut self) {
        let (old, new) = (&self.old.credentials, &self.new.credentials);
        for Credential { setter, .. } in new {
            if !old.iter().any(|other| other.setter == *setter) {
                self.compatible(format!(
                    "the client takes a credential more: `ClientBuilder::{setter}`"
                ));
            }
        }
        for Credential { setter, .. } in old {
            if !new.iter().any(|other| other.setter == *setter) {
                self.breaking(format!(
                    "the client takes a credential less: `ClientBuilder::{setter}` is gone"
                ));
            }
        }
        let arguments = |credentials: &[Credential<'_>]| {
            credentials.first().map_or(0, |it| it.arguments().len())
        };
        let (old, new) = (arguments(old), arguments(new));
        if old != new {
            self.breaking(format!(
                "`Client::new` takes {new} arguments for credentials, took {old}"
            ));
        }
    }

    pub(super) fn security(&mut self, old: &Operation, new: &Operation) {
        let before = accepted(self.old.api, old);
        let after = accepted(self.new.api, new);
        if before == after {
            return;
        }
        let words = |alternatives: &[String]| match alternatives {
            [] => "nothing".to_owned(),
            alternatives => alternatives.join(", or "),
        };
        let (old, new_words) = (words(&before), words(&after));
        let text = format!("operation `{}` wants {new_words}, wanted {old}", new.id);
        self.compatible(text);
    }
}

/// What an operation accepts, each alternative in words.
fn accepted(api: &Api, operation: &Operation) -> Vec<String> {
    let alternatives = operation.security.iter();
    let words = alternatives.map(|names| match names.as_slice() {
        [] => "nothing".to_owned(),
        names => {
            let words: Vec<String> = names.iter().map(|name| scheme(api, name)).collect();
            words.join(" and ")
        }
    });
    words.collect()
}

fn scheme(api: &Api, name: &str) -> String {
    let mut schemes = api.security_schemes.iter();
    let Some(scheme) = schemes.find(|scheme| scheme.name == name) else {
        return format!("`{name}`");
    };
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            format!("a key in the {} `{name}`", location.as_str())
        }
        SecurityKind::Http(scheme) => format!("http `{scheme}`"),
        SecurityKind::OAuth2 => format!("oauth2 (`{name}`)"),
        SecurityKind::OpenIdConnect => format!("openIdConnect (`{name}`)"),
    }
}
