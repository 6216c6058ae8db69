//! The fake server behaves as the vendor's server was measured to behave: each test has the recorded
//! exchange or states the fact that it checks.

mod create;
mod errors;
#[path = "../../examples/fake_server/mod.rs"]
mod fake_server;
mod http;
mod rate_limit;
mod samples;
mod update;

use fake_server::{FakeServer, Options};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// Body of the smallest create.
const NEW_TASK: &str = r#"{"title":"t","description":"d"}"#;

/// A fake server and an HTTP client, which is not the client under development.
struct Api {
    server: FakeServer,
    client: reqwest::Client,
}

/// A response that was received completely.
struct Response {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Api {
    fn start(options: Options) -> Self {
        // Nothing is encrypted here, but reqwest requires a cryptography provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            server: FakeServer::start(options).expect("the fake server starts"),
            client: reqwest::Client::new(),
        }
    }

    /// Starts a server that does not throttle these tests.
    fn unlimited() -> Self {
        Self::start(Options {
            throttle_limit: u32::MAX,
            ..Options::default()
        })
    }

    /// Sends a request with these headers and a JSON body.
    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<String>,
    ) -> Response {
        let url = self.server.base_url() + path;
        let mut request = self.client.request(method, url).body(body.into());
        if headers.iter().all(|(name, _)| *name != "Content-Type") {
            request = request.header("Content-Type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("a response");
        Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a complete body"),
        }
    }

    fn key(&self) -> (&'static str, &str) {
        ("X-API-Key", self.server.api_key())
    }

    async fn create(&self, body: impl Into<String>) -> Response {
        let headers = [self.key()];
        self.send(Method::POST, "/v1/tasks", &headers, body).await
    }

    async fn update(&self, id: &str, body: impl Into<String>) -> Response {
        let path = format!("/v1/tasks/{id}");
        self.send(Method::PATCH, &path, &[self.key()], body).await
    }

    /// Creates a task and returns its id.
    async fn task(&self) -> String {
        let task = self.create(NEW_TASK).await.json();
        task["id"].as_str().expect("an id").to_owned()
    }

    /// Updates a task and returns the task.
    async fn updated(&self, id: &str, body: &str) -> Value {
        let response = self.update(id, body).await;
        assert_eq!(response.status, 200, "{body}: {}", response.body);
        response.json()
    }
}

impl Response {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Value of a header that appears at most once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?;
        assert_eq!(values.next(), None, "{name} appears twice");
        Some(value.to_str().expect("text"))
    }

    fn number(&self, name: &str) -> Option<u64> {
        Some(self.header(name)?.parse().expect("a number"))
    }

    /// Whether the response has all three headers of the rate limit.
    fn has_rate_limit(&self) -> bool {
        let names = ["limit", "remaining", "reset"];
        let mut names = names.iter().map(|name| format!("x-ratelimit-{name}"));
        names.all(|name| self.number(&name).is_some())
    }

    /// The keys of the JSON object, in the order of the body.
    fn keys(&self) -> Vec<String> {
        let object = self.json();
        let mut keys: Vec<_> = object.as_object().expect("an object").keys().collect();
        keys.sort_by_key(|key| self.body.find(&format!("\"{key}\":")));
        keys.into_iter().cloned().collect()
    }
}
