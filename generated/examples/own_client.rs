//! Brings a `reqwest::Client` of the program's own, for what this crate's builder does not offer.
//!
//! ```sh
//! cargo run -p comp-ai-client --example own_client
//! ```
//!
//! It talks to a stand-in of the API in its own process.

mod stand_in;

use std::time::Duration;

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // This crate leaves the choice of a cryptography provider to the program's own client.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        // The point of it: anything that reqwest has.
        .local_address(std::net::IpAddr::from([127, 0, 0, 1]))
        .tcp_keepalive(Duration::from_secs(30))
        // A redirect would carry the API key to another host.
        .redirect(reqwest::redirect::Policy::none())
        // A create that is sent twice makes two tasks; what is safe, this crate tries again.
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(10))
        // The server drops idle connections after 5 s, with the request that is on its way.
        .pool_idle_timeout(Duration::from_secs(4))
        // For http:// to another host than this one, a proxy would see the key.
        .no_proxy()
        .build()?;

    let server = stand_in::StandIn::start(stand_in::Options::default())?;
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .http_client(http)
        .build()?;
    let new = CreateTask::new("List the assets", "Every machine, with its owner");
    let task = client.create_task(&new).await?;
    println!("created {} through a client of the program's own", task.id);
    Ok(())
}
