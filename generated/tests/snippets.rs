//! The Rust of the pages. Written by `UPDATE_SNIPPETS=1 cargo test -p xtask --test pages`, do not edit.

#![allow(dead_code, reason = "nobody calls their `main`")]

#[rustfmt::skip]
mod readme_1 {
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency, TaskStatus, UpdateTask};

#[tokio::main]
async fn main() -> Result<(), comp_ai_client::Error> {
    let client = Client::from_env()?; // reads COMP_AI_API_KEY
    let new = CreateTask::new("Implement access controls", "Set up role-based access controls")
        .frequency(Frequency::Monthly);
    let task = client.create_task(&new).await?;

    let changes = UpdateTask::new().status(TaskStatus::InReview).clear_assignee_id();
    match client.update_task(&task.id, &changes).await {
        Ok(task) => println!("{} is {}", task.title, task.status),
        Err(error) => println!("{error} (retryable: {})", error.is_retryable()),
    }
    Ok(())
}
}

#[rustfmt::skip]
mod generated_readme_1 {
use comp_ai_client::Client;
use comp_ai_client::types::{CreateTask, Frequency};

#[tokio::main]
async fn main() -> Result<(), comp_ai_client::Error> {
    let client = Client::from_env()?; // reads COMP_AI_API_KEY, and COMP_AI_BASE_URL if it is set
    let new = CreateTask::new("Implement access controls", "Set up role-based access controls")
        .frequency(Frequency::Monthly);
    let task = client.create_task(&new).await?;
    println!("{} is {}", task.id, task.status);
    Ok(())
}
}

#[cfg(feature = "mock")]
#[rustfmt::skip]
mod generated_readme_2 {
use comp_ai_client::mock::{Fault, MockServer};
use comp_ai_client::types::{
    CreateTask, ErrorBody, ErrorMessage, Frequency, Task, TaskStatus, UpdateTask,
};

#[tokio::test]
async fn a_program_handles_failures() -> Result<(), Box<dyn std::error::Error>> {
    let mock = MockServer::start()?;
    let time = "2026-01-15T10:30:00Z".parse()?;
    let task = Task::new("tsk_1", "Review access", TaskStatus::Todo, time, Frequency::Daily);
    mock.create_task()
        .match_body(&CreateTask::new("Review access", "Quarterly"))
        .times(1)
        .respond_with(task);
    mock.update_task()
        .match_request(|request| request.task_id == "tsk_1" && request.body.status.is_some())
        .fail_with(Fault::CloseConnection);
    let reason = ErrorMessage::Text("title and description are required".to_owned());
    mock.create_task()
        .match_body(&CreateTask::new("", ""))
        .respond_with_error(400, ErrorBody::new(400, reason));

    let client = mock.client(); // pass it to the code under test
    let task = client.create_task(&CreateTask::new("Review access", "Quarterly")).await?;
    let changes = UpdateTask::new().status(TaskStatus::Done);
    let error = client.update_task(&task.id, &changes).await.unwrap_err();
    assert!(error.may_have_been_applied());
    let error = client.create_task(&CreateTask::new("", "")).await.unwrap_err();
    assert_eq!(error.to_string(), "createTask: 400 Bad Request: title and description are required");
    mock.verify();
    Ok(())
}
}
