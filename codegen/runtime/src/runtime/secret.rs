//! Credentials, and how they are removed from texts.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

/// A credential: no `Display`, no `Serialize`, and a `Debug` without the text.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// Returns the text, to send it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

/// Removes credentials from texts, such as a server's message that echoes them.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// Credentials of the client, the longest first.
    client: Option<Arc<[Secret]>>,
    /// Sensitive headers of one call.
    call: Vec<HeaderValue>,
}

impl Redactor {
    /// Creates a redactor of a client's credentials.
    pub(crate) fn of_client<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut secrets: Vec<Secret> = texts.flat_map(forms).map(Secret::new).collect();
        // To replace a part of a longer secret first would leave the rest of it.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
        Redactor {
            client: (!secrets.is_empty()).then(|| secrets.into()),
            call: Vec::new(),
        }
    }

    /// Adds those of a call's headers that are sensitive.
    pub(crate) fn and<'v>(&self, values: impl Iterator<Item = &'v HeaderValue>) -> Self {
        Redactor {
            client: self.client.clone(),
            call: values
                .filter(|value| value.is_sensitive())
                .cloned()
                .collect(),
        }
    }

    /// Returns the text with `[hidden]` in place of each credential.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let client = self.client.iter().flat_map(|secrets| secrets.iter());
        let call = self.call.iter().filter_map(|value| value.to_str().ok());
        let all = call.flat_map(forms).chain(client.map(Secret::expose));
        let mut redacted = Cow::Borrowed(text);
        for secret in all {
            if redacted.contains(secret) {
                redacted = Cow::Owned(redacted.replace(secret, "[hidden]"));
            }
        }
        redacted
    }
}

/// Returns a secret and the parts of it that are secret by themselves: the token after the name of a scheme,
/// and the password after a user name. A secret of less than eight characters may be any word, and is left.
fn forms(text: &str) -> impl Iterator<Item = &str> {
    let after = |separator: char| text.split_once(separator).map(|(_, rest)| rest);
    let forms = [Some(text), after(' '), after(':')];
    forms.into_iter().flatten().filter(|form| form.len() >= 8)
}
