//! The request of a page, from which the request of the next one is derived.

use std::borrow::Cow;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue};
use reqwest::Url;

use super::query;
use crate::runtime::base_url;
use crate::runtime::client::Client;
use crate::runtime::operation::{CredentialLocation, Operation};
use crate::runtime::retry::RetryPolicy;

/// What the request of a page consists of.
pub(super) struct Current {
    pub(super) client: Client,
    pub(super) path: Cow<'static, str>,
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
}

impl Current {
    /// Returns the query of the page after this one, whose parameter is greater by `step`.
    pub(super) fn after(&self, parameter: &str, first: i64, step: usize) -> Result<String, String> {
        let given = query::value(&self.query, parameter);
        let number = given.map_or(Some(first), |text| text.parse().ok());
        let step = i64::try_from(step).ok();
        let next = number.and_then(|number| number.checked_add(step?));
        let next = next.ok_or_else(|| {
            format!("the parameter `{parameter}` cannot be counted on from its value")
        })?;
        Ok(query::with(&self.query, parameter, &next.to_string()))
    }

    pub(super) fn base_url(&self, operation: &Operation) -> Result<Url, String> {
        let client = self.client.inner();
        match operation.base_url {
            Some(url) if !client.has_own_base_url => base_url::parse(url, client.allow_http),
            _ => Ok(client.base_url.clone()),
        }
    }

    /// Returns the path and query of a URL, which has to be below the base URL. It may be relative to the
    /// current one. Credentials in its query are removed: the call adds them.
    pub(super) fn below(
        &self,
        base_url: &Url,
        url: &str,
        operation: &Operation,
    ) -> Result<(Cow<'static, str>, String), String> {
        let current = base_url::join(base_url, &self.path, &self.query);
        let url = current
            .join(url)
            .map_err(|error| format!("the URL of the next page is invalid: {error}"))?;
        let prefix = base_url.path().trim_end_matches('/');
        let path = url.path().strip_prefix(prefix);
        let path = path.filter(|path| path.starts_with('/') && url.origin() == base_url.origin());
        let path = path.ok_or_else(|| {
            format!(
                "the next page is not below the base URL {base_url}, so that it is not requested: it is at {}{}",
                url.origin().ascii_serialization(),
                url.path(),
            )
        })?;
        let mut query = url.query().unwrap_or_default().to_owned();
        let credentials = &self.client.inner().credentials;
        let schemes = operation.security.iter().copied().flatten();
        for (scheme, _) in schemes.filter_map(|index| credentials.get(*index)) {
            if scheme.location == CredentialLocation::Query {
                query = query::without(&query, scheme.name);
            }
        }
        Ok((Cow::Owned(path.to_owned()), query))
    }
}
