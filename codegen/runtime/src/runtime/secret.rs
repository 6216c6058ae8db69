//! Texts that must not show.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

/// A secret on its way to what carries it: no `Display`, no `Serialize`, and a `Debug` that says
/// nothing.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The text itself, for the one place that sends it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

/// What was sent and must show nowhere, although a server may repeat it.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// The client's credentials.
    client: Option<Arc<[Secret]>>,
    /// Those of the call alone.
    call: Vec<HeaderValue>,
}

impl Redactor {
    /// Hides these texts of a client.
    pub(crate) fn of_client<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut secrets: Vec<Secret> = texts.flat_map(forms).map(Secret::new).collect();
        // A part of another must not leave the rest of that one behind.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
        Redactor {
            client: (!secrets.is_empty()).then(|| secrets.into()),
            call: Vec::new(),
        }
    }

    /// Hides what these headers hold too, if they are sensitive.
    pub(crate) fn and<'v>(&self, values: impl Iterator<Item = &'v HeaderValue>) -> Self {
        Redactor {
            client: self.client.clone(),
            call: values
                .filter(|value| value.is_sensitive())
                .cloned()
                .collect(),
        }
    }

    /// The text without what is hidden.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let client = self.client.iter().flat_map(|secrets| secrets.iter());
        let call = self.call.iter().filter_map(|value| value.to_str().ok());
        let all = call.flat_map(forms).chain(client.map(Secret::expose));
        let mut covered = Cow::Borrowed(text);
        for secret in all {
            if covered.contains(secret) {
                covered = Cow::Owned(covered.replace(secret, "[hidden]"));
            }
        }
        covered
    }
}

/// A secret, and what it holds that is secret by itself: behind the name of a scheme the token, and
/// behind a user's name the password. What is shorter than eight characters may be a word of the
/// text, and is no secret to speak of.
fn forms(text: &str) -> impl Iterator<Item = &str> {
    let behind = |sign: char| text.split_once(sign).map(|(_, rest)| rest);
    let forms = [Some(text), behind(' '), behind(':')];
    forms.into_iter().flatten().filter(|form| form.len() >= 8)
}
