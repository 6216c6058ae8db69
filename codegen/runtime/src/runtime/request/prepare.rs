//! Completes a request, without I/O.

use percent_encoding::utf8_percent_encode;

use super::Request;
use crate::runtime::base_url;
use crate::runtime::error::Error;
use crate::runtime::operation::CredentialLocation;
use crate::runtime::path;
use crate::runtime::prepared::PreparedRequest;
use crate::runtime::security::Credential;

impl Request {
    /// Completes the request with its credentials and its base URL.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::runtime::ErrorKind::InvalidInput) if a part of the request is invalid, a credential
    /// is missing or the URL is too long.
    pub(crate) fn prepare(mut self) -> Result<PreparedRequest, Error> {
        let credentials = self.authenticate();
        if let Some(error) = self.error {
            return Err(error);
        }
        let client = self.client.inner();
        let base_url = match self.base_url {
            Some(url) if !client.has_own_base_url => {
                let parsed = base_url::parse(url, client.allow_http);
                Some(parsed.map_err(|reason| {
                    let reason = format!(
                        "the operation has the server `{url}`, which cannot be used: {reason}"
                    );
                    Error::invalid_input(reason).of_operation(self.operation)
                })?)
            }
            _ => None,
        };
        let length = base_url.as_ref().unwrap_or(&client.base_url).as_str().len();
        let length = length + self.path.len() + self.query.len() + 1;
        if length > base_url::MAX_LENGTH {
            let reason = format!(
                "the URL is {length} bytes long, and at most {} are possible; shorten the path \
                 parameters or the query",
                base_url::MAX_LENGTH
            );
            return Err(Error::invalid_input(reason).of_operation(self.operation));
        }
        Ok(PreparedRequest {
            operation: self.operation,
            template: self.template,
            repeatable: self.repeatable,
            redirects: self.redirects,
            hints: self.hints,
            base_url,
            path: self.path,
            query: self.query,
            method: self.method,
            headers: self.headers,
            body: self.body,
            credentials,
        })
    }

    /// Chooses the credentials of this request, and adds those of the query and of cookies.
    fn authenticate(&mut self) -> &'static [usize] {
        let client = self.client.inner().clone();
        let is_set = |name: &str| {
            let mut own = self.headers.iter();
            client.headers.contains_key(name) || own.any(|(header, _)| header == name)
        };
        let Some(chosen) = client.credentials.choose(self.security, &is_set) else {
            let required = client.credentials.required(self.security);
            self.reject(format!(
                "the operation requires {required}, which the client does not have; set it on the \
                 client builder"
            ));
            return &[];
        };
        for index in chosen {
            let Some((scheme, Credential::Attached(secret))) = client.credentials.get(*index)
            else {
                continue;
            };
            let secret = secret.expose();
            match scheme.location {
                CredentialLocation::Header => {}
                CredentialLocation::Query => {
                    let name = utf8_percent_encode(scheme.name, path::ENCODED);
                    self.add_query(&format!("{name}={secret}"));
                }
                CredentialLocation::Cookie => {
                    self.add_cookies(&format!("{}={secret}", scheme.name));
                }
            }
        }
        chosen
    }
}
