//! Credentials, and how they are removed from texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use http::header::{HeaderName, HeaderValue};

use super::escapes::Traced;

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
    client: Option<Arc<Vec<String>>>,
    /// Sensitive headers of one call.
    call: Vec<HeaderValue>,
}

impl Redactor {
    /// Creates a redactor of a client's credentials.
    pub(crate) fn of_client(texts: &[&str]) -> Self {
        let mut secrets = Vec::new();
        for text in texts {
            add_forms(text, &mut secrets);
        }
        Redactor {
            client: (!secrets.is_empty()).then(|| Arc::new(secrets)),
            call: Vec::new(),
        }
    }

    /// Adds the sensitive headers of a call.
    pub(crate) fn and(&self, headers: &[(HeaderName, HeaderValue)]) -> Self {
        let mut call = Vec::new();
        for (_, value) in headers {
            if value.is_sensitive() {
                call.push(value.clone());
            }
        }
        Redactor {
            client: self.client.clone(),
            call,
        }
    }

    /// Returns the text with `[hidden]` in place of each credential, also where it is escaped as in JSON, a URL
    /// or HTML, or is base64.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        hide(text, &self.find(text))
    }

    /// Redacts the first part of a text that may be as large as a response body, in constant space. It is much
    /// more than is shown of it.
    pub(crate) fn redact_start<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.len() <= WINDOW {
            return self.redact(text);
        }
        let window = &text[..boundary(text, WINDOW)];
        let found = self.find(window);
        // A credential that the end of the window cuts off is not found, so nothing near that end is returned.
        let middle = boundary(window, WINDOW / 2);
        let mut end = middle;
        for range in &found {
            if range.start < middle {
                end = end.max(range.end);
            }
        }
        hide(&window[..boundary(window, end)], &found)
    }

    /// Finds credentials.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut in_call = Vec::new();
        for value in &self.call {
            add_forms(value.to_str().unwrap_or_default(), &mut in_call);
        }
        let in_client = self.client.as_ref().map_or(&[][..], |secrets| secrets);
        let mut found = Vec::new();
        if in_call.is_empty() && in_client.is_empty() {
            return found;
        }
        let plain = Traced::plain(text);
        let decoded = Traced::decoded(text);
        for secrets in &[&in_call[..], in_client] {
            for secret in *secrets {
                plain.find(&Traced::plain(secret), &mut found);
                decoded.find(&Traced::decoded(secret), &mut found);
            }
        }
        found
    }
}

/// How much of a text is searched if only its start is shown, in bytes.
const WINDOW: usize = 128 * 1024;

/// Returns the last boundary of a character at or before `at`.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Replaces the ranges, which may overlap and be outside of the text.
fn hide<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    // No text in UTF-8 has this byte.
    const HIDDEN: u8 = 0xff;
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        if let Some(bytes) = bytes.get_mut(range.clone()) {
            bytes.fill(HIDDEN);
        }
    }
    let mut shown = String::with_capacity(text.len());
    let mut was_hidden = false;
    for (at, character) in text.char_indices() {
        let is_hidden = bytes[at] == HIDDEN;
        if !is_hidden {
            shown.push(character);
        } else if !was_hidden {
            shown.push_str("[hidden]");
        }
        was_hidden = is_hidden;
    }
    Cow::Owned(shown)
}

/// Adds a secret, the parts of it that are secret by themselves, and each of these in base64. The parts are
/// the token after the name of a scheme, and the password after a user name. A secret of less than eight
/// characters may be any word, and is left.
fn add_forms(text: &str, forms: &mut Vec<String>) {
    let after = |separator: char| text.split_once(separator).map_or("", |(_, rest)| rest);
    for form in &[text, after(' '), after(':')] {
        if form.len() < 8 {
            continue;
        }
        forms.push((*form).to_owned());
        for before in 0..3 {
            forms.push(base64(before, form.as_bytes(), STANDARD));
            forms.push(base64(before, form.as_bytes(), FOR_URLS));
        }
    }
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
