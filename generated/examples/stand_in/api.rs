//! From a request to its answer: routing, throttle, authentication, and the
//! operations, in the order of the server.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Map, Value};

use super::fields::Rejection;
use super::request::Request;
use super::response::Response;
use super::tasks::Tasks;
use super::throttle::{RetryAfter, Throttle};
use super::{Options, json, lock};

/// The application behind the HTTP server.
pub(super) struct Api {
    options: Options,
    throttle: Mutex<Throttle>,
    tasks: Mutex<Tasks>,
}

/// What a method and a path lead to.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub(super) enum Operation {
    CreateTask,
    UpdateTask,
    /// `PATCH /v1/tasks/bulk`: known only in so far as `bulk` is no task id.
    UpdateTasks,
    /// `PATCH /v1/tasks/reorder`: likewise.
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

    pub(super) fn api_key(&self) -> &str {
        &self.options.api_key
    }

    pub(super) fn tasks(&self) -> Vec<Value> {
        lock(&self.tasks).to_values()
    }

    /// Answers a request from the given address.
    pub(super) fn answer(&self, request: &Request, client: IpAddr) -> Response {
        self.handle(request, client)
            .unwrap_or_else(|refusal| refusal)
    }

    fn handle(&self, request: &Request, client: IpAddr) -> Result<Response, Response> {
        let body = json::read_body(request)?;
        let (operation, raw_id) = route(request)?;
        let id = percent_decode(raw_id)
            .ok_or_else(|| Response::error(400, &format!("Failed to decode param '{raw_id}'")))?;

        let quota = lock(&self.throttle)
            .admit(operation, client, Instant::now())
            .map_err(|RetryAfter(seconds)| {
                Response::early_error(429, "ThrottlerException: Too Many Requests")
                    .with_header("Retry-After", seconds)
            })?;

        let answer = self
            .authenticate(request)
            .and_then(|()| self.perform(operation, &id, &body));
        Ok(answer
            .unwrap_or_else(|refusal| refusal)
            .with_header("X-RateLimit-Limit", quota.limit)
            .with_header("X-RateLimit-Remaining", quota.remaining)
            .with_header("X-RateLimit-Reset", quota.reset))
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
                .map(|task| Response::json(201, task.to_created()))
                .map_err(|why| refuse(why, "Failed to create task")),
            Operation::UpdateTask => lock(&self.tasks)
                .update(id, body, &self.options)
                .map(|task| Response::json(200, task.to_updated()))
                .map_err(|why| refuse(why, "Failed to update task")),
            Operation::UpdateTasks => {
                Err(Response::error(400, "taskIds must be a non-empty array"))
            }
            Operation::ReorderTasks => {
                Err(Response::error(400, "updates must be a non-empty array"))
            }
        }
    }

    fn authenticate(&self, request: &Request) -> Result<(), Response> {
        let key = request.header("x-api-key").unwrap_or_default();
        if key.is_empty() {
            let message = "Authentication required: Provide either X-API-Key, Bearer token, or session cookie";
            return Err(Response::error(401, message));
        }
        if self
            .options
            .keys_without_scope
            .iter()
            .any(|known| known == key)
        {
            return Err(Response::error(
                403,
                "API key lacks required permission scope",
            ));
        }
        if key != self.options.api_key {
            return Err(Response::error(401, "Invalid or expired API key"));
        }
        Ok(())
    }
}

/// The operation and the task id, which is still percent-encoded, and empty
/// where the path has none.
fn route(request: &Request) -> Result<(Operation, &str), Response> {
    let path = request.target.split('?').next().unwrap_or_default();
    let path = path.strip_suffix('/').unwrap_or(path);
    let below_tasks = path.strip_prefix("/v1/tasks");
    let id = below_tasks
        .and_then(|rest| rest.strip_prefix('/'))
        .filter(|id| !id.is_empty() && !id.contains('/'));
    match (request.method.as_str(), below_tasks, id) {
        ("POST", Some(""), _) => Ok((Operation::CreateTask, "")),
        ("PATCH", _, Some("bulk")) => Ok((Operation::UpdateTasks, "")),
        ("PATCH", _, Some("reorder")) => Ok((Operation::ReorderTasks, "")),
        ("PATCH", _, Some(id)) => Ok((Operation::UpdateTask, id)),
        _ => Err(Response::error(
            404,
            &format!("Cannot {} {}", request.method, request.target),
        )),
    }
}

/// `None` when an escape is incomplete or the result is no UTF-8.
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

fn refuse(why: Rejection, failure: &str) -> Response {
    match why {
        Rejection::Invalid(message) => Response::error(400, message),
        Rejection::Database => Response::error(500, failure),
    }
}
