//! The task table and the two operations on it.

use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, Datelike, Days, Months, NaiveTime, Utc};
use serde_json::{Map, Value};

use super::Options;
use super::fields::{self, FREQUENCIES, Rejection, STATUSES};
use super::fields::{known_id, nullable, one_of, optional};
use super::task::{Task, Timestamp};

/// Fields of an update that change the row by themselves. A justification does not: the server
/// stores it together with a status only.
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

/// The task table, oldest task first.
#[derive(Default)]
pub(super) struct Tasks(Vec<Task>);

impl Tasks {
    pub(super) fn to_values(&self) -> Vec<Value> {
        // Converting this type cannot fail.
        let values = self.0.iter().map(serde_json::to_value);
        values.map(Result::unwrap_or_default).collect()
    }

    /// Adds a task. The operation is not idempotent: the same body sent twice makes two tasks.
    pub(super) fn create(
        &mut self,
        body: &Map<String, Value>,
        options: &Options,
    ) -> Result<Task, Rejection> {
        // Null and the empty string mean absent, except for an empty department.
        let is_set = |value: &Value| !value.is_null() && *value != "";
        let set = body.iter().filter(|(_, value)| is_set(value));
        let set: Map<_, _> = set
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();

        let (Some(title), Some(description)) = (set.get("title"), set.get("description")) else {
            return Err(Rejection::Invalid("title and description are required"));
        };
        let department = optional(body, "department", nullable(fields::department))?;
        // Connections to other tables: checked, although no response shows them.
        optional(&set, "controlIds", fields::known_ids(&options.controls))?;
        optional(&set, "vendorId", known_id(&options.vendors))?;

        let now = Utc::now();
        let mut task = Task::new(
            self.new_id(now),
            fields::text(title)?,
            fields::text(description)?,
            optional(&set, "taskTemplateId", known_id(&options.task_templates))?,
            now,
        );
        task.frequency = optional(&set, "frequency", one_of(FREQUENCIES))?;
        task.department = department.flatten();
        task.set_assignee(optional(&set, "assigneeId", known_id(&options.members))?);
        self.0.push(task.clone());
        Ok(task)
    }

    /// Applies an update completely or, if anything is rejected, not at all.
    pub(super) fn update(
        &mut self,
        id: &str,
        body: &Map<String, Value>,
        options: &Options,
    ) -> Result<Task, Rejection> {
        let review_date = optional(body, "reviewDate", nullable(fields::review_date))?;
        let department = optional(body, "department", nullable(fields::department))?;
        if id.contains('\0') {
            return Err(Rejection::Database);
        }
        let row = self.0.iter_mut().find(|task| task.id == id);
        let row = row.ok_or(Rejection::Invalid("Task not found or access denied"))?;
        if !options.active_owner {
            return Err(Rejection::Invalid("No active organization owner found"));
        }
        if options.evidence_approval {
            check_approval(row, body)?;
        }
        let assignee_id = fields::assignee(&options.members, &options.platform_admins);
        let assignee_id = optional(body, "assigneeId", nullable(assignee_id))?;
        // From here on, only the database checks the values.
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
        if let Some(assignee_id) = assignee_id {
            task.set_assignee(assignee_id);
        }
        if options.evidence_approval {
            set(&mut task.approver_id, approver_id);
        } else {
            // Every update resets the approver that an earlier update has set.
            task.approver_id = approver_id.flatten();
        }
        set(
            &mut task.integration_schedule_frequency,
            integration_schedule_frequency,
        );
        set(&mut task.department, department);
        if let Some(frequency) = frequency {
            task.review_date = Some(next_review_date(frequency.as_deref(), now));
            task.frequency = frequency;
        }
        if let Some(review_date) = review_date {
            task.review_date = review_date.map(Timestamp);
        }
        if let Some(status) = status {
            // A status without a justification erases a stored one.
            task.not_relevant_justification = match body.get("notRelevantJustification") {
                Some(value) if status == "not_relevant" => nullable(fields::text)(value)?,
                _ => None,
            };
            if status == "done" && review_date.flatten().is_none() {
                // The frequency from before this update counts.
                task.review_date = Some(next_review_date(row.frequency.as_deref(), now));
            }
            task.status = status;
        }
        if UPDATABLE.iter().any(|key| body.contains_key(*key)) {
            task.updated_at = Timestamp(now);
        }
        row.clone_from(&task);
        Ok(task)
    }

    /// An id in the server's format: the time in seconds and random digits.
    fn new_id(&self, now: DateTime<Utc>) -> String {
        format!(
            "tsk_{:08x}{:016x}",
            now.timestamp(),
            RandomState::new().hash_one(self.0.len())
        )
    }
}

/// Rejects a status that only an approval may set.
fn check_approval(task: &Task, body: &Map<String, Value>) -> Result<(), Rejection> {
    let Some(status) = body.get("status").and_then(Value::as_str) else {
        return Ok(());
    };
    if task.status == "in_review" && status != "in_review" {
        let message = "Cannot change status directly while task is in review. \
                       Use the approve or reject actions instead.";
        return Err(Rejection::Invalid(message));
    }
    if status == "done" && task.approver_id.is_some() {
        let message = "Cannot mark task as done directly when an approver is assigned";
        return Err(Rejection::Invalid(message));
    }
    Ok(())
}

/// Sets a field if there is a value for it.
fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// The date on which a task is due again, a year ahead if it has no frequency. A day that the
/// month does not have runs over into the next month.
fn next_review_date(frequency: Option<&str>, now: DateTime<Utc>) -> Timestamp {
    let (months, days) = match frequency {
        Some("daily") => (0, 1),
        Some("weekly") => (0, 7),
        Some("monthly") => (1, 0),
        Some("quarterly") => (3, 0),
        _ => (12, 0),
    };
    let days_before = Days::new(now.day0().into());
    let first_of_month = now.date_naive() - days_before + Months::new(months);
    let date = first_of_month + days_before + Days::new(days);
    Timestamp(date.and_time(NaiveTime::MIN).and_utc())
}
