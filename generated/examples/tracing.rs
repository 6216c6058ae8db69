//! What a call says while it is made: a span for the call, and an event for each attempt.
//!
//! ```sh
//! cargo run -p comp-ai-client --features tracing --example tracing
//! ```
//!
//! It talks to a stand-in of the API in its own process, which loses one of two connections.

mod stand_in;

use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Whatever subscriber a program has is fine; the crate only sends to it.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .init();

    let server = stand_in::StandIn::start(stand_in::Options {
        reset_one_in: 2,
        seed: 16,
        ..stand_in::Options::default()
    })?;
    // For the real API: `Client::from_env()?`.
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build()?;

    let new = CreateTask::new("Rotate the keys", "All that are older than a year");
    let task = client.create_task(&new).await;
    // A create is not tried again when it may have been applied; an update is.
    println!("create: {:?}", task.as_ref().map(|task| &task.id));
    if let Ok(task) = task {
        let changes = UpdateTask::new().status(TaskStatus::InProgress);
        let answer = client.update_task(&task.id, &changes).send().await;
        println!("update: {:?}", answer.map(|answer| answer.attempts()));
    }
    Ok(())
}
