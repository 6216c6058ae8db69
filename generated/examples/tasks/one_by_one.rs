//! Creates tasks without async code.

use std::error::Error;
use std::time::Duration;

use comp_ai_client::blocking::Client;
use comp_ai_client::types::{CreateTask, TaskStatus, UpdateTask};

/// Creates each task and starts work on it. Stops at the first error.
pub fn create(client: &Client, tasks: &[CreateTask]) -> Result<(), Box<dyn Error>> {
    for task in tasks {
        let created = client
            .create_task(task)
            .timeout(Duration::from_secs(60))
            .wait()?;
        let started = UpdateTask::new().status(TaskStatus::InProgress);
        let response = client.update_task(&created.id, &started).send()?;
        let left = response.rate_limit().map(|limit| limit.remaining);
        println!(
            "{} is {}, {left:?} calls left",
            created.id,
            response.body().status
        );
    }
    Ok(())
}
