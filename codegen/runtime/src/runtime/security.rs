//! The credentials of a client: which of them a request carries, and what of them must not show.

use std::fmt;

use http::header::{HeaderName, HeaderValue};

use super::operation::{Scheme, SecurityRequirements};
use super::secret::Secret;

/// The credentials that a client has, each in the place of its scheme.
pub(crate) struct Credentials {
    schemes: &'static [Scheme],
    sent: Vec<Option<Credential>>,
}

/// A credential as it is sent.
pub(crate) enum Credential {
    Header(HeaderName, HeaderValue),
    Attached(Secret),
}

impl Credentials {
    /// Checks what the caller gave. The reasons for a refusal never repeat it.
    pub(crate) fn new(
        schemes: &'static [Scheme],
        given: &[(usize, Result<Secret, String>)],
    ) -> Result<Self, String> {
        let mut sent = Vec::new();
        for (index, scheme) in schemes.iter().enumerate() {
            let mut of_scheme = given.iter().rev().filter(|(other, _)| *other == index);
            sent.push(match of_scheme.next() {
                Some((_, Ok(secret))) => Some(credential(scheme, secret)?),
                Some((_, Err(reason))) => {
                    return Err(format!("the {} {reason}", scheme.display_name));
                }
                None => None,
            });
        }
        Ok(Credentials { schemes, sent })
    }

    /// The first alternative that everything is there for. `is_set` knows the headers that a caller
    /// has set by hand.
    pub(crate) fn choose(
        &self,
        alternatives: SecurityRequirements,
        is_set: impl Fn(&str) -> bool,
    ) -> Option<&'static [usize]> {
        if alternatives.is_empty() {
            return Some(&[]);
        }
        let is_there = |index: usize| match (self.sent.get(index), self.schemes.get(index)) {
            (Some(Some(_)), _) => true,
            (_, Some(scheme)) => scheme.attach.is_none() && is_set(scheme.name),
            _ => false,
        };
        let mut alternatives = alternatives.iter();
        let all_there = |all: &&&[usize]| all.iter().all(|index| is_there(*index));
        alternatives.find(all_there).copied()
    }

    /// What these alternatives want, in words.
    pub(crate) fn required(&self, alternatives: SecurityRequirements) -> RequiredCredentials {
        RequiredCredentials(self.schemes, alternatives)
    }

    pub(crate) fn get(&self, index: usize) -> Option<(&'static Scheme, &Credential)> {
        Some((self.schemes.get(index)?, self.sent.get(index)?.as_ref()?))
    }

    /// The headers of these credentials.
    pub(crate) fn headers(
        &self,
        chosen: &'static [usize],
    ) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        chosen.iter().filter_map(|index| match self.get(*index)? {
            (_, Credential::Header(name, value)) => Some((name, value)),
            (_, Credential::Attached(_)) => None,
        })
    }

    /// Whether a header of this name carries a credential.
    pub(crate) fn is_of_header(&self, name: &HeaderName) -> bool {
        let mut schemes = self.schemes.iter();
        schemes.any(|scheme| scheme.attach.is_none() && name == scheme.name)
    }

    /// Everything that is sent, as it is sent.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let sent = self.sent.iter().flatten();
        sent.filter_map(|credential| match credential {
            Credential::Header(_, value) => value.to_str().ok(),
            Credential::Attached(secret) => Some(secret.expose()),
        })
    }
}

fn credential(scheme: &Scheme, secret: &Secret) -> Result<Credential, String> {
    let what = scheme.display_name;
    let refused = |reason: String| format!("the {what} {reason}");
    let sent = (scheme.encode)(secret.expose()).map_err(refused)?;
    if scheme.attach.is_some() {
        return Ok(Credential::Attached(Secret::new(sent)));
    }
    let mut value = HeaderValue::from_str(&sent)
        .map_err(|_| refused("holds characters that a header cannot".to_owned()))?;
    value.set_sensitive(true);
    Ok(Credential::Header(
        HeaderName::from_static(scheme.name),
        value,
    ))
}

/// A credential that is sent as it stands. A header takes any bytes above ASCII, which servers read
/// in different ways, so only those of ASCII are taken.
#[allow(dead_code, reason = "an API may want no credential")]
pub fn unencoded(credential: &str) -> Result<String, String> {
    if credential.is_empty() {
        return Err("is empty".to_owned());
    }
    if credential.trim() != credential {
        return Err("has white space or a line end at its start or end".to_owned());
    }
    let is_shown = |byte: u8| matches!(byte, b' '..=b'~' | b'\t');
    if !credential.bytes().all(is_shown) {
        return Err("holds characters that a header cannot".to_owned());
    }
    Ok(credential.to_owned())
}

/// The credentials of alternatives: `API key and user and password, or bearer token`.
pub(crate) struct RequiredCredentials(&'static [Scheme], SecurityRequirements);

impl fmt::Display for RequiredCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, all) in self.1.iter().enumerate() {
            if number > 0 {
                f.write_str(" or ")?;
            }
            let whats = all.iter().filter_map(|index| self.0.get(*index));
            for (number, scheme) in whats.enumerate() {
                let and = if number > 0 { " with " } else { "" };
                write!(f, "{and}{}", scheme.display_name)?;
            }
        }
        Ok(())
    }
}
