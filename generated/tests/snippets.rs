//! The Rust of the pages, so that it compiles. Written by `UPDATE_SNIPPETS=1 cargo test -p xtask --test pages`, do not edit.

#![allow(unused, clippy::all, reason = "pages show a part of a program")]

#[rustfmt::skip]
mod readme_md_1 {
use comp_ai_client::types::{CreateTask, Frequency, TaskStatus, UpdateTask};
use comp_ai_client::Client;

#[tokio::main]
async fn main() -> Result<(), comp_ai_client::Error> {
    let client = Client::from_env()?; // COMP_AI_API_KEY
    let new = CreateTask::new("Implement access controls", "Set up role-based access controls")
        .frequency(Frequency::Monthly);
    let task = client.create_task(&new).await?;

    let changes = UpdateTask::new().status(TaskStatus::InReview).clear_assignee_id();
    match client.update_task(&task.id, &changes).await {
        Ok(task) => println!("{} is {}", task.title, task.status),
        Err(error) => println!("{error} (status {:?}, {:?})", error.status(), error.message()),
    }
    Ok(())
}
}

#[rustfmt::skip]
mod generated_readme_md_1 {
use comp_ai_client::{Client, types::{Task, UpdateTask}};
    async fn snippet(client: Client, task: Task) -> Result<(), Box<dyn std::error::Error>> {
use comp_ai_client::types::{CreateTask, Frequency};
use comp_ai_client::Client;

let client = Client::from_env()?; // COMP_AI_API_KEY, and COMP_AI_BASE_URL if wanted
let new = CreateTask::new("Implement access controls", "Set up role-based access controls")
    .frequency(Frequency::Monthly);
let task = client.create_task(&new).await?;
println!("{} is {}", task.id, task.status);
Ok(())
}
}

#[rustfmt::skip]
mod generated_readme_md_2 {
use comp_ai_client::{Client, types::{Task, UpdateTask}};
    async fn snippet(client: Client, task: Task) -> Result<(), Box<dyn std::error::Error>> {
use comp_ai_client::types::UpdateTask;

let keep = UpdateTask::new(); // {}
let clear = UpdateTask::new().clear_assignee_id(); // {"assigneeId":null}
let set = UpdateTask::new().assignee_id("mem_abc123"); // {"assigneeId":"mem_abc123"}
Ok(())
}
}

#[rustfmt::skip]
mod generated_readme_md_3 {
use comp_ai_client::{Client, types::{Task, UpdateTask}};
    async fn snippet(client: Client, task: Task) -> Result<(), Box<dyn std::error::Error>> {
use std::time::Duration;
use comp_ai_client::{Client, RetryPolicy, types::CreateTask};

let client = Client::builder().api_key("comp_..").timeout(Duration::from_secs(20)).build()?;
let new = CreateTask::new("Test the backups", "Restore one at random");
let task = client.create_task(&new).retry(RetryPolicy::none()).await?;
Ok(())
}
}
