//! A task, and the two forms in which the server returns it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

const ORGANIZATION_ID: &str = "org_6920b0c1fad58de7366495db";

/// A row of the task table, in the form of an update response. The published description lists
/// nine of its fields.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: String,
    automation_status: &'static str,
    pub(super) frequency: Option<String>,
    pub(super) integration_schedule_frequency: String,
    integration_last_run_at: (),
    pub(super) department: Option<String>,
    order: u32,
    created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    last_completed_at: (),
    pub(super) review_date: Option<Timestamp>,
    assignee_id: Option<String>,
    organization_id: &'static str,
    task_template_id: Option<String>,
    pub(super) approver_id: Option<String>,
    approved_at: (),
    previous_status: (),
    pub(super) not_relevant_justification: Option<String>,
    archived_at: (),
    embedding_hash: (),
    assignee: Option<Member>,
}

/// The form of a create response, which has no assignee, frequency or department.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreatedTask<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    status: &'a str,
    created_at: Timestamp,
    updated_at: Timestamp,
    task_template_id: Option<&'a str>,
    integration_schedule_frequency: &'a str,
    integration_last_run_at: (),
}

/// A point in time, which the server writes with milliseconds and `Z`.
#[derive(Clone, Copy)]
pub(super) struct Timestamp(pub(super) DateTime<Utc>);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.to_rfc3339_opts(SecondsFormat::Millis, true);
        serializer.serialize_str(&text)
    }
}

/// A member of the organization, as an update response shows the assignee.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: String,
    organization_id: &'static str,
    user_id: String,
    role: &'static str,
    created_at: &'static str,
    department: &'static str,
    job_title: (),
    is_active: bool,
    deactivated: bool,
    background_check_exempt: bool,
    background_check_exempt_reason: (),
    background_check_exempt_justification: (),
    onboard_date: (),
    offboard_date: (),
    external_user_id: (),
    external_user_source: (),
    fleet_dm_label_id: (),
}

impl Task {
    /// A new task; the fields that are not arguments have the values of the database's defaults.
    pub(super) fn new(
        id: String,
        title: String,
        description: String,
        task_template_id: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            title,
            description,
            status: "todo".to_owned(),
            automation_status: "AUTOMATED",
            frequency: None,
            integration_schedule_frequency: "daily".to_owned(),
            integration_last_run_at: (),
            department: None,
            order: 0,
            created_at: Timestamp(now),
            updated_at: Timestamp(now),
            last_completed_at: (),
            review_date: None,
            assignee_id: None,
            organization_id: ORGANIZATION_ID,
            task_template_id,
            approver_id: None,
            approved_at: (),
            previous_status: (),
            not_relevant_justification: None,
            archived_at: (),
            embedding_hash: (),
            assignee: None,
        }
    }

    pub(super) fn set_assignee(&mut self, id: Option<String>) {
        self.assignee = id.clone().map(Member::new);
        self.assignee_id = id;
    }

    pub(super) fn created(&self) -> CreatedTask<'_> {
        CreatedTask {
            id: &self.id,
            title: &self.title,
            description: &self.description,
            status: &self.status,
            created_at: self.created_at,
            updated_at: self.updated_at,
            task_template_id: self.task_template_id.as_deref(),
            integration_schedule_frequency: &self.integration_schedule_frequency,
            integration_last_run_at: (),
        }
    }
}

impl Member {
    fn new(id: String) -> Self {
        Self {
            organization_id: ORGANIZATION_ID,
            user_id: format!("usr_{}", id.strip_prefix("mem_").unwrap_or(&id)),
            id,
            role: "employee",
            created_at: "2024-01-15T10:30:00.000Z",
            department: "none",
            job_title: (),
            is_active: true,
            deactivated: false,
            background_check_exempt: false,
            background_check_exempt_reason: (),
            background_check_exempt_justification: (),
            onboard_date: (),
            offboard_date: (),
            external_user_id: (),
            external_user_source: (),
            fleet_dm_label_id: (),
        }
    }
}
