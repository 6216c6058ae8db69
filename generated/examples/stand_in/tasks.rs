//! All tasks, and the two operations on them.

use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, Datelike, Days, Months, NaiveTime, Utc};
use serde_json::{Map, Value};

use super::Options;
use super::fields::{self, FREQUENCIES, Rejection, STATUSES};
use super::fields::{known_id, nullable, one_of, optional};
use super::task::Task;

/// The members of an update's body that each change the row. A justification
/// alone does not: it belongs to a status.
const UPDATABLE: &[&str] = &[
    "title",
    "description",
    "status",
    "assigneeId",
    "approverId",
    "frequency",
    "integrationScheduleFrequency",
    "department",
    "reviewDate",
];

/// The table of tasks, oldest first.
#[derive(Default)]
pub(super) struct Tasks(Vec<Task>);

impl Tasks {
    pub(super) fn to_values(&self) -> Vec<Value> {
        // The text is this module's own, so nothing is ever left out.
        self.0
            .iter()
            .filter_map(|task| serde_json::from_str(&task.to_updated()).ok())
            .collect()
    }

    /// Adds a task. Never idempotent: the same body twice makes two.
    pub(super) fn create(
        &mut self,
        body: &Map<String, Value>,
        options: &Options,
    ) -> Result<Task, Rejection> {
        // Absent, null and, but for the department, the empty text are the
        // same.
        let given = body
            .iter()
            .filter(|(_, value)| !value.is_null() && *value != "");
        let given: Map<_, _> = given
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();

        let (Some(title), Some(description)) = (given.get("title"), given.get("description"))
        else {
            return Err(Rejection::Invalid("title and description are required"));
        };
        let department = optional(body, "department", nullable(fields::department))?;
        // Connections to other tables: checked, though no answer shows them.
        optional(&given, "controlIds", fields::known_ids(&options.controls))?;
        optional(&given, "vendorId", known_id(&options.vendors))?;

        let now = Utc::now();
        let task = Task {
            id: self.new_id(now),
            title: fields::text(title)?,
            description: fields::text(description)?,
            status: "todo".to_owned(),
            frequency: optional(&given, "frequency", one_of(FREQUENCIES))?,
            integration_schedule_frequency: "daily".to_owned(),
            department: department.flatten().or_else(|| Some("none".to_owned())),
            created_at: now,
            updated_at: now,
            review_date: None,
            assignee_id: optional(&given, "assigneeId", known_id(&options.members))?,
            approver_id: None,
            task_template_id: optional(
                &given,
                "taskTemplateId",
                known_id(&options.task_templates),
            )?,
            not_relevant_justification: None,
        };
        self.0.push(task.clone());
        Ok(task)
    }

    /// Sets what the body names: all of it or, when something is wrong,
    /// nothing.
    pub(super) fn update(
        &mut self,
        id: &str,
        body: &Map<String, Value>,
        options: &Options,
    ) -> Result<Task, Rejection> {
        let review_date = optional(body, "reviewDate", nullable(fields::review_date))?;
        let department = optional(body, "department", nullable(fields::department))?;
        let row = self.0.iter_mut().find(|task| task.id == id);
        let row = row.ok_or(Rejection::Invalid("Task not found or access denied"))?;
        let assignee_id = nullable(fields::member_id(&options.members));
        let assignee_id = optional(body, "assigneeId", assignee_id)?;
        // From here on nothing is looked at before the database sees it.
        let approver_id = optional(body, "approverId", nullable(known_id(&options.members)))?;
        let title = optional(body, "title", fields::text)?;
        let description = optional(body, "description", fields::text)?;
        let status = optional(body, "status", one_of(STATUSES))?;
        let frequency = optional(body, "frequency", nullable(one_of(FREQUENCIES)))?;
        let integration_schedule_frequency =
            optional(body, "integrationScheduleFrequency", one_of(FREQUENCIES))?;

        let now = Utc::now();
        let mut task = row.clone();
        set(&mut task.title, title);
        set(&mut task.description, description);
        set(&mut task.assignee_id, assignee_id);
        set(&mut task.approver_id, approver_id);
        set(
            &mut task.integration_schedule_frequency,
            integration_schedule_frequency,
        );
        set(&mut task.department, department);
        if let Some(frequency) = frequency {
            task.review_date = Some(next_review_date(frequency.as_deref(), now));
            task.frequency = frequency;
        }
        set(&mut task.review_date, review_date);
        if let Some(status) = status {
            task.not_relevant_justification = match body.get("notRelevantJustification") {
                Some(value) if status == "not_relevant" => nullable(fields::text)(value)?,
                _ => None,
            };
            if status == "done" && review_date.flatten().is_none() {
                // By the frequency from before this update.
                task.review_date = Some(next_review_date(row.frequency.as_deref(), now));
            }
            task.status = status;
        }
        if UPDATABLE.iter().any(|key| body.contains_key(*key)) {
            task.updated_at = now;
        }
        row.clone_from(&task);
        Ok(task)
    }

    /// Shaped like the server's: the time in seconds, then chance.
    fn new_id(&self, now: DateTime<Utc>) -> String {
        format!(
            "tsk_{:08x}{:016x}",
            now.timestamp(),
            RandomState::new().hash_one(self.0.len())
        )
    }
}

/// Leaves the field as it is when there is no value for it.
fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// The day on which a task is due again. A day that the month does not have
/// runs over into the next month.
fn next_review_date(frequency: Option<&str>, now: DateTime<Utc>) -> DateTime<Utc> {
    let (months, days) = match frequency {
        Some("daily") => (0, 1),
        Some("weekly") => (0, 7),
        Some("monthly") => (1, 0),
        Some("quarterly") => (3, 0),
        _ => (12, 0),
    };
    let days_before = Days::new(now.day0().into());
    let first_of_month = now.date_naive() - days_before + Months::new(months);
    (first_of_month + days_before + Days::new(days))
        .and_time(NaiveTime::MIN)
        .and_utc()
}
