//! Routing and the checks in front of the operations, in the server's order.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Instant;

use hyper::StatusCode;
use hyper::header::{HeaderMap, ORIGIN, RETRY_AFTER};
use hyper::http::request::Parts;
use serde_json::{Map, Value};

use super::fields::Rejection;
use super::response::{Response, closing_error, error, insert_number, middleware_error, success};
use super::tasks::Tasks;
use super::throttle::{RetryAfter, Throttle};
use super::{Options, body, lock};

/// Maximum size of a request's target and headers in bytes: the default of Node.js, on which the
/// vendor's server runs.
const MAX_HEAD: usize = 16 * 1024;

/// The application behind the HTTP server.
pub(super) struct Api {
    options: Options,
    throttle: Mutex<Throttle>,
    tasks: Mutex<Tasks>,
}

/// Handler that a route selects.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub enum Operation {
    CreateTask,
    UpdateTask,
    /// `PATCH /v1/tasks/bulk`, which shadows the task id `bulk`. It always returns an error.
    UpdateTasks,
    /// `PATCH /v1/tasks/reorder`, which shadows the task id `reorder`. It always returns an error.
    ReorderTasks,
}

impl Api {
    pub(super) fn new(options: Options) -> Self {
        let throttle = Throttle::new(options.throttle_limit, options.throttle_window);
        Self {
            options,
            throttle: Mutex::new(throttle),
            tasks: Mutex::default(),
        }
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    pub(super) fn tasks(&self) -> Vec<Value> {
        lock(&self.tasks).to_values()
    }

    /// Returns the response to a request from this address. A body of `None` was too large.
    pub(super) fn respond(&self, head: &Parts, body: Option<&[u8]>, client: IpAddr) -> Response {
        self.handle(head, body, client)
            .unwrap_or_else(|error| error)
    }

    fn handle(
        &self,
        head: &Parts,
        body: Option<&[u8]>,
        client: IpAddr,
    ) -> Result<Response, Response> {
        if size(head) > MAX_HEAD {
            return Err(closing_error(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        }
        self.check_origin(&head.headers)?;
        let body = body::parse(&head.headers, body)?;
        let (operation, id) = route(head)?;
        let id = percent_decode(id).ok_or_else(|| {
            let message = format!("Failed to decode param '{id}'");
            error(StatusCode::BAD_REQUEST, &message)
        })?;
        let quota = lock(&self.throttle).admit(operation, client, Instant::now());
        let quota = quota.map_err(|RetryAfter(seconds)| {
            let message = "ThrottlerException: Too Many Requests";
            let mut response = middleware_error(StatusCode::TOO_MANY_REQUESTS, message);
            insert_number(&mut response, RETRY_AFTER.as_str(), seconds);
            response
        })?;

        let handled = self
            .authenticate(&head.headers)
            .and_then(|()| self.perform(operation, &id, &body));
        let mut response = handled.unwrap_or_else(|error| error);
        insert_number(&mut response, "x-ratelimit-limit", quota.limit);
        insert_number(&mut response, "x-ratelimit-remaining", quota.remaining);
        insert_number(&mut response, "x-ratelimit-reset", quota.reset);
        Ok(response)
    }

    fn perform(
        &self,
        operation: Operation,
        id: &str,
        body: &Map<String, Value>,
    ) -> Result<Response, Response> {
        match operation {
            Operation::CreateTask => lock(&self.tasks)
                .create(body, &self.options)
                .map(|task| success(StatusCode::CREATED, &task.created()))
                .map_err(|why| reject(why, "Failed to create task")),
            Operation::UpdateTask => lock(&self.tasks)
                .update(id, body, &self.options)
                .map(|task| success(StatusCode::OK, &task))
                .map_err(|why| reject(why, "Failed to update task")),
            Operation::UpdateTasks => {
                let message = "taskIds must be a non-empty array";
                Err(error(StatusCode::BAD_REQUEST, message))
            }
            Operation::ReorderTasks => {
                let message = "updates must be a non-empty array";
                Err(error(StatusCode::BAD_REQUEST, message))
            }
        }
    }

    fn check_origin(&self, headers: &HeaderMap) -> Result<(), Response> {
        let Some(origin) = headers.get(ORIGIN) else {
            return Ok(());
        };
        let trusted = &self.options.trusted_origins;
        if trusted.iter().any(|trusted| *trusted == *origin) {
            return Ok(());
        }
        Err(middleware_error(StatusCode::FORBIDDEN, "Untrusted origin"))
    }

    fn authenticate(&self, headers: &HeaderMap) -> Result<(), Response> {
        let key = headers.get("x-api-key");
        let key = key.map(|key| String::from_utf8_lossy(key.as_bytes()));
        let Some(key) = key.filter(|key| !key.is_empty()) else {
            let message = "Authentication required: Provide either X-API-Key, Bearer token, or session cookie";
            return Err(error(StatusCode::UNAUTHORIZED, message));
        };
        if self.options.keys_without_scope.iter().any(|it| *it == key) {
            let message = "API key lacks required permission scope";
            return Err(error(StatusCode::FORBIDDEN, message));
        }
        if key != self.options.api_key {
            return Err(error(
                StatusCode::UNAUTHORIZED,
                "Invalid or expired API key",
            ));
        }
        Ok(())
    }
}

/// Size of the request target and the headers in bytes.
fn size(head: &Parts) -> usize {
    let fields = head.headers.iter();
    let fields = fields.map(|(name, value)| name.as_str().len() + value.len());
    head.uri.to_string().len() + fields.sum::<usize>()
}

/// Selects the operation, and returns the percent-encoded task id, which is empty if the path has
/// none. Routes ignore letter case.
fn route(head: &Parts) -> Result<(Operation, &str), Response> {
    let path = head.uri.path();
    let mut segments = path.strip_suffix('/').unwrap_or(path).split('/').skip(1);
    let mut next_is = |name: &str| {
        let segment = segments.next();
        segment.is_some_and(|segment| segment.eq_ignore_ascii_case(name))
    };
    let below_tasks = next_is("v1") && next_is("tasks");
    let (id, rest) = (segments.next(), segments.next());
    match (head.method.as_str(), below_tasks, id, rest) {
        ("POST", true, None, None) => Ok((Operation::CreateTask, "")),
        ("PATCH", true, Some(id), None) if id.eq_ignore_ascii_case("bulk") => {
            Ok((Operation::UpdateTasks, ""))
        }
        ("PATCH", true, Some(id), None) if id.eq_ignore_ascii_case("reorder") => {
            Ok((Operation::ReorderTasks, ""))
        }
        ("PATCH", true, Some(id), None) if !id.is_empty() => Ok((Operation::UpdateTask, id)),
        (method, ..) => Err(error(
            StatusCode::NOT_FOUND,
            &format!("Cannot {method} {}", head.uri),
        )),
    }
}

/// Returns `None` if an escape is incomplete or the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

fn reject(why: Rejection, failure: &str) -> Response {
    match why {
        Rejection::Invalid(message) => error(StatusCode::BAD_REQUEST, message),
        Rejection::Database => error(StatusCode::INTERNAL_SERVER_ERROR, failure),
    }
}
