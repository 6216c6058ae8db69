//! Creates a task, moves it to review, unassigns it, and prints the responses.
//!
//! ```sh
//! cargo run -p comp-ai-client --example quickstart
//! ```
//!
//! If `COMP_AI_API_KEY` is set, it calls the real API, or the server at `COMP_AI_BASE_URL`. Otherwise
//! it starts a fake server in its own process, so that no account is needed.

mod fake_server;

use std::process::ExitCode;

use comp_ai_client::types::{CreateTask, Frequency, Task, TaskStatus, UpdateTask};
use comp_ai_client::{Client, Error};

#[tokio::main]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os("COMP_AI_API_KEY").is_some() {
        run(&Client::from_env()?).await?;
        return Ok(());
    }
    println!("COMP_AI_API_KEY is not set: using a fake server in this process.\n");
    let server = fake_server::FakeServer::start(fake_server::Options::default())?;
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build()?;
    run(&client).await?;
    Ok(())
}

async fn run(client: &Client) -> Result<(), Error> {
    let new = CreateTask::new(
        "Implement access controls",
        "Set up role-based access controls for the platform",
    )
    .frequency(Frequency::Monthly);
    let task = client.create_task(&new).await?;
    print("created", &task);

    let changes = UpdateTask::new().status(TaskStatus::InReview);
    let task = client.update_task(&task.id, &changes).await?;
    print("in review", &task);

    let changes = UpdateTask::new().clear_assignee_id();
    let response = client.update_task(&task.id, &changes).send().await?;
    print("unassigned", response.body());
    let assignee = response.body().additional_properties.get("assigneeId");
    println!(
        "  assignee:   {}",
        assignee.map_or("not in the response".to_owned(), ToString::to_string)
    );
    if let Some(limit) = response.rate_limit() {
        println!(
            "  rate limit: {} of {} requests left for {} s",
            limit.remaining,
            limit.limit,
            limit.reset.as_secs()
        );
    }
    Ok(())
}

fn print(what: &str, task: &Task) {
    println!("{what}: {} ({})", task.title, task.id);
    println!("  status:     {}", task.status);
    println!("  updated at: {}", task.updated_at);
}
