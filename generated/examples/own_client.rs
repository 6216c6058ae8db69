//! Uses a `reqwest::Client` that the program configures itself, for settings that this crate's builder
//! does not have.
//!
//! ```sh
//! cargo run -p comp-ai-client --example own_client
//! ```
//!
//! It starts a fake server in its own process, so that no account is needed.

mod fake_server;

use std::time::Duration;

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // With its own client, the program also chooses the cryptography provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        // Any setting of reqwest.
        .local_address(std::net::IpAddr::from([127, 0, 0, 1]))
        .tcp_keepalive(Duration::from_secs(30))
        // Required: a redirect would send the API key to another host.
        .redirect(reqwest::redirect::Policy::none())
        // Required: a create sent twice makes two tasks. This crate retries what is safe to retry.
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(10))
        // The server closes idle connections after 5 s, and may lose a request sent at that time.
        .pool_idle_timeout(Duration::from_secs(4))
        // A proxy would see the key of requests over http://.
        .no_proxy()
        .build()?;

    let server = fake_server::FakeServer::start(fake_server::Options::default())?;
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .http_client(http)
        .build()?;
    let new = CreateTask::new("List the assets", "Every machine, with its owner");
    let task = client.create_task(&new).await?;
    println!("created {} with a custom HTTP client", task.id);
    Ok(())
}
