//! Credentials, and how they are removed from texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use http::HeaderValue;

use super::escapes::Decoded;

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
    /// Credentials of the client.
    client: Option<Arc<[Secret]>>,
    /// Sensitive headers of one call.
    call: Vec<HeaderValue>,
}

impl Redactor {
    /// Creates a redactor of a client's credentials.
    pub(crate) fn of_client<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut secrets = Vec::new();
        for text in texts {
            secrets.extend(forms(text).into_iter().map(Secret::new));
        }
        Redactor {
            client: (!secrets.is_empty()).then(|| secrets.into()),
            call: Vec::new(),
        }
    }

    /// Adds the sensitive headers of a call.
    pub(crate) fn and<'v>(&self, values: impl Iterator<Item = &'v HeaderValue>) -> Self {
        Redactor {
            client: self.client.clone(),
            call: values
                .filter(|value| value.is_sensitive())
                .cloned()
                .collect(),
        }
    }

    /// Returns the text with `[hidden]` in place of each credential, also where it is escaped as in JSON, a URL
    /// or HTML, or is base64.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        hide(text, self.find(text))
    }

    /// Redacts the first part of a text that may be as large as a response body, in constant space. It is much
    /// more than is shown of it.
    pub(crate) fn redact_start<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.len() <= WINDOW {
            return self.redact(text);
        }
        let window = &text[..boundary(text, WINDOW)];
        let mut found = self.find(window);
        // A credential that the end of the window cuts off is not found, so nothing near that end is returned.
        let end = boundary(window, WINDOW / 2);
        found.retain(|range| range.start < end);
        let end = found.iter().map(|range| range.end).fold(end, usize::max);
        hide(&window[..end], found)
    }

    /// Finds credentials.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut secrets = Vec::new();
        for value in &self.call {
            secrets.extend(value.to_str().map(forms).unwrap_or_default());
        }
        for secret in self.client.as_deref().unwrap_or_default() {
            secrets.push(Cow::Borrowed(secret.expose()));
        }
        let mut found = Vec::new();
        if secrets.is_empty() {
            return found;
        }
        let escaped = text.contains(['\\', '%', '&']).then(|| Decoded::new(text));
        for secret in secrets {
            for (start, secret) in text.match_indices(&*secret) {
                found.push(start..start + secret.len());
            }
            if let Some(escaped) = &escaped {
                escaped.find(&Decoded::new(&secret), &mut found);
            }
        }
        found
    }
}

/// How much of a text is searched if only its start is shown, in bytes.
const WINDOW: usize = 128 * 1024;

/// Returns the last boundary of a character at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut before = (0..=at).rev();
    before
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// Replaces the ranges, which may overlap.
fn hide(text: &str, ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut is_hidden = vec![false; text.len()];
    for range in ranges {
        is_hidden[range].fill(true);
    }
    let mut shown = String::with_capacity(text.len());
    let mut was_hidden = false;
    for (at, character) in text.char_indices() {
        match is_hidden[at] {
            false => shown.push(character),
            true if !was_hidden => shown.push_str("[hidden]"),
            true => {}
        }
        was_hidden = is_hidden[at];
    }
    Cow::Owned(shown)
}

/// Returns a secret, the parts of it that are secret by themselves, and each of these in base64. The parts are
/// the token after the name of a scheme, and the password after a user name. A secret of less than eight
/// characters may be any word, and is left.
fn forms(text: &str) -> Vec<Cow<'_, str>> {
    let after = |separator: char| text.split_once(separator).map(|(_, rest)| rest);
    let mut forms = Vec::new();
    for form in [Some(text), after(' '), after(':')] {
        let Some(form) = form.filter(|form| form.len() >= 8) else {
            continue;
        };
        forms.push(Cow::Borrowed(form));
        for before in 0..3 {
            for alphabet in [STANDARD, FOR_URLS] {
                forms.push(Cow::Owned(base64(before, form.as_bytes(), alphabet)));
            }
        }
    }
    forms
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FOR_URLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Returns those characters of base64 that depend on these bytes alone, if `before` bytes precede them.
fn base64(before: usize, bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let (first_bit, end_bit) = (8 * before, 8 * (before + bytes.len()));
    let mut encoded = String::new();
    for at in first_bit.div_ceil(6)..end_bit / 6 {
        let mut index = 0;
        for bit in 6 * at..6 * at + 6 {
            index = index << 1 | bytes[bit / 8 - before] >> (7 - bit % 8) & 1;
        }
        encoded.push(char::from(alphabet[usize::from(index)]));
    }
    encoded
}
