//! Builds a request from an operation and its parameters, without I/O.

use std::borrow::Cow;
use std::fmt::{self, Display};

use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::base_url;
use super::call::{Call, Empty, Json};
use super::client::Client;
use super::error::Error;
use super::header;
use super::operation::{Operation, SecurityRequirements};
use super::path;
use super::security::Credential;

/// A request to a path of the caller's.
///
/// [`Client::request`](super::Client::request) begins one. What is wrong with it is the error of its
/// call.
#[must_use = "a request is not sent until its call is awaited or sent"]
pub struct Request {
    client: Client,
    operation: &'static str,
    template: Option<&'static str>,
    repeatable: bool,
    hints: &'static [(u16, &'static str)],
    method: Method,
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: String,
    /// What is set besides the client's own headers, or in place of them.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Body>,
    security: SecurityRequirements,
    error: Option<Error>,
}

/// The body of a request.
pub(crate) enum Body {
    Whole(Bytes),
    /// One that can be sent once, as that of a stream.
    #[allow(dead_code, reason = "only streams are such")]
    SingleUse(Option<reqwest::Body>),
}

/// A request that is ready to be sent, as often as it takes.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static str,
    /// The path before its parameters were filled in, if it is one of the description's.
    #[cfg_attr(
        not(feature = "tracing"),
        allow(dead_code, reason = "only traces name it")
    )]
    pub(crate) template: Option<&'static str>,
    pub(crate) repeatable: bool,
    pub(crate) hints: &'static [(u16, &'static str)],
    pub(crate) method: Method,
    /// Below the base URL, and percent-encoded.
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Body>,
    /// The credentials that it carries.
    pub(crate) credentials: &'static [usize],
}

/// A request for an operation of the description. A function and not a method, so that it stays
/// out of the client's public API.
pub fn request(client: &Client, operation: &'static Operation, path_values: &[&str]) -> Request {
    let mut request = Request::new(
        client,
        operation.id,
        operation.method.clone(),
        operation.repeatable,
    );
    request.template = Some(operation.path);
    request.security = operation.security;
    request.hints = operation.hints;
    match path::fill(operation.path, operation.path_parameters, path_values) {
        Ok(path) => request.path = path,
        Err(reason) => request.reject(reason),
    }
    request
}

impl Request {
    fn new(client: &Client, operation: &'static str, method: Method, repeatable: bool) -> Self {
        Request {
            client: client.clone(),
            operation,
            template: None,
            repeatable,
            hints: &[],
            method,
            path: Cow::Borrowed(""),
            query: String::new(),
            headers: Vec::new(),
            body: None,
            security: client.inner().security,
            error: None,
        }
    }

    pub(crate) fn to_path(client: &Client, method: Method, path: &str) -> Self {
        let repeatable = method.is_idempotent();
        let mut request = Request::new(client, "request", method, repeatable);
        match path::literal(path) {
            Ok(()) => request.path = Cow::Owned(path.to_owned()),
            Err(reason) => request.reject(reason),
        }
        request
    }

    /// Whether the request may be sent again when it is not known if the server acted on it.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Adds a query parameter; name and value are percent-encoded here.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.query_each(name, [value])
    }

    /// Adds a query parameter once for each value: none, one or several.
    pub fn query_each(mut self, name: &str, values: impl IntoIterator<Item: Display>) -> Self {
        for value in values {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.extend(utf8_percent_encode(name, path::ENCODED));
            self.query.push('=');
            let value = value.to_string();
            self.query
                .extend(utf8_percent_encode(&value, path::ENCODED));
        }
        self
    }

    /// Sets a header, in place of the client's of that name.
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        self.set_header(name, &value.to_string());
        self
    }

    /// Sets a header if there is a value for it.
    pub fn header_if(mut self, name: &str, value: impl IntoIterator<Item: Display>) -> Self {
        for value in value {
            self.set_header(name, &value.to_string());
        }
        self
    }

    /// Sets the body, as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => {
                let json = HeaderValue::from_static("application/json");
                self.set_body(Body::Whole(bytes.into()), json);
            }
            Err(error) => self.reject(format!("the body cannot be written as JSON: {error}")),
        }
        self
    }

    pub(crate) fn set_body(&mut self, body: Body, content_type: HeaderValue) {
        self.body = Some(body);
        self.put(CONTENT_TYPE, content_type);
    }

    /// The call that sends this request and decodes the answer, which is JSON, as `T`.
    pub fn call<T>(mut self) -> Call<T, Json> {
        self.put(ACCEPT, HeaderValue::from_static("application/json"));
        Call::new(self)
    }

    /// The call that sends this request and takes any success for an answer, whatever its body.
    pub fn call_for_status(self) -> Call<(), Empty> {
        Call::new(self)
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match header::parse(name, value) {
            Ok((name, mut value)) => {
                if self.client.inner().credentials.is_of_header(&name) {
                    value.set_sensitive(true);
                }
                self.put(name, value);
            }
            Err(reason) => self.reject(reason),
        }
    }

    /// The last value that is set for a name is the one that is sent.
    fn put(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.push((name, value));
    }

    /// Notes why this request cannot be sent; the first reason stays.
    pub(crate) fn reject(&mut self, reason: String) {
        let operation = self.operation;
        self.error
            .get_or_insert_with(|| Error::invalid_input(reason).of_operation(operation));
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn prepare(mut self) -> Result<PreparedRequest, Error> {
        let credentials = self.authenticate();
        if let Some(error) = self.error {
            return Err(error);
        }
        let base_url = &self.client.inner().base_url;
        let length = base_url.as_str().len() + self.path.len() + self.query.len() + 1;
        if length > base_url::MAX_LENGTH {
            let reason = "the request's path and query are too long";
            return Err(Error::invalid_input(reason).of_operation(self.operation));
        }
        Ok(PreparedRequest {
            operation: self.operation,
            template: self.template,
            repeatable: self.repeatable,
            hints: self.hints,
            path: self.path,
            query: self.query,
            method: self.method,
            headers: self.headers,
            body: self.body,
            credentials,
        })
    }
}

impl PreparedRequest {
    /// Whether it can be sent only once.
    pub(crate) fn is_single_use(&self) -> bool {
        matches!(self.body, Some(Body::SingleUse(_)))
    }

    /// Whether it has to say that its body is empty: a server may refuse (411) a request with one of
    /// these methods that does not, and in HTTP/1.1 only the length of other bodies is said anyway.
    pub(crate) fn needs_empty_content_length(&self) -> bool {
        let is_empty = match &self.body {
            None => true,
            Some(Body::Whole(bytes)) => bytes.is_empty(),
            Some(Body::SingleUse(_)) => false,
        };
        is_empty && matches!(self.method, Method::PATCH | Method::POST | Method::PUT)
    }

    /// The body, for one attempt.
    pub(crate) fn body(&mut self) -> Option<reqwest::Body> {
        match self.body.as_mut()? {
            Body::Whole(bytes) => Some(bytes.clone().into()),
            Body::SingleUse(body) => body.take(),
        }
    }
}

impl Request {
    /// Chooses the credentials that this request carries, and adds those that are no headers.
    fn authenticate(&mut self) -> &'static [usize] {
        let client = self.client.inner().clone();
        let is_set = |name: &str| {
            let mut own = self.headers.iter();
            client.headers.contains_key(name) || own.any(|(header, _)| header == name)
        };
        let Some(chosen) = client.credentials.choose(self.security, is_set) else {
            let required = client.credentials.required(self.security);
            self.reject(format!(
                "the operation wants {required}, which the client has not; give it to the builder"
            ));
            return &[];
        };
        for index in chosen {
            if let Some((scheme, Credential::Attached(secret))) = client.credentials.get(*index) {
                if let Some(attach) = scheme.attach {
                    attach(self, scheme.name, secret.expose());
                }
            }
        }
        chosen
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
