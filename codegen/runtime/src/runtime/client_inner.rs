//! The settings of a client, checked, and its connections.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use reqwest::Url;

use super::base_url::KeptUrls;
use super::connections::Connections;
use super::interceptor::Interceptor;
use super::operation::SecurityRequirements;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::Redactor;
use super::security::Credentials;

/// Everything that the clones of a client share.
pub(crate) struct ClientInner {
    pub(crate) connections: Connections,
    pub(crate) base_url: Url,
    pub(crate) urls: KeptUrls,
    /// Whether the base URL is the caller's, for all operations.
    pub(crate) has_own_base_url: bool,
    /// Whether an `http` base URL may have any host.
    pub(crate) allow_http: bool,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    /// Security requirements of all operations.
    pub(crate) security: SecurityRequirements,
    pub(crate) redactor: Redactor,
    pub(crate) attempt_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) max_response_size: u64,
    pub(crate) interceptors: Vec<Arc<dyn Interceptor>>,
}
