//! What the tests of the wire share: a server, and clients of it.

#![allow(
    dead_code,
    unused_imports,
    reason = "each program that includes this module uses a part of it"
)]

pub mod samples;
mod server;

use comp_ai_client::{Client, ClientBuilder, RetryPolicy};

pub use self::server::{Answer, End, Recorded, Server};

/// The answer that the published pages show for both operations.
pub const PUBLISHED_TASK: &str = r#"{
  "id": "tsk_abc123def456",
  "title": "Implement user authentication",
  "status": "in_progress",
  "createdAt": "2024-01-15T10:30:00Z",
  "updatedAt": "2024-01-15T10:30:00Z",
  "integrationScheduleFrequency": "daily",
  "description": "Add OAuth 2.0 authentication to the platform",
  "taskTemplateId": "frk_tt_68406e353df3bc002994acef",
  "integrationLastRunAt": {}
}"#;

impl Server {
    /// A client of this server, which sends every request once, so that no test waits.
    pub fn client(&self) -> Client {
        self.client_below("")
    }

    /// The same, with a base URL that has `path` behind the origin.
    pub fn client_below(&self, path: &str) -> Client {
        self.builder(path).build().unwrap()
    }

    fn builder(&self, path: &str) -> ClientBuilder {
        Client::builder()
            .api_key("key")
            .base_url(self.origin() + path)
            .retry(RetryPolicy::none())
    }
}
