//! What the description does not allow is refused, with the place and the reason.

use comp_ai_client::mock::Mock;
use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, Error, Json};
use http::Method;
use serde_json::{Value, json};

use super::{complaint, raw, task};

fn mock() -> Mock {
    let mock = Mock::start().unwrap();
    mock.create_task().answers(task("tsk_1"));
    mock.update_task().answers(task("tsk_1"));
    mock
}

/// Sends a request that no method of the client sends.
async fn send(client: &Client, method: Method, path: &str, body: &Value) -> Result<Value, Error> {
    let call = client.request(method, path).json(body).call::<Value>();
    let call: comp_ai_client::Call<Value, Json> = call;
    call.await
}

/// Asserts that the request is refused for this reason alone, to the caller and in the end.
async fn assert_refused(method: Method, path: &str, body: Value, reason: &str) {
    let mock = mock();
    let error = send(&mock.client(), method, path, &body).await;
    let error = error.expect_err(reason);
    assert_eq!(error.status().unwrap(), 400, "{error}");
    let message = error.message().unwrap();
    assert!(message.ends_with(&format!(": {reason}")), "{message}");
    let complaint = complaint(mock);
    assert!(complaint.contains(reason), "{complaint}");
}

#[tokio::test]
async fn bodies() {
    let create = |key: &str, value: Value| {
        let mut body = json!({"title": "t", "description": "d"});
        body[key] = value;
        body
    };
    let frequencies = r#""daily", "weekly", "monthly", "quarterly", "yearly""#;
    let cases = [
        (json!([]), "body is [], and must be an object".to_owned()),
        (
            json!(null),
            "body is null, which the description does not allow".to_owned(),
        ),
        (
            json!({"title": "t"}),
            "body.description is missing, and the description requires it".to_owned(),
        ),
        (
            json!({}),
            "createTask: body.title is missing, and the description requires it; \
             body.description is missing, and the description requires it"
                .to_owned(),
        ),
        (
            create("title", json!(null)),
            "body.title is null, which the description does not allow".to_owned(),
        ),
        (
            create("title", json!(7)),
            "body.title is 7, and must be a string".to_owned(),
        ),
        (
            create("frequency", json!("hourly")),
            format!("body.frequency is \"hourly\", and must be one of {frequencies}"),
        ),
        (
            create("assigneeId", json!(["mem_1"])),
            "body.assigneeId is [\"mem_1\"], and must be a string".to_owned(),
        ),
        (
            create("controlIds", json!(null)),
            "body.controlIds is null, which the description does not allow".to_owned(),
        ),
        (
            create("controlIds", json!("ctrl_1")),
            "body.controlIds is \"ctrl_1\", and must be an array".to_owned(),
        ),
        (
            create("controlIds", json!(["ctrl_1", 2])),
            "body.controlIds[1] is 2, and must be a string".to_owned(),
        ),
    ];
    for (body, reason) in cases {
        assert_refused(Method::POST, "/v1/tasks", body, &reason).await;
    }
    let cases = [
        (
            json!({"reviewDate": "tomorrow"}),
            "body.reviewDate is \"tomorrow\", and must be of the format date-time",
        ),
        (
            json!({"status": null}),
            "body.status is null, which the description does not allow",
        ),
        (
            json!({"integrationScheduleFrequency": true}),
            "body.integrationScheduleFrequency is true, and must be a string",
        ),
    ];
    for (body, reason) in cases {
        assert_refused(Method::PATCH, "/v1/tasks/tsk_1", body, reason).await;
    }
}

#[tokio::test]
async fn methods_paths_and_parameters() {
    let body = || json!({"title": "t", "description": "d"});
    for (method, path, reason) in [
        (
            Method::GET,
            "/v1/tasks",
            "the description has only POST there",
        ),
        (Method::POST, "/v1/task", "the description has no such path"),
        (
            Method::POST,
            "/v1/tasks/",
            "the description has no such path",
        ),
        (
            Method::POST,
            "/v1/tasks/1/2",
            "the description has no such path",
        ),
        (
            Method::PUT,
            "/v1/tasks/1",
            "the description has only PATCH there",
        ),
        (
            Method::PATCH,
            "/v1/tasks/bulk",
            "path parameter `taskId` is `bulk`, which is another route of the API",
        ),
        (
            Method::PATCH,
            "/v1/tasks/re%6Frder",
            "path parameter `taskId` is `reorder`, which is another route of the API",
        ),
    ] {
        assert_refused(method, path, body(), reason).await;
    }
    let mock = mock();
    let request = mock.client().request(Method::PATCH, "/v1/tasks/tsk_1");
    let call = request.query("dry", true).json(&json!({})).call::<Value>();
    let error = call.await.unwrap_err().to_string();
    assert!(
        error.contains("query parameter `dry` is not in the description"),
        "{error}"
    );
    complaint(mock);
}

#[test]
fn credentials_and_media_types() {
    let body = r#"{"title":"t","description":"d"}"#;
    let request = |headers: &str, body: &str| {
        let length = body.len();
        format!("POST /v1/tasks HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    };
    let key = "X-API-Key: key\r\n";
    let json = "Content-Type: application/json\r\n";
    let missing_key = "the header X-API-Key is missing, and the description requires it";
    for (request, reason) in [
        (request(json, body), missing_key),
        (request(&format!("X-API-Key:\r\n{json}"), body), missing_key),
        (
            request(key, body),
            "the header Content-Type is missing, and the description has application/json",
        ),
        (
            request(&format!("{key}Content-Type: text/plain\r\n"), body),
            "the header Content-Type is `text/plain`, and the description has application/json",
        ),
        (
            request(key, ""),
            "body is missing, and the description requires it",
        ),
        (
            request(&format!("{key}{json}"), ""),
            "body is not JSON: the body is empty",
        ),
        (
            request(&format!("{key}{json}"), "{\"title\":"),
            "body is not JSON: at `title`: EOF",
        ),
    ] {
        let mock = mock();
        let answer = raw::exchange(&mock, request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400 "), "{reason}: {answer}");
        assert!(answer.contains(reason), "{reason}: {answer}");
        assert!(complaint(mock).contains(reason), "{reason}");
    }
}

/// The types let values through that an enum does not list.
#[tokio::test]
async fn what_the_types_allow_and_the_description_does_not() {
    let mock = mock();
    let body = CreateTask::new("t", "d").department("research");
    let error = mock.client().create_task(&body).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.attempts(), 1);
    let text = error.to_string();
    let reason = "body.department is \"research\", and must be one of \"none\", \"admin\"";
    assert!(text.contains(reason), "{text}");
    complaint(mock);
}

/// Keys that the description does not list are allowed, as it does not exclude them.
#[tokio::test]
async fn further_keys_are_allowed_where_they_are_not_excluded() {
    let mock = Mock::start().unwrap();
    let updated = mock.update_task().answers(task("tsk_1"));
    let (path, body) = ("/v1/tasks/tsk_1", json!({"title": "t", "color": "red"}));
    let sent = send(&mock.client(), Method::PATCH, path, &body).await;
    assert_eq!(sent.unwrap()["id"], "tsk_1");
    assert_eq!(updated.requests()[0].body, UpdateTask::new().title("t"));
}
