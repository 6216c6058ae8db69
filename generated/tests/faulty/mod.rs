//! What the tests of several files share.

#![allow(
    dead_code,
    reason = "each test program that includes this module uses a part of it"
)]

pub mod answers;
pub mod cases;
pub mod child;
pub mod recorder;
pub mod server;
pub mod tls;

use std::time::Duration;

use comp_ai_client::{Client, ClientBuilder, RetryPolicy};

/// A key that is found again wherever it turns up.
pub const KEY: &str = "comp_KEY-THAT-MUST-NOT-SHOW_0123456789";

/// Longer than anything that these tests wait for, however busy the machine is.
pub const LONG: Duration = Duration::from_secs(30);

/// A client of the server at this address that waits for milliseconds between attempts.
pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
    Client::builder()
        .api_key(KEY)
        .base_url(base_url)
        .retry(quick())
}

/// The client of [`builder`].
pub fn client(base_url: impl Into<String>) -> Client {
    builder(base_url).build().expect("the client is built")
}

/// The default number of attempts, with waits that cost no time.
pub fn quick() -> RetryPolicy {
    RetryPolicy::new()
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2))
}

/// An address on which nobody listens.
pub fn refusing() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port");
    format!("http://{address}")
}
