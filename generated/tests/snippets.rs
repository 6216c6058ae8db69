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

#[cfg(feature = "mock")]

#[rustfmt::skip]
mod generated_readme_md_2 {
use comp_ai_client::{Client, types::{Task, UpdateTask}};
    async fn snippet(client: Client, task: Task) -> Result<(), Box<dyn std::error::Error>> {
use comp_ai_client::mock::{Fault, MockServer};
use comp_ai_client::types::{CreateTask, Frequency, TaskStatus};

let mock = MockServer::start()?;
let time = "2026-01-15T10:30:00Z".parse()?;
let made = Task::new("tsk_1", "Review access", TaskStatus::Todo, time, time, Frequency::Daily);
mock.create_task()
    .match_body(&CreateTask::new("Review access", "Quarterly"))
    .times(1)
    .respond_with(made);
mock.update_task()
    .match_request(|request| request.task_id == "tsk_1" && request.body.status.is_some())
    .fail_with(Fault::Close);

let client = mock.client(); // for the code under test
let task = client.create_task(&CreateTask::new("Review access", "Quarterly")).await?;
let error = client.update_task(&task.id, &UpdateTask::new().status("done")).await.unwrap_err();
assert!(error.may_have_been_applied());
mock.verify();
Ok(())
}
}
