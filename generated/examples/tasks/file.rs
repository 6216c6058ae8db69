//! A JSON file of tasks to create.

use std::error::Error;

use comp_ai_client::types::{ControlId, CreateTask, Department, Frequency, MemberId};
use serde::Deserialize;

/// A task of the file. `CreateTask` itself can be read from JSON, too, but it ignores keys that it does not
/// know, and a person who misspells a key wants to hear of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Row {
    title: String,
    description: String,
    assignee_id: Option<MemberId>,
    frequency: Option<String>,
    department: Option<Department>,
    control_ids: Option<Vec<ControlId>>,
}

impl Row {
    fn into_task(self) -> Result<CreateTask, Box<dyn Error>> {
        let mut task = CreateTask::new(self.title, self.description);
        task.assignee_id = self.assignee_id;
        // The server responds with 500 to an unknown frequency, so a misspelt one is found here.
        task.frequency = match &self.frequency {
            Some(text) => Some(Frequency::try_parse(text)?),
            None => None,
        };
        // Departments have any name.
        task.department = self.department;
        task.control_ids = self.control_ids;
        Ok(task)
    }
}

/// Reads the tasks of a file.
pub fn read(path: &str) -> Result<Vec<CreateTask>, Box<dyn Error>> {
    parse(&std::fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}").into())
}

pub fn parse(text: &str) -> Result<Vec<CreateTask>, Box<dyn Error>> {
    let rows: Vec<Row> = serde_json::from_str(text)?;
    let tasks = rows.into_iter().enumerate().map(|(index, row)| {
        let task = row.into_task();
        task.map_err(|error| format!("task {}: {error}", index + 1).into())
    });
    tasks.collect()
}
