//! What a create stores and returns.

use serde_json::json;

use super::{Api, NEW_TASK};

/// A create returns 201 and exactly nine keys; `Content-Length` and a weak `ETag` are always there,
/// and the connection is kept for 5 seconds.
#[tokio::test]
async fn a_create_returns_nine_keys() {
    let api = Api::unlimited();
    let created = api.create(NEW_TASK).await;
    assert_eq!(created.status, 201);
    let keys = [
        "id",
        "title",
        "description",
        "status",
        "createdAt",
        "updatedAt",
        "taskTemplateId",
        "integrationScheduleFrequency",
        "integrationLastRunAt",
    ];
    assert_eq!(created.keys(), keys);
    let media_type = "application/json; charset=utf-8";
    assert_eq!(created.header("content-type"), Some(media_type));
    assert_eq!(
        created.number("content-length"),
        Some(created.body.len() as u64)
    );
    assert!(
        created
            .header("etag")
            .is_some_and(|tag| tag.starts_with("W/\""))
    );
    assert_eq!(created.header("keep-alive"), Some("timeout=5"));

    let task = created.json();
    let id = task["id"].as_str().unwrap();
    let digits = id.strip_prefix("tsk_").unwrap();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(digits.len() == 24 && is_hex, "{id}");
    let time = task["createdAt"].as_str().unwrap();
    assert!(time.len() == 24 && time.ends_with('Z'), "{time}");
}

/// The same create sent twice makes two tasks; an `Idempotency-Key` header is ignored.
#[tokio::test]
async fn a_repeated_create_makes_two_tasks() {
    let api = Api::unlimited();
    let headers = [api.key(), ("Idempotency-Key", "same")];
    for _ in 0..2 {
        let created = api
            .send(reqwest::Method::POST, "/v1/tasks", &headers, NEW_TASK)
            .await;
        assert_eq!(created.status, 201);
    }
    assert_eq!(api.server.tasks().len(), 2);
}

/// Null and absent mean the same for every nullable field, and an empty list of controls is
/// accepted. An empty assignee or frequency is stored as null.
#[tokio::test]
async fn null_absent_and_empty_are_stored_as_null() {
    let api = Api::unlimited();
    let nulls = r#"{"title":"t","description":"d","assigneeId":null,"frequency":null,
        "department":null,"taskTemplateId":null,"vendorId":null,"controlIds":[]}"#;
    let empty = r#"{"title":"t","description":"d","assigneeId":"","frequency":""}"#;
    for body in [NEW_TASK, nulls, empty] {
        assert_eq!(api.create(body).await.status, 201, "{body}");
    }
    for task in api.server.tasks() {
        for field in ["assigneeId", "frequency", "department", "taskTemplateId"] {
            assert!(task[field].is_null(), "{field}: {task}");
        }
    }
}

/// A department is trimmed, and at most 64 UTF-16 units long. Blank text and other types are a 400.
#[tokio::test]
async fn a_department_is_trimmed_and_limited() {
    let api = Api::unlimited();
    let create = async |department: serde_json::Value| {
        let body = json!({"title": "t", "description": "d", "department": department});
        api.create(body.to_string()).await.status
    };
    assert_eq!(create(json!("  Ops  ")).await, 201);
    assert_eq!(create(json!(format!(" {} ", "x".repeat(64)))).await, 201);
    assert_eq!(create(json!("x".repeat(65))).await, 400);
    // Two UTF-16 units each.
    assert_eq!(create(json!("\u{1f512}".repeat(32))).await, 201);
    assert_eq!(create(json!("\u{1f512}".repeat(33))).await, 400);
    for rejected in [json!(""), json!(" \t"), json!(7), json!(["it"])] {
        assert_eq!(create(rejected).await, 400);
    }
    let tasks = api.server.tasks();
    assert_eq!(tasks[0]["department"], "Ops");
    let id = tasks[0]["id"].as_str().unwrap();
    let updated = api.updated(id, r#"{"department":" Legal "}"#).await;
    assert_eq!(updated["department"], "Legal");
}

/// Routes ignore letter case.
#[tokio::test]
async fn routes_ignore_case() {
    let api = Api::unlimited();
    let headers = [api.key()];
    let created = api
        .send(reqwest::Method::POST, "/V1/TASKS", &headers, NEW_TASK)
        .await;
    assert_eq!(created.status, 201);
    let path = format!("/v1/Tasks/{}", created.json()["id"].as_str().unwrap());
    let updated = api
        .send(reqwest::Method::PATCH, &path, &headers, "{}")
        .await;
    assert_eq!(updated.status, 200);
    let bulk = api.update("BULK", "{}").await;
    assert_eq!(bulk.json()["message"], "taskIds must be a non-empty array");
}
