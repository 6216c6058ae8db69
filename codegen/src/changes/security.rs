//! The API as a whole: its server, and what it wants of those who ask.

use super::{Comparer, Side};
use crate::emit;
use crate::ir::{Location, Operation, SecurityKind};

impl Comparer<'_> {
    pub(super) fn api(&mut self) {
        let url = |side: &Side<'_>| Some(side.api.servers.first()?.address()?.to_owned());
        let (old, new) = (url(&self.old), url(&self.new));
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
        let credentials = |side: &Side<'_>| emit::security::credentials(side.api, side.options);
        let (old, new) = (credentials(&self.old), credentials(&self.new));
        for (setter, _) in &new {
            if !old.iter().any(|(other, _)| other == setter) {
                self.compatible(format!(
                    "the client takes a credential more: `ClientBuilder::{setter}`"
                ));
            }
        }
        for (setter, _) in &old {
            if !new.iter().any(|(other, _)| other == setter) {
                self.breaking(format!(
                    "the client takes a credential less: `ClientBuilder::{setter}` is gone"
                ));
            }
        }
        let arguments = |credentials: &[(String, usize)]| {
            credentials.first().map_or(0, |(_, arguments)| *arguments)
        };
        let (old, new) = (arguments(&old), arguments(&new));
        if old != new {
            self.breaking(format!(
                "`Client::new` takes {new} arguments for credentials, took {old}"
            ));
        }
    }

    pub(super) fn security(&mut self, old: &Operation, new: &Operation) {
        let before = self.old.accepted(old);
        let after = self.new.accepted(new);
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

impl Side<'_> {
    /// What an operation accepts, each alternative in words.
    fn accepted(&self, operation: &Operation) -> Vec<String> {
        let alternatives = operation.security.iter();
        alternatives
            .map(|names| match names.as_slice() {
                [] => "nothing".to_owned(),
                names => {
                    let words: Vec<String> = names.iter().map(|name| self.scheme(name)).collect();
                    words.join(" and ")
                }
            })
            .collect()
    }

    fn scheme(&self, name: &str) -> String {
        let mut schemes = self.api.security_schemes.iter();
        let Some(scheme) = schemes.find(|scheme| scheme.name == name) else {
            return format!("`{name}`");
        };
        match &scheme.kind {
            SecurityKind::ApiKey { location, name } => {
                let location = match location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                format!("a key in the {location} `{name}`")
            }
            SecurityKind::Http(scheme) => format!("http `{scheme}`"),
            SecurityKind::OAuth2 => format!("oauth2 (`{name}`)"),
            SecurityKind::OpenIdConnect => format!("openIdConnect (`{name}`)"),
        }
    }
}
