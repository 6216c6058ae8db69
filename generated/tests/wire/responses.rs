//! The client decodes every published and recorded response, and loses nothing.

use std::time::Duration;

use crate::support::samples::{receive, samples};
use crate::support::{CannedResponse, PUBLISHED_TASK};
use chrono::{DateTime, Utc};
use comp_ai_client::types::{
    ErrorBody, ErrorMessage, Frequency, IntegrationLastRun, Task, TaskStatus, TaskTemplateReference,
};
use comp_ai_client::{ErrorKind, Patch};
use serde_json::{Value, json};

const JSON: &str = "application/json";

/// The keys of a task that the published pages list. Every other key is an additional property.
const LISTED: [&str; 9] = [
    "id",
    "title",
    "status",
    "createdAt",
    "updatedAt",
    "integrationScheduleFrequency",
    "description",
    "taskTemplateId",
    "integrationLastRunAt",
];

/// The task that the client decodes from `body`.
async fn task(body: &Value) -> Task {
    let response = CannedResponse::json(200, body.to_string());
    receive("PATCH", response).await.unwrap().into_body()
}

fn published() -> Value {
    serde_json::from_str(PUBLISHED_TASK).unwrap()
}

/// The published response with another value for one key.
fn published_with(key: &str, value: Value) -> Value {
    let mut body = published();
    body[key] = value;
    body
}

/// Asserts that `task` has all information of `body`. The same instant may be written in two ways.
fn assert_nothing_lost(task: &Task, body: &Value, context: &str) {
    let mut encoded = serde_json::to_value(task).unwrap();
    let mut body = body.clone();
    for key in ["createdAt", "updatedAt"] {
        let instant = |value: &mut Value| -> DateTime<Utc> {
            let text = value[key].take();
            text.as_str().unwrap().parse().unwrap()
        };
        assert_eq!(
            instant(&mut encoded),
            instant(&mut body),
            "{context}: {key}"
        );
    }
    assert_eq!(encoded, body, "{context}");
    let again: Task = serde_json::from_value(serde_json::to_value(task).unwrap()).unwrap();
    assert_eq!(&again, task, "{context}");
}

#[tokio::test]
async fn the_published_responses_are_decoded() {
    for (method, status) in [("POST", 201), ("PATCH", 200)] {
        let response = CannedResponse::json(status, PUBLISHED_TASK);
        let response = receive(method, response).await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.raw_body(), PUBLISHED_TASK.as_bytes());

        let task = response.body();
        assert_eq!(task.id, "tsk_abc123def456");
        assert_eq!(task.title, "Implement user authentication");
        assert_eq!(task.status, TaskStatus::InProgress);
        assert_eq!(task.created_at.to_rfc3339(), "2024-01-15T10:30:00+00:00");
        assert_eq!(task.updated_at, task.created_at);
        assert_eq!(task.integration_schedule_frequency, Frequency::Daily);
        let description = "Add OAuth 2.0 authentication to the platform";
        assert_eq!(task.description.as_deref(), Some(description));
        let template = task.task_template_id.value().unwrap();
        let id = template.as_task_template_id().unwrap();
        assert_eq!(id.as_str(), "frk_tt_68406e353df3bc002994acef");
        let last_run = IntegrationLastRun::Other(json!({}));
        assert_eq!(task.integration_last_run_at, Patch::Value(last_run));
        assert!(task.additional_properties.is_empty());
        assert_nothing_lost(task, &published(), method);
    }
}

#[tokio::test]
async fn recorded_successes_are_decoded_without_loss() {
    for sample in samples().0 {
        let case = &sample.case;
        let response = receive(&sample.method, sample.response()).await;
        let response = response.unwrap_or_else(|error| panic!("{case}: {error}"));
        assert_eq!(response.status().as_u16(), sample.status, "{case}");
        assert_eq!(response.raw_body(), sample.body.as_bytes(), "{case}");
        let limit = response.rate_limit().unwrap();
        assert_eq!(Some(limit.limit), sample.number("X-RateLimit-Limit"));
        assert_eq!(
            Some(limit.remaining),
            sample.number("X-RateLimit-Remaining")
        );
        assert_eq!(
            Some(limit.reset.as_secs()),
            sample.number("X-RateLimit-Reset")
        );

        let task = response.body();
        let body: Value = serde_json::from_str(&sample.body).unwrap();
        assert_nothing_lost(task, &body, case);
        assert!(task.status.is_known(), "{case}: {}", task.status);
        assert!(task.integration_schedule_frequency.is_known(), "{case}");
        let mut unlisted = body.as_object().unwrap().clone();
        unlisted.retain(|key, _| !LISTED.contains(&key.as_str()));
        assert_eq!(task.additional_properties, unlisted, "{case}");
        // An update returns more keys than the published pages list. A create does not.
        assert_eq!(unlisted.is_empty(), sample.method == "POST", "{case}");
    }
}

#[tokio::test]
async fn recorded_errors_have_the_message_of_the_server() {
    for sample in samples().1 {
        let case = &sample.case;
        let error = receive(&sample.method, sample.response()).await;
        let error = error.unwrap_err();
        let body: Value = serde_json::from_str(&sample.body).unwrap();
        let message = body["message"].as_str().unwrap();
        assert_eq!(error.kind(), ErrorKind::Status, "{case}");
        assert_eq!(error.status().unwrap().as_u16(), sample.status, "{case}");
        assert_eq!(error.message().as_deref(), Some(message), "{case}");
        assert_eq!(error.body(), sample.body.as_bytes(), "{case}");
        assert!(error.to_string().contains(message), "{case}: {error}");
        let is_hinting = error.to_string().contains("usually invalid input");
        assert_eq!(is_hinting, sample.status == 500, "{case}: {error}");
        assert_eq!(error.attempts(), 1, "{case}");
        assert_eq!(error.is_rate_limited(), sample.status == 429, "{case}");
        let wait = sample.number("Retry-After").map(Duration::from_secs);
        assert_eq!(error.retry_after(), wait, "{case}");
        assert_eq!(
            error.may_have_been_applied(),
            sample.status == 500,
            "{case}"
        );

        let decoded: ErrorBody = error.decode().unwrap();
        assert_eq!(
            u16::try_from(decoded.status_code),
            Ok(sample.status),
            "{case}"
        );
        assert_eq!(
            decoded.message,
            ErrorMessage::Text(message.to_owned()),
            "{case}"
        );
        assert_eq!(serde_json::to_value(&decoded).unwrap(), body, "{case}");
    }
}

#[tokio::test]
async fn any_template_and_last_run_is_kept() {
    let raw = [
        json!({}),
        json!({"a": [1]}),
        json!([]),
        json!(1.5),
        json!(true),
    ];
    for value in raw.into_iter().chain([json!("not a date")]) {
        let body = published_with("integrationLastRunAt", value.clone());
        let task = task(&body).await;
        let kept = IntegrationLastRun::Other(value);
        assert_eq!(task.integration_last_run_at, Patch::Value(kept));
        assert_nothing_lost(&task, &body, "integrationLastRunAt");
    }
    let body = published_with("integrationLastRunAt", json!("2026-11-21T19:24:11.372Z"));
    let with_date = task(&body).await;
    let last_run = with_date.integration_last_run_at.value().unwrap();
    let instant = last_run.as_date_time().unwrap();
    assert_eq!(instant.timestamp_millis(), 1_795_289_051_372);
    assert_nothing_lost(&with_date, &body, "integrationLastRunAt");

    let body = published_with("taskTemplateId", json!({"id": "frk_tt_1"}));
    let with_object = task(&body).await;
    let kept = TaskTemplateReference::Other(json!({"id": "frk_tt_1"}));
    assert_eq!(with_object.task_template_id, Patch::Value(kept));
    assert_nothing_lost(&with_object, &body, "taskTemplateId");

    for key in ["taskTemplateId", "integrationLastRunAt"] {
        let body = published_with(key, Value::Null);
        assert_nothing_lost(&task(&body).await, &body, key);
        let mut body = published();
        body.as_object_mut().unwrap().remove(key);
        assert_nothing_lost(&task(&body).await, &body, key);
    }
}

#[tokio::test]
async fn unlisted_keys_and_values_are_kept() {
    let mut body = published_with("status", json!("on_hold"));
    body["integrationScheduleFrequency"] = json!("hourly");
    body["priority"] = json!({"level": 3, "nested": [null, {"deep": "é"}], "big": u64::MAX, "float": 3.7004861572942476e-106});
    body["Status"] = json!("another key than status");
    let task = task(&body).await;
    assert!(!task.status.is_known());
    assert_eq!(task.status, "on_hold");
    assert_eq!(task.integration_schedule_frequency.as_str(), "hourly");
    assert_eq!(task.additional_properties.len(), 2);
    assert_eq!(task.additional_properties["priority"], body["priority"]);
    assert_nothing_lost(&task, &body, "unlisted");
}

#[tokio::test]
async fn other_error_bodies_keep_their_status_and_body() {
    let list =
        r#"{"message":["a is required","b is required"],"error":"Bad Request","statusCode":400}"#;
    let html = "<html><h1>502 Bad Gateway</h1></html>";
    let cases: [(u16, &str, &[u8], Option<&str>); 8] = [
        (
            400,
            JSON,
            list.as_bytes(),
            Some("a is required; b is required"),
        ),
        (502, "text/html", html.as_bytes(), None),
        (
            503,
            "text/plain",
            b"upstream is down\n",
            Some("upstream is down"),
        ),
        (431, "text/plain", b"", None),
        (500, JSON, b"", None),
        (500, JSON, b"null", None),
        (500, JSON, br#"{"message":"#, None),
        (500, JSON, b"\xff\xfe\0", None),
    ];
    for (status, content_type, body, message) in cases {
        let response = CannedResponse::new(status, content_type, body);
        let error = receive("PATCH", response).await.unwrap_err();
        let context = format!("{status} {content_type} {body:?}");
        assert_eq!(error.kind(), ErrorKind::Status, "{context}");
        assert_eq!(error.status().unwrap().as_u16(), status, "{context}");
        assert_eq!(error.message().as_deref(), message, "{context}");
        assert_eq!(error.body(), body, "{context}");
        // The error message is one line, whatever the body is.
        assert_eq!(error.to_string().lines().count(), 1, "{context}");
    }
}

#[tokio::test]
async fn a_decoding_error_has_the_body_and_the_location() {
    let of = |body: &Value| body.to_string().into_bytes();
    let cases = [
        (
            of(&published_with("createdAt", json!("yesterday"))),
            "createdAt",
        ),
        (of(&published_with("title", Value::Null)), "title"),
        (of(&published_with("status", json!(["todo"]))), "status"),
        (of(&json!({"title": "no id"})), "id"),
        (b"<html>Sign in</html>".to_vec(), "expected value"),
        (Vec::new(), "empty"),
    ];
    for (body, named) in cases {
        let response = CannedResponse::json(201, body.clone());
        let error = receive("POST", response).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.status().unwrap().as_u16(), 201);
        assert_eq!(error.body(), body);
        assert!(error.to_string().contains(named), "{error}");
        // The task exists, although the response cannot be decoded.
        assert!(error.may_have_been_applied());
    }
}
