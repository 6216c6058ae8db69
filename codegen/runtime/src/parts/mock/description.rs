//! What the generated code says of the requests that each operation takes, as JSON with OpenAPI's
//! own keys.

use std::collections::HashMap;

use serde_json::Value;

/// The requests that an API takes.
#[derive(Debug)]
pub struct Description {
    /// Every operation.
    pub endpoints: &'static [&'static Endpoint],
    /// The schemas that requests refer to, by name, each as JSON.
    pub schemas: &'static [(&'static str, &'static str)],
    /// How many security schemes its operations want.
    pub schemes: usize,
}

/// One operation.
#[derive(Debug)]
pub struct Endpoint {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// Its `parameters` and `requestBody`, resolved, and its `security` with the schemes in place
    /// of their names, as JSON.
    pub request: &'static str,
    /// The status of a success.
    pub success: u16,
    /// Whether a success has a body, which is JSON then.
    pub answers_json: bool,
    /// The description's example of a 429, as JSON.
    pub throttled: Option<&'static str>,
}

/// A description that is read.
pub(super) struct Read {
    pub(super) endpoints: Vec<(&'static Endpoint, Value)>,
    pub(super) schemas: HashMap<&'static str, Value>,
}

impl Description {
    /// Reads the JSON. It is the generator's, so that all of it can be read; anything else would
    /// count as a schema that allows everything.
    pub(super) fn read(&self) -> Read {
        let json = |text: &str| serde_json::from_str(text).unwrap_or_default();
        let endpoints = self.endpoints.iter();
        let schemas = self.schemas.iter();
        Read {
            endpoints: endpoints
                .map(|endpoint| (*endpoint, json(endpoint.request)))
                .collect(),
            schemas: schemas.map(|(name, text)| (*name, json(text))).collect(),
        }
    }
}
