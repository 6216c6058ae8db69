//! One task, and the two shapes in which the server shows it.

use chrono::{DateTime, SecondsFormat, Utc};

use super::json;

const ORGANIZATION_ID: &str = "org_6920b0c1fad58de7366495db";

/// A row of the table.
#[derive(Clone)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: String,
    pub(super) frequency: Option<String>,
    pub(super) integration_schedule_frequency: String,
    pub(super) department: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) review_date: Option<DateTime<Utc>>,
    pub(super) assignee_id: Option<String>,
    pub(super) approver_id: Option<String>,
    pub(super) task_template_id: Option<String>,
    pub(super) not_relevant_justification: Option<String>,
}

impl Task {
    /// What create answers: never assignee, frequency or department.
    pub(super) fn to_created(&self) -> String {
        json::object(&[
            ("id", json::value(&*self.id)),
            ("title", json::value(&*self.title)),
            ("description", json::value(&*self.description)),
            ("status", json::value(&*self.status)),
            ("createdAt", timestamp(self.created_at)),
            ("updatedAt", timestamp(self.updated_at)),
            (
                "taskTemplateId",
                json::value(self.task_template_id.as_deref()),
            ),
            (
                "integrationScheduleFrequency",
                json::value(&*self.integration_schedule_frequency),
            ),
            ("integrationLastRunAt", null()),
        ])
    }

    /// What update answers: the whole row, of which the published description
    /// names nine keys, and the assignee.
    pub(super) fn to_updated(&self) -> String {
        json::object(&[
            ("id", json::value(&*self.id)),
            ("title", json::value(&*self.title)),
            ("description", json::value(&*self.description)),
            ("status", json::value(&*self.status)),
            ("automationStatus", json::value("AUTOMATED")),
            ("frequency", json::value(self.frequency.as_deref())),
            (
                "integrationScheduleFrequency",
                json::value(&*self.integration_schedule_frequency),
            ),
            ("integrationLastRunAt", null()),
            ("department", json::value(self.department.as_deref())),
            ("order", json::value(0)),
            ("createdAt", timestamp(self.created_at)),
            ("updatedAt", timestamp(self.updated_at)),
            ("lastCompletedAt", null()),
            ("reviewDate", self.review_date.map_or_else(null, timestamp)),
            ("assigneeId", json::value(self.assignee_id.as_deref())),
            ("organizationId", json::value(ORGANIZATION_ID)),
            (
                "taskTemplateId",
                json::value(self.task_template_id.as_deref()),
            ),
            ("approverId", json::value(self.approver_id.as_deref())),
            ("approvedAt", null()),
            ("previousStatus", null()),
            (
                "notRelevantJustification",
                json::value(self.not_relevant_justification.as_deref()),
            ),
            ("archivedAt", null()),
            ("embeddingHash", null()),
            (
                "assignee",
                self.assignee_id.as_deref().map_or_else(null, member),
            ),
        ])
    }
}

fn member(id: &str) -> String {
    let user_id = format!("usr_{}", id.strip_prefix("mem_").unwrap_or(id));
    json::object(&[
        ("id", json::value(id)),
        ("organizationId", json::value(ORGANIZATION_ID)),
        ("userId", json::value(user_id)),
        ("role", json::value("employee")),
        ("createdAt", json::value("2024-01-15T10:30:00.000Z")),
        ("department", json::value("none")),
        ("jobTitle", null()),
        ("isActive", json::value(true)),
        ("deactivated", json::value(false)),
        ("backgroundCheckExempt", json::value(false)),
        ("backgroundCheckExemptReason", null()),
        ("backgroundCheckExemptJustification", null()),
        ("onboardDate", null()),
        ("offboardDate", null()),
        ("externalUserId", null()),
        ("externalUserSource", null()),
        ("fleetDmLabelId", null()),
    ])
}

fn timestamp(at: DateTime<Utc>) -> String {
    json::value(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn null() -> String {
    json::value(())
}
