//! Prints what a call reports with the `tracing` crate: a span for the call, and an event for each attempt.
//!
//! ```sh
//! cargo run -p comp-ai-client --features tracing --example tracing
//! ```
//!
//! It starts a fake server in its own process, which resets one in two connections.

mod fake_server;

use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Any subscriber works.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .init();

    let server = fake_server::FakeServer::start(fake_server::Options {
        reset_one_in: 2,
        seed: 16,
        ..fake_server::Options::default()
    })?;
    // For the real API: `Client::from_env()?`.
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build()?;

    let new = CreateTask::new("Rotate the keys", "All that are older than a year");
    let task = client.create_task(&new).await;
    // A create that may have been applied is not retried; an update is.
    println!("create: {:?}", task.as_ref().map(|task| &task.id));
    if let Ok(task) = task {
        let changes = UpdateTask::new().status(TaskStatus::InProgress);
        let response = client.update_task(&task.id, &changes).send().await;
        println!("update: {:?}", response.map(|response| response.attempts()));
    }
    Ok(())
}
