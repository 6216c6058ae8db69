//! A JSON file of tasks to create.

use std::error::Error;

use comp_ai_client::types::{ControlId, CreateTask, Department, Frequency, MemberId};
use serde::{Deserialize, Deserializer};

/// A task of the file. `CreateTask` can be read from JSON too, but accepts unknown keys and any frequency.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Row {
    title: String,
    description: String,
    assignee_id: Option<MemberId>,
    // The server responds with 500 to a frequency that is not listed, and accepts any department.
    #[serde(default, deserialize_with = "listed")]
    frequency: Option<Frequency>,
    department: Option<Department>,
    control_ids: Option<Vec<ControlId>>,
}

/// Accepts null, as the server does, and listed values.
fn listed<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Frequency>, D::Error> {
    let text: Option<String> = Deserialize::deserialize(input)?;
    let value = text.map(|text| Frequency::try_parse(&text)).transpose();
    value.map_err(serde::de::Error::custom)
}

impl From<Row> for CreateTask {
    fn from(row: Row) -> Self {
        let mut task = CreateTask::new(row.title, row.description);
        task.assignee_id = row.assignee_id;
        task.frequency = row.frequency;
        task.department = row.department;
        task.control_ids = row.control_ids;
        task
    }
}

/// Reads the tasks of a file.
pub fn read(path: &str) -> Result<Vec<CreateTask>, Box<dyn Error>> {
    parse(&std::fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}").into())
}

pub fn parse(text: &str) -> serde_json::Result<Vec<CreateTask>> {
    let rows: Vec<Row> = serde_json::from_str(text)?;
    Ok(rows.into_iter().map(CreateTask::from).collect())
}
