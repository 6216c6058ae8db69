//! A request, as the generated code or the caller describes it.

mod prepare;

use std::borrow::Cow;
use std::fmt::{self, Display};

use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::call::{Call, Empty, Json};
use super::client::Client;
use super::error::Error;
use super::header;
use super::operation::{Operation, SecurityRequirements};
use super::path;
use super::prepared::Body;

/// A request to an endpoint that has no method of its own.
///
/// [`Client::request`](super::Client::request) starts one, [`call`](Request::call) ends it. Whatever is
/// invalid is an error of the call, of the kind [`InvalidInput`](super::ErrorKind::InvalidInput); nothing
/// is sent then.
#[must_use = "a request is not sent until its call is awaited or sent"]
pub struct Request {
    client: Client,
    operation: &'static str,
    template: Option<&'static str>,
    base_url: Option<&'static str>,
    repeatable: bool,
    redirects: bool,
    hints: &'static [(u16, &'static str)],
    method: Method,
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: String,
    /// Headers besides the client's, or in place of them.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Body>,
    security: SecurityRequirements,
    error: Option<Error>,
}

/// Starts a request of an operation. A function, so that it stays out of the public API.
pub fn request(client: &Client, operation: &'static Operation, path_values: &[&str]) -> Request {
    let method = Method::from_bytes(operation.method.as_bytes());
    let invalid = method.is_err();
    let method = method.unwrap_or_default();
    let mut request = Request::new(client, operation.id, method, operation.repeatable);
    if invalid {
        request.reject(format!("`{}` is not a method", operation.method));
    }
    request.template = Some(operation.path);
    request.base_url = operation.base_url;
    request.security = operation.security;
    request.redirects = operation.redirects;
    request.hints = operation.hints;
    match path::fill(operation.path, operation.path_parameters, path_values) {
        Ok(path) => request.set_path(path),
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
            base_url: None,
            repeatable,
            redirects: false,
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

    /// Sets whether the request may be sent again when the server may have acted on it. Default: whether
    /// the method is idempotent.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Adds a query parameter. Name and value are percent-encoded.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.query_each(name, [value])
    }

    /// Adds a query parameter for each value. Names and values are percent-encoded.
    pub fn query_each(mut self, name: &str, values: impl IntoIterator<Item: Display>) -> Self {
        for value in values {
            let value = value.to_string();
            self.add_query(&format!(
                "{}={}",
                utf8_percent_encode(name, path::ENCODED),
                utf8_percent_encode(&value, path::ENCODED)
            ));
        }
        self
    }

    /// Sets a header, and replaces the client's header of that name.
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        self.set_header(name, &value.to_string());
        self
    }

    /// Sets a header if there is a value.
    #[allow(dead_code, reason = "a description may have no optional header")]
    pub(crate) fn header_if(mut self, name: &str, value: impl IntoIterator<Item: Display>) -> Self {
        for value in value {
            self.set_header(name, &value.to_string());
        }
        self
    }

    /// Sets the body to JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.set_json(serde_json::to_vec(body));
        self
    }

    fn set_json(&mut self, body: Result<Vec<u8>, serde_json::Error>) {
        match body {
            Ok(bytes) => {
                let json = HeaderValue::from_static("application/json");
                self.set_body(Body::Whole(bytes.into()), json);
            }
            Err(error) => self.reject(format!("the body does not serialize to JSON: {error}")),
        }
    }

    pub(crate) fn set_body(&mut self, body: Body, content_type: HeaderValue) {
        self.body = Some(body);
        self.put(CONTENT_TYPE, content_type);
    }

    /// Returns the call that sends this request and decodes the JSON response body as `T`.
    pub fn call<T>(mut self) -> Call<T, Json> {
        self.put(ACCEPT, HeaderValue::from_static("application/json"));
        Call::new(self)
    }

    /// Returns the call that sends this request and ignores the body of a successful response.
    pub fn call_without_body(self) -> Call<(), Empty> {
        Call::new(self)
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match header::parse(name, value) {
            Ok((name, mut value)) => {
                if self.client.inner().credentials.is_header(&name) {
                    value.set_sensitive(true);
                }
                self.put(name, value);
            }
            Err(reason) => self.reject(reason),
        }
    }

    /// Adds a header. The last one of a name is sent.
    fn put(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.push((name, value));
    }

    /// Sets the path. A template may have a query.
    pub(crate) fn set_path(&mut self, path: Cow<'static, str>) {
        match path.split_once('?') {
            Some((path, query)) => {
                self.query = query.to_owned();
                self.path = Cow::Owned(path.to_owned());
            }
            None => self.path = path,
        }
    }

    /// Adds pairs to the query, which are already encoded.
    pub(crate) fn add_query(&mut self, pairs: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(pairs);
    }

    /// Adds cookies (RFC 6265) to those of the request, or else to those of its client.
    pub(crate) fn add_cookies(&mut self, cookies: &str) {
        let own = header::last(&self.headers, "cookie");
        let before = own.or_else(|| self.client.inner().headers.get(COOKIE));
        let cookies = match before.and_then(|cookies| cookies.to_str().ok()) {
            Some(before) => format!("{before}; {cookies}"),
            None => cookies.to_owned(),
        };
        self.set_header("cookie", &cookies);
    }

    /// Records why this request cannot be sent. The first reason counts.
    pub(crate) fn reject(&mut self, reason: String) {
        let operation = self.operation;
        self.error
            .get_or_insert_with(|| Error::invalid_input(reason).of_operation(operation));
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
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
