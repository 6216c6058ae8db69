//! Creates tasks without async code.

use std::time::Duration;

use comp_ai_client::Error;
use comp_ai_client::blocking::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};

/// Creates each task and starts work on it. Stops at the first error.
pub fn create(client: &Client, tasks: &[CreateTask]) -> Result<(), Error> {
    for task in tasks {
        let created = client
            .create_task(task)
            .timeout(Duration::from_secs(60))
            .wait()?;
        // A new task is `todo`.
        let started = UpdateTask::new().status(TaskStatus::InProgress);
        let response = client.update_task(&created.id, &started).send()?;
        println!("{} is {}", created.id, response.body().status);
        if let Some(limit) = response.rate_limit() {
            println!("{} calls left", limit.remaining);
        }
    }
    Ok(())
}
