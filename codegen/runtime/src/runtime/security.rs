//! The credentials of a client, and which of them a request carries.

use std::fmt;

use http::header::{HeaderName, HeaderValue};

use super::operation::{CredentialLocation, Scheme, SecurityRequirements};
use super::secret::Secret;

/// The credentials of a client, each at the index of its scheme.
pub(crate) struct Credentials {
    schemes: &'static [Scheme],
    encoded: Vec<Option<Credential>>,
}

/// An encoded credential.
pub(crate) enum Credential {
    Header(HeaderName, HeaderValue),
    /// A credential of the query or of a cookie.
    Attached(Secret),
}

impl Credentials {
    /// Encodes the credentials that the caller set. The last one of a scheme counts.
    ///
    /// # Errors
    ///
    /// If one is invalid. The reason never contains the credential.
    pub(crate) fn new(
        schemes: &'static [Scheme],
        given: &[(usize, Result<Secret, String>)],
    ) -> Result<Self, String> {
        let mut encoded = Vec::new();
        for (index, scheme) in schemes.iter().enumerate() {
            let mut last = None;
            for (other, secret) in given {
                if *other == index {
                    last = Some(secret);
                }
            }
            encoded.push(match last {
                Some(Ok(secret)) => Some(credential(scheme, secret)?),
                Some(Err(reason)) => return Err(format!("the {} {reason}", scheme.display_name)),
                None => None,
            });
        }
        Ok(Credentials { schemes, encoded })
    }

    /// Returns the first list of schemes whose credentials are all set. `is_set` tells whether the caller
    /// set a header.
    pub(crate) fn choose(
        &self,
        requirements: SecurityRequirements,
        is_set: &dyn Fn(&str) -> bool,
    ) -> Option<&'static [usize]> {
        if requirements.is_empty() {
            return Some(&[]);
        }
        for all in requirements {
            let mut has_all = true;
            for index in *all {
                has_all &= match (self.encoded.get(*index), self.schemes.get(*index)) {
                    (Some(Some(_)), _) => true,
                    (_, Some(scheme)) => {
                        scheme.location == CredentialLocation::Header && is_set(scheme.name)
                    }
                    _ => false,
                };
            }
            if has_all {
                return Some(all);
            }
        }
        None
    }

    /// Names the credentials of the requirements, for a message.
    pub(crate) fn required(&self, requirements: SecurityRequirements) -> RequiredCredentials {
        RequiredCredentials(self.schemes, requirements)
    }

    pub(crate) fn get(&self, index: usize) -> Option<(&'static Scheme, &Credential)> {
        Some((self.schemes.get(index)?, self.encoded.get(index)?.as_ref()?))
    }

    /// Whether a header of this name is a credential.
    pub(crate) fn is_header(&self, name: &HeaderName) -> bool {
        let mut schemes = self.schemes.iter();
        schemes.any(|scheme| scheme.location == CredentialLocation::Header && name == scheme.name)
    }

    /// Returns every encoded credential.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for credential in &self.encoded {
            match credential {
                Some(Credential::Header(_, value)) => {
                    texts.push(value.to_str().unwrap_or_default())
                }
                Some(Credential::Attached(secret)) => texts.push(secret.expose()),
                None => {}
            }
        }
        texts
    }
}

fn credential(scheme: &Scheme, secret: &Secret) -> Result<Credential, String> {
    let name = scheme.display_name;
    let invalid = |reason: String| format!("the {name} {reason}");
    let encoded = (scheme.encode)(secret.expose()).map_err(invalid)?;
    if scheme.location != CredentialLocation::Header {
        return Ok(Credential::Attached(Secret::new(encoded)));
    }
    let mut value = HeaderValue::from_str(&encoded)
        .map_err(|_| invalid("contains characters that are not allowed in a header".to_owned()))?;
    value.set_sensitive(true);
    Ok(Credential::Header(
        HeaderName::from_static(scheme.name),
        value,
    ))
}

/// Returns the credential as it is.
///
/// # Errors
///
/// If it is empty, or contains characters other than visible ASCII and inner spaces: servers decode other
/// bytes of a header differently.
#[allow(dead_code, reason = "an API may require no credentials")]
pub fn unencoded(credential: &str) -> Result<String, String> {
    if credential.is_empty() {
        return Err("is empty".to_owned());
    }
    if credential.trim() != credential {
        return Err("starts or ends with white space or a line end; remove it".to_owned());
    }
    let is_allowed = |byte: u8| matches!(byte, b' '..=b'~' | b'\t');
    if !credential.bytes().all(is_allowed) {
        return Err("contains characters that are not allowed in a header".to_owned());
    }
    Ok(credential.to_owned())
}

/// Displays as `API key with user and password or bearer token`.
pub(crate) struct RequiredCredentials(&'static [Scheme], SecurityRequirements);

impl fmt::Display for RequiredCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, all) in self.1.iter().enumerate() {
            if number > 0 {
                f.write_str(" or ")?;
            }
            let schemes = all.iter().filter_map(|index| self.0.get(*index));
            for (number, scheme) in schemes.enumerate() {
                let with = if number > 0 { " with " } else { "" };
                write!(f, "{with}{}", scheme.display_name)?;
            }
        }
        Ok(())
    }
}
