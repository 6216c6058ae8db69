//! Requests that are rejected, and the reason that the mock server gives.

use comp_ai_client::mock::MockServer;
use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, Error, Json};
use http::Method;
use serde_json::{Value, json};

use super::{failure_report, raw, task};

fn mock() -> MockServer {
    let mock = MockServer::start().unwrap();
    mock.create_task().respond_with(task("tsk_1"));
    mock.update_task().respond_with(task("tsk_1"));
    mock
}

/// Sends a request that no method of the client sends.
async fn send(client: &Client, method: Method, path: &str, body: &Value) -> Result<Value, Error> {
    let call = client.request(method, path).json(body).call::<Value>();
    let call: comp_ai_client::Call<Value, Json> = call;
    call.await
}

/// Asserts that the request is rejected with this reason and help, in the response and in the report.
async fn assert_rejected(method: Method, path: &str, body: Value, reason: &str, help: &str) {
    let mock = mock();
    let error = send(&mock.client(), method, path, &body).await;
    let error = error.expect_err(reason);
    assert_eq!(error.status().unwrap(), 400, "{error}");
    let message = error.message().unwrap();
    assert!(message.contains(&format!(": {reason}")), "{message}");
    assert!(message.ends_with(&format!("; help: {help}")), "{message}");
    let failure_report = failure_report(mock);
    let (_, reason) = reason.rsplit_once(": ").unwrap();
    assert!(failure_report.contains(reason), "{failure_report}");
    assert!(
        failure_report.contains(&format!("= help: {help}\n")),
        "{failure_report}"
    );
}

#[tokio::test]
async fn invalid_bodies() {
    let create = |key: &str, value: Value| {
        let mut body = json!({"title": "t", "description": "d"});
        body[key] = value;
        body
    };
    let cases = [
        (
            json!([]),
            "invalid type: sequence, expected an object (CreateTask)",
        ),
        (
            json!(null),
            "invalid type: null, expected an object (CreateTask)",
        ),
        (json!({"title": "t"}), "missing field `description`"),
        (
            create("title", json!(null)),
            "at `title`: invalid type: null, expected a string",
        ),
        (
            create("title", json!(7)),
            "at `title`: invalid type: integer `7`, expected a string",
        ),
        (
            create("assigneeId", json!(["mem_1"])),
            "at `assigneeId`: invalid type: sequence, expected a string",
        ),
        (
            create("controlIds", json!("ctrl_1")),
            "at `controlIds`: invalid type: string \"ctrl_1\", expected a sequence",
        ),
        (
            create("controlIds", json!(["ctrl_1", 2])),
            "at `controlIds[1]`: invalid type: integer `2`, expected a string",
        ),
    ];
    for (body, reason) in cases {
        let reason = format!("createTask: request body: {reason}");
        let help = "send the JSON of `CreateTask`";
        assert_rejected(Method::POST, "/v1/tasks", body, &reason, help).await;
    }
    let cases = [
        (
            json!({"reviewDate": "tomorrow"}),
            "at `reviewDate`: `tomorrow` is not a date-time of RFC 3339",
        ),
        (
            json!({"integrationScheduleFrequency": true}),
            "at `integrationScheduleFrequency`: invalid type: boolean `true`, expected a string",
        ),
    ];
    for (body, reason) in cases {
        let reason = format!("updateTask: request body: {reason}");
        let help = "send the JSON of `UpdateTask`";
        assert_rejected(Method::PATCH, "/v1/tasks/tsk_1", body, &reason, help).await;
    }
}

#[tokio::test]
async fn invalid_methods_paths_and_parameters() {
    let body = || json!({"title": "t", "description": "d"});
    let exact = "paths are compared exactly: check the spelling, the number of segments and the \
                 trailing slash";
    for (method, path, reason, help) in [
        (
            Method::GET,
            "/v1/tasks",
            "method: no operation has the method `GET` at this path",
            "send `POST`",
        ),
        (
            Method::POST,
            "/v1/task",
            "path: no operation has the path `/v1/task`",
            exact,
        ),
        (
            Method::POST,
            "/v1/tasks/",
            "path: no operation has the path `/v1/tasks/`",
            exact,
        ),
        (
            Method::POST,
            "/v1/tasks/1/2",
            "path: no operation has the path `/v1/tasks/1/2`",
            exact,
        ),
        (
            Method::PUT,
            "/v1/tasks/1",
            "method: no operation has the method `PUT` at this path",
            "send `PATCH`",
        ),
        (
            Method::PATCH,
            "/v1/tasks/bulk",
            "path parameter `taskId`: `bulk` is another route of the API",
            "use another value",
        ),
        (
            Method::PATCH,
            "/v1/tasks/re%6Frder",
            "path parameter `taskId`: `reorder` is another route of the API",
            "use another value",
        ),
    ] {
        assert_rejected(method, path, body(), reason, help).await;
    }
    let mock = mock();
    let request = mock.client().request(Method::PATCH, "/v1/tasks/tsk_1");
    let call = request.query("dry", true).json(&json!({})).call::<Value>();
    let error = call.await.unwrap_err().to_string();
    assert!(
        error.contains("query parameter `dry`: unknown query parameter"),
        "{error}"
    );
    failure_report(mock);
}

#[test]
fn missing_credentials_and_invalid_media_types() {
    let body = r#"{"title":"t","description":"d"}"#;
    let request = |headers: &str, body: &str| {
        let length = body.len();
        format!("POST /v1/tasks HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    };
    let key = "X-API-Key: key\r\n";
    let json = "Content-Type: application/json\r\n";
    let missing_key = "missing API key (header `x-api-key`)";
    for (request, reason) in [
        (request(json, body), missing_key),
        (request(&format!("X-API-Key:\r\n{json}"), body), missing_key),
        (
            request(key, body),
            "header `Content-Type`: the header is missing; help: set it to `application/json`",
        ),
        (
            request(&format!("{key}Content-Type: text/plain\r\n"), body),
            "header `Content-Type`: `text/plain` is not a media type of the operation",
        ),
        (
            request(key, ""),
            "request body: the request body is missing",
        ),
        (
            request(&format!("{key}{json}"), ""),
            "request body: the body is empty",
        ),
        (
            request(&format!("{key}{json}"), "{\"title\":"),
            "request body: at `title`: EOF",
        ),
    ] {
        let mock = mock();
        let response = raw::exchange(&mock, request.as_bytes());
        assert!(
            response.starts_with("HTTP/1.1 400 "),
            "{reason}: {response}"
        );
        assert!(response.contains(reason), "{reason}: {response}");
        let (place, _) = reason.split_once(": ").unwrap_or((reason, ""));
        assert!(failure_report(mock).contains(place), "{reason}");
    }
}

/// Values are up to the real server, such as an unlisted enum value or an empty title.
#[tokio::test]
async fn values_are_not_checked() {
    let mock = MockServer::start().unwrap();
    let created = mock.create_task().respond_with(task("tsk_1"));
    let body = CreateTask::new("", "d").department("finance");
    mock.client().create_task(&body).await.unwrap();
    assert_eq!(created.requests()[0].body, body);
}

/// The report shows where the request is wrong, why, and how to fix it.
#[tokio::test]
async fn the_report_reads_like_a_compiler_error() {
    let mock = MockServer::start().unwrap();
    let body = json!({"title": 7, "description": "d"});
    let error = send(&mock.client(), Method::POST, "/v1/tasks", &body).await;
    assert_eq!(
        error.unwrap_err().message().unwrap(),
        "mock server: rejected POST /v1/tasks {\"description\":\"d\",\"title\":7}: createTask: request body: \
         at `title`: invalid type: integer `7`, expected a string at line 1 column 28; help: send the JSON of `CreateTask`"
    );
    let expected = "the mock server's expectations are not met:
  1. rejected request: createTask POST /v1/tasks {\"description\":\"d\",\"title\":7}
     --> request body
      = note: at `title`: invalid type: integer `7`, expected a string at line 1 column 28
      = help: send the JSON of `CreateTask`
expected:
  nothing
received:
  1. POST /v1/tasks {\"description\":\"d\",\"title\":7}: 400
";
    assert_eq!(failure_report(mock), expected);
}

/// The description does not exclude additional keys.
#[tokio::test]
async fn additional_keys_are_accepted() {
    let mock = MockServer::start().unwrap();
    let updated = mock.update_task().respond_with(task("tsk_1"));
    let (path, body) = ("/v1/tasks/tsk_1", json!({"title": "t", "color": "red"}));
    let sent = send(&mock.client(), Method::PATCH, path, &body).await;
    assert_eq!(sent.unwrap()["id"], "tsk_1");
    assert_eq!(updated.requests()[0].body, UpdateTask::new().title("t"));
}
