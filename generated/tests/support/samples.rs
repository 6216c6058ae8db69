//! Recorded exchanges with the vendor's server.

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Error, Response};
use serde_json::{Map, Value};

use super::{CannedResponse, Server};

const LINES: &str = include_str!("../wire-samples.jsonl");

/// A recorded exchange.
pub struct Sample {
    pub case: String,
    pub method: String,
    pub status: u16,
    pub headers: Map<String, Value>,
    pub body: String,
}

impl Sample {
    fn parse(line: &str) -> Self {
        let sample: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| sample[key].as_str().unwrap().to_owned();
        Self {
            case: text("case"),
            method: text("method"),
            status: sample["status"].as_u64().unwrap().try_into().unwrap(),
            headers: sample["headers"].as_object().unwrap().clone(),
            body: text("response"),
        }
    }

    pub fn response(&self) -> CannedResponse {
        let empty = CannedResponse::empty(self.status);
        let response = self.headers.iter().fold(empty, |response, (name, value)| {
            response.header(name, value.as_str().unwrap())
        });
        response.body(self.body.as_str())
    }

    /// Value of a numeric header.
    pub fn number(&self, name: &str) -> Option<u64> {
        let value = self.headers.get(name)?.as_str().unwrap();
        Some(value.parse().unwrap())
    }
}

/// The recorded exchanges with a successful response, and the others.
pub fn samples() -> (Vec<Sample>, Vec<Sample>) {
    let samples = LINES.lines().map(Sample::parse);
    let (successes, errors): (Vec<_>, Vec<_>) =
        samples.partition(|sample| (200..300).contains(&sample.status));
    assert!(!successes.is_empty() && !errors.is_empty());
    (successes, errors)
}

/// Calls the operation with this method, and lets the client receive `response`.
pub async fn receive(method: &str, response: CannedResponse) -> Result<Response<Task>, Error> {
    let server = Server::start(response);
    let client = server.client();
    match method {
        "POST" => {
            let body = CreateTask::new("title", "description");
            client.create_task(&body).send().await
        }
        "PATCH" => client.update_task("tsk_1", &UpdateTask::new()).send().await,
        other => panic!("no operation has the method {other}"),
    }
}
