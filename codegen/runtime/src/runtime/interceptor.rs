//! Behaviour that a program adds around every attempt.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use super::base_url;
use super::error::{Error, ErrorKind};
use super::header;
use super::prepared::{Body, PreparedRequest};
use super::secret::Redactor;
use super::security::Credentials;

/// Behaviour around each attempt of each call, such as metrics, request IDs or signatures.
///
/// [`ClientBuilder::interceptor`](super::ClientBuilder::interceptor) adds it to a client, async or blocking.
/// Both methods do nothing by default. They run on the thread that sends the request, so they must not
/// block. The credentials of a request are never visible to them.
///
/// The client owns the interceptor. To read what it has counted, keep an `Arc` of its state.
pub trait Interceptor: Send + Sync + 'static {
    /// Runs before each attempt, the first and each retry. It can set headers.
    ///
    /// # Errors
    ///
    /// An error ends the call with the kind [`InvalidInput`](ErrorKind::InvalidInput), and the attempt is not
    /// sent.
    #[allow(unused_variables, reason = "an implementation may need no argument")]
    fn before_attempt(
        &self,
        attempt: &mut Attempt<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        Ok(())
    }

    /// Runs after each attempt, whether it succeeded or not, and before the client decides on a retry. It does
    /// not run if the call is dropped.
    #[allow(unused_variables, reason = "an implementation may need no argument")]
    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {}
}

/// The request of one attempt.
pub struct Attempt<'a> {
    pub(super) client: ClientParts<'a>,
    pub(super) request: &'a mut PreparedRequest,
    pub(super) number: u32,
}

/// What an attempt uses of its client.
#[derive(Clone, Copy)]
pub(super) struct ClientParts<'a> {
    pub(super) base_url: &'a Url,
    pub(super) headers: &'a HeaderMap,
    pub(super) credentials: &'a Credentials,
    pub(super) redactor: &'a Redactor,
}

impl Attempt<'_> {
    /// Returns the `operationId`, or `request` for [`Client::request`](super::Client::request).
    pub fn operation(&self) -> &'static str {
        self.request.operation
    }

    /// Returns the number of this attempt. 1 for the first.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        &self.request.method
    }

    /// Returns the path template, such as `/v1/tasks/{taskId}`, if the request is one of an operation.
    pub fn path_template(&self) -> Option<&'static str> {
        self.request.template
    }

    /// Returns the URL as it is sent, with `[hidden]` in place of credentials.
    pub fn url(&self) -> String {
        let request = &self.request;
        let base_url = request.base_url(self.client.base_url);
        let url = base_url::join(base_url, &request.path, &request.query);
        self.client.redactor.redact(url.as_str()).into_owned()
    }

    /// Returns the request body, or `None` if there is none or it is a stream.
    pub fn body(&self) -> Option<&[u8]> {
        match &self.request.body {
            Some(Body::Whole(bytes)) => Some(bytes),
            Some(Body::SingleUse(_)) | None => None,
        }
    }

    /// Returns a header of the request, or `None` if it is absent, a credential or not text.
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        let own = header::last(&self.request.headers, name);
        let value = own.or_else(|| self.client.headers.get(name))?;
        let value = value.to_str().ok().filter(|_| !value.is_sensitive())?;
        Some(self.client.redactor.redact(value))
    }

    /// Sets a header of this attempt, and replaces the request's header of that name.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) if the name or the value is not valid in a header.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let (name, mut value) = header::parse(name, value).map_err(Error::invalid_input)?;
        if name == AUTHORIZATION || self.client.credentials.is_header(&name) {
            value.set_sensitive(true);
        }
        self.request.headers.push((name, value));
        Ok(())
    }
}

/// How an attempt ended.
pub struct AttemptOutcome<'a> {
    pub(super) head: Option<(StatusCode, &'a HeaderMap)>,
    pub(super) error: Option<ErrorKind>,
    pub(super) elapsed: Duration,
}

impl AttemptOutcome<'_> {
    /// Returns the status, or `None` if no response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.head.map(|(status, _)| status)
    }

    /// Returns the headers of the response, or `None` if no response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.map(|(_, headers)| headers)
    }

    /// Returns why no complete response arrived, or `None` if one did, whatever its status.
    pub fn error_kind(&self) -> Option<ErrorKind> {
        self.error
    }

    /// Returns the time from the start of the attempt to the end of the response.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Debug for AttemptOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A server may echo a credential in a header.
        f.debug_struct("AttemptOutcome")
            .field("status", &self.status())
            .field("error_kind", &self.error)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation())
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
