//! What the tests of the wire share: a scripted server, and clients for it.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test program that includes this module uses a part of it"
)]

pub mod child;
pub mod recorder;
pub mod responses;
pub mod samples;
mod server;

use std::time::Duration;

use comp_ai_client::{Client, ClientBuilder, RetryPolicy};

pub use self::responses::{PUBLISHED_TASK, TASK, error, task};
pub use self::server::{CannedResponse, LONG, Observed, RecordedRequest, Server, Stream};

/// An API key that is found wherever it appears.
pub const KEY: &str = "comp_KEY-THAT-MUST-NOT-SHOW_0123456789";

impl Server {
    /// A client of this server that makes one attempt only.
    pub fn client(&self) -> Client {
        self.client_below("")
    }

    /// The same client with a base URL that has this path.
    pub fn client_below(&self, path: &str) -> Client {
        builder(self.origin() + path)
            .retry(RetryPolicy::none())
            .build()
            .expect("the client is built")
    }
}

/// A builder for a client of the server at this address, with quick retries.
pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
    Client::builder()
        .api_key(KEY)
        .base_url(base_url)
        .retry(quick_retries())
}

/// A client of the server at this address, with quick retries.
pub fn client(base_url: impl Into<String>) -> Client {
    builder(base_url).build().expect("the client is built")
}

/// The default number of attempts, with delays of milliseconds.
pub fn quick_retries() -> RetryPolicy {
    RetryPolicy::new()
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2))
}

/// A URL on which no server listens.
pub fn closed_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port");
    format!("http://{address}")
}
