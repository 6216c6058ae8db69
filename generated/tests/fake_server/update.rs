//! What an update changes, which is more than the fields that it names.

use chrono::{Datelike, Utc};
use serde_json::{Value, json};

use super::fake_server::Options;
use super::{Api, NEW_TASK};

/// The year of a task's review date, counted from now.
fn years_ahead(task: &Value) -> Option<i32> {
    let date = task["reviewDate"].as_str()?;
    Some(date[..4].parse::<i32>().expect("a year") - Utc::now().year())
}

/// An update returns the nine keys of a create and fifteen more.
#[tokio::test]
async fn an_update_returns_the_whole_task() {
    let api = Api::unlimited();
    let created = api.create(NEW_TASK).await;
    let id = created.json()["id"].as_str().unwrap().to_owned();
    let updated = api.update(&id, r#"{"assigneeId":"mem_abc123"}"#).await;
    let keys = updated.keys();
    assert_eq!(keys.len(), 24);
    assert!(created.keys().iter().all(|key| keys.contains(key)));
    assert_eq!(updated.json()["assignee"]["id"], "mem_abc123");
    assert_eq!(api.server.tasks(), [updated.json()]);
    assert_eq!(api.server.requests(), 2);
}

/// An absent field keeps its value, and null clears it.
#[tokio::test]
async fn null_and_absent_differ() {
    let api = Api::unlimited();
    let id = api.task().await;
    let set = json!({
        "title": "new", "status": "not_relevant", "notRelevantJustification": "out of scope",
        "assigneeId": "mem_abc123", "frequency": "monthly", "department": "Customer Success",
        "reviewDate": "2025-01-01T01:00:00+01:00",
    });
    let set = api.updated(&id, &set.to_string()).await;
    assert_eq!(set["reviewDate"], "2025-01-01T00:00:00.000Z");
    assert_eq!(set["notRelevantJustification"], "out of scope");
    assert_eq!(api.updated(&id, "{}").await, set);

    let clear = r#"{"assigneeId":null,"frequency":null,"department":null,"reviewDate":null}"#;
    let cleared = api.updated(&id, clear).await;
    let fields = [
        "assigneeId",
        "assignee",
        "frequency",
        "department",
        "reviewDate",
    ];
    for field in fields {
        assert!(cleared[field].is_null(), "{field}: {cleared}");
    }
    assert_eq!(cleared["status"], "not_relevant");
    assert_eq!(cleared["title"], "new");
}

/// `frequency` overwrites the review date unless the same update sends one; `frequency: null` sets
/// it to a year ahead.
#[tokio::test]
async fn a_frequency_sets_the_review_date() {
    let api = Api::unlimited();
    let id = api.task().await;
    api.updated(&id, r#"{"reviewDate":"2001-01-01"}"#).await;
    let daily = api.updated(&id, r#"{"frequency":"daily"}"#).await;
    assert_ne!(daily["reviewDate"], "2001-01-01T00:00:00.000Z");
    let both = r#"{"frequency":"weekly","reviewDate":"2002-02-02"}"#;
    let both = api.updated(&id, both).await;
    assert_eq!(both["reviewDate"], "2002-02-02T00:00:00.000Z");
    let cleared = api.updated(&id, r#"{"frequency":null}"#).await;
    assert!(cleared["frequency"].is_null());
    assert_eq!(years_ahead(&cleared), Some(1));
}

/// `status: done` sets the review date, even if the same update clears it.
#[tokio::test]
async fn done_sets_the_review_date() {
    let api = Api::unlimited();
    let id = api.task().await;
    let done = api
        .updated(&id, r#"{"status":"done","reviewDate":null}"#)
        .await;
    assert_eq!(years_ahead(&done), Some(1));
}

/// A status without a justification erases the stored one, even if the status stays the same. A
/// justification without the status `not_relevant` is ignored.
#[tokio::test]
async fn a_status_erases_the_justification() {
    let api = Api::unlimited();
    let id = api.task().await;
    let with = r#"{"status":"not_relevant","notRelevantJustification":"why"}"#;
    let without = r#"{"status":"not_relevant"}"#;
    for (body, stored) in [
        (without, json!(null)),
        (with, json!("why")),
        (r#"{"notRelevantJustification":"ignored"}"#, json!("why")),
        (r#"{"title":"t"}"#, json!("why")),
        (without, json!(null)),
        (with, json!("why")),
        (
            r#"{"status":"done","notRelevantJustification":"ignored"}"#,
            json!(null),
        ),
    ] {
        let updated = api.updated(&id, body).await;
        assert_eq!(updated["notRelevantJustification"], stored, "{body}");
    }
}

/// With evidence approval off, every update resets the approver, even an empty one.
#[tokio::test]
async fn every_update_resets_the_approver() {
    let api = Api::unlimited();
    let id = api.task().await;
    for next in ["{}", r#"{"title":"t"}"#, r#"{"status":"done"}"#] {
        let set = api.updated(&id, r#"{"approverId":"mem_def456"}"#).await;
        assert_eq!(set["approverId"], "mem_def456");
        assert!(
            api.updated(&id, next).await["approverId"].is_null(),
            "{next}"
        );
    }
}

/// With evidence approval on, an update can move a task into review and not out of it, and a task
/// with an approver cannot be marked as done.
#[tokio::test]
async fn evidence_approval_guards_the_status() {
    let api = Api::start(Options {
        evidence_approval: true,
        ..Options::default()
    });
    let id = api.task().await;
    let in_review = r#"{"status":"in_review","approverId":"mem_def456"}"#;
    api.updated(&id, in_review).await;
    let kept = api.updated(&id, r#"{"status":"in_review"}"#).await;
    assert_eq!(kept["approverId"], "mem_def456");
    let out = api.update(&id, r#"{"status":"todo"}"#).await;
    let message = "Cannot change status directly while task is in review. Use the approve or reject actions instead.";
    assert_eq!((out.status, &out.json()["message"]), (400, &json!(message)));

    let id = api.task().await;
    api.updated(&id, r#"{"approverId":"mem_def456"}"#).await;
    let done = api.update(&id, r#"{"status":"done"}"#).await;
    assert_eq!(done.status, 400);
    assert!(
        done.body.contains("Cannot mark task as done directly"),
        "{}",
        done.body
    );
    let done = api.updated(&id, r#"{"approverId":null}"#).await;
    assert!(done["approverId"].is_null());
    api.updated(&id, r#"{"status":"done"}"#).await;
}

/// In an organization without an active owner, an update is a 400.
#[tokio::test]
async fn an_update_requires_an_active_owner() {
    let api = Api::start(Options {
        active_owner: false,
        ..Options::default()
    });
    let id = api.task().await;
    let rejected = api.update(&id, r#"{"title":"new"}"#).await;
    assert_eq!(rejected.status, 400);
    let message = "No active organization owner found";
    assert_eq!(rejected.json()["message"], message);
    assert_eq!(api.server.tasks()[0]["title"], "t");
}

/// Sent twice, an update leaves the same task.
#[tokio::test]
async fn a_repeated_update_leaves_the_same_task() {
    let api = Api::unlimited();
    let id = api.task().await;
    let body = r#"{"title":"new","frequency":"weekly","department":"Legal"}"#;
    let mut first = api.updated(&id, body).await;
    let mut second = api.updated(&id, body).await;
    for task in [&mut first, &mut second] {
        task["updatedAt"].take();
    }
    assert_eq!(first, second);
}
