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
        let secrets: Vec<Secret> = texts.flat_map(forms).map(Secret::new).collect();
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
        let client = self.client.iter().flat_map(|secrets| secrets.iter());
        let client = client.map(|secret| Cow::Borrowed(secret.expose()));
        let call = self.call.iter().filter_map(|value| value.to_str().ok());
        let mut secrets = call.flat_map(forms).chain(client).peekable();
        if secrets.peek().is_none() {
            return Vec::new();
        }
        let escaped = text.contains(['\\', '%', '&']).then(|| Decoded::new(text));
        let mut found = Vec::new();
        for secret in secrets {
            let plain = text.match_indices(&*secret);
            found.extend(plain.map(|(start, secret)| start..start + secret.len()));
            if let Some(escaped) = &escaped {
                found.extend(escaped.find(&Decoded::new(&secret)));
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
fn hide(text: &str, mut ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    ranges.sort_by_key(|range| range.start);
    let mut hidden = String::with_capacity(text.len());
    let mut end = 0;
    for range in ranges {
        if range.start >= end {
            hidden.push_str(&text[end..range.start]);
            hidden.push_str("[hidden]");
        }
        end = end.max(range.end);
    }
    hidden.push_str(&text[end..]);
    Cow::Owned(hidden)
}

/// Returns a secret, the parts of it that are secret by themselves, and each of these in base64. The parts are
/// the token after the name of a scheme, and the password after a user name. A secret of less than eight
/// characters may be any word, and is left.
fn forms(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let after = |separator: char| text.split_once(separator).map(|(_, rest)| rest);
    let forms = [Some(text), after(' '), after(':')];
    let forms = forms.into_iter().flatten().filter(|form| form.len() >= 8);
    forms.flat_map(|form| {
        let encoded = (0..3).flat_map(|before| {
            let standard = base64(before, form.as_bytes());
            let for_urls = standard.replace('+', "-").replace('/', "_");
            [Cow::Owned(standard), Cow::Owned(for_urls)]
        });
        std::iter::once(Cow::Borrowed(form)).chain(encoded)
    })
}

/// Returns those characters of base64 that depend on these bytes alone, if `before` bytes precede them.
fn base64(before: usize, bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (first_bit, end_bit) = (8 * before, 8 * (before + bytes.len()));
    let bit = |at: usize| bytes[at / 8 - before] >> (7 - at % 8) & 1;
    (first_bit.div_ceil(6)..end_bit / 6)
        .map(|at| (6 * at..6 * at + 6).fold(0, |index, at| index << 1 | bit(at)))
        .map(|index| char::from(ALPHABET[usize::from(index)]))
        .collect()
}
