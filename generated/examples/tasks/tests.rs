//! Tests of the program, with the mock server in place of the API.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use comp_ai_client::mock::{Fault, MockServer};
use comp_ai_client::types::{
    CreateTask, ErrorBody, ErrorMessage, Frequency, Task, TaskStatus, UpdateTask,
};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::rt::TokioExecutor;

use super::{batch, file, one_by_one, web};

type Result = std::result::Result<(), Box<dyn Error>>;

fn task(id: &str) -> std::result::Result<Task, Box<dyn Error>> {
    let time = "2026-01-15T10:30:00Z".parse()?;
    Ok(Task::new(
        id,
        "Review access",
        TaskStatus::Todo,
        time,
        Frequency::Daily,
    ))
}

fn new(title: &str) -> CreateTask {
    CreateTask::new(title, "Quarterly")
}

fn refused() -> ErrorBody {
    ErrorBody::new(400, ErrorMessage::Text("title is empty".to_owned()))
}

#[test]
fn optional_fields_may_be_missing_or_null() -> Result {
    let text = r#"[
        {"title": "one", "description": "Quarterly"},
        {"title": "two", "description": "Quarterly", "frequency": null, "department": "Sales"},
        {"title": "three", "description": "Quarterly", "frequency": "monthly", "controlIds": ["c"]}
    ]"#;
    let expected = [
        new("one"),
        new("two").department("Sales"),
        new("three")
            .frequency(Frequency::Monthly)
            .control_ids(["c"]),
    ];
    assert_eq!(file::parse(text)?, expected);
    Ok(())
}

#[test]
fn a_misspelt_key_or_frequency_is_an_error() {
    let parse = |rest: &str| {
        let text = format!(r#"[{{"title": "t", "description": "d", {rest}}}]"#);
        file::parse(&text).unwrap_err().to_string()
    };
    let error = parse(r#""frequenzy": "daily""#);
    assert!(error.starts_with("unknown field `frequenzy`"), "{error}");
    let error = parse(r#""frequency": "dayly""#);
    assert!(
        error.starts_with("unknown value `dayly`, did you mean `daily`?"),
        "{error}"
    );
    assert!(error.contains("at line 1"), "{error}");
}

#[tokio::test]
async fn a_batch_reports_each_task_and_counts_attempts() -> Result {
    let mock = MockServer::start()?;
    let one = || mock.create_task().times(1);
    one().respond_with_rate_limit(Duration::ZERO);
    one()
        .match_body(&new("task 3"))
        .fail_with(Fault::CloseConnection);
    one()
        .match_body(&new("task 7"))
        .respond_with_error(400, refused());
    mock.create_task().times(18).respond_with(task("tsk_1")?);
    let attempts = batch::Attempts::default();
    let client = mock.builder().interceptor(attempts.clone()).build()?;
    let tasks: Vec<_> = (0..20).map(|index| new(&format!("task {index}"))).collect();
    let report = batch::create(&client, &tasks, Duration::from_secs(60)).await?;
    assert_eq!(report.created.len(), 18, "{report}");
    let [(7, _)] = *report.not_created else {
        panic!("{report}");
    };
    let [(3, _)] = *report.in_doubt else {
        panic!("{report}");
    };
    assert_eq!(attempts.count(), 21);
    mock.verify();
    Ok(())
}

#[tokio::test]
async fn without_time_left_nothing_is_sent() -> Result {
    let mock = MockServer::start()?;
    mock.create_task().times(0).respond_with(task("tsk_1")?);
    let report = batch::create(&mock.client(), &[new("one")], Duration::ZERO).await?;
    assert_eq!(report.not_started, [0], "{report}");
    mock.verify();
    Ok(())
}

#[test]
fn one_by_one_each_task_is_started() -> Result {
    let mock = MockServer::start()?;
    mock.create_task().times(2).respond_with(task("tsk_1")?);
    let started = UpdateTask::new().status(TaskStatus::InProgress);
    let updated = task("tsk_1")?.status(TaskStatus::InProgress);
    let updates = mock
        .update_task()
        .match_body(&started)
        .times(2)
        .respond_with(updated);
    one_by_one::create(&mock.blocking_client()?, &[new("one"), new("two")])?;
    assert!(
        updates
            .requests()
            .iter()
            .all(|request| request.task_id == "tsk_1")
    );
    mock.verify();
    Ok(())
}

/// Sends these bodies to the web service, and returns the status, `Retry-After` and body of each response.
async fn patched(
    mock: &MockServer,
    bodies: &[&'static str],
) -> std::result::Result<Vec<(u16, Option<String>, Bytes)>, Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/tasks/tsk_1", listener.local_addr()?);
    let service = tokio::spawn(web::serve(listener, mock.client()));
    let http = HttpClient::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let mut seen = Vec::new();
    for body in bodies {
        let response = http
            .request(hyper::Request::patch(&url).body(Full::from(*body))?)
            .await?;
        let wait = response.headers().get("retry-after");
        let wait = wait.and_then(|wait| Some(wait.to_str().ok()?.to_owned()));
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        seen.push((status, wait, body));
    }
    service.abort();
    Ok(seen)
}

#[tokio::test]
async fn the_web_service_distinguishes_null_from_absent() -> Result {
    let mock = MockServer::start()?;
    let expected = UpdateTask::new()
        .status(TaskStatus::Done)
        .clear_assignee_id();
    mock.update_task()
        .match_body(&expected)
        .times(1)
        .respond_with(task("tsk_1")?);
    let bodies = [
        r#"{"status": "done", "assigneeId": null}"#,
        r#"{"title": null}"#,
        r#"{"status": "dome"}"#,
        r#"{"status": null}"#,
        r#"{"titel": "t"}"#,
    ];
    let seen = patched(&mock, &bodies).await?;
    let statuses: Vec<u16> = seen.iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [200, 422, 422, 422, 422]);
    let updated: Task = serde_json::from_slice(&seen[0].2)?;
    assert_eq!(updated.id, "tsk_1");
    mock.verify();
    Ok(())
}

#[tokio::test]
async fn the_web_service_passes_on_what_the_api_says() -> Result {
    let mock = MockServer::start()?;
    mock.update_task()
        .times(1)
        .respond_with_error(400, refused());
    mock.update_task()
        .respond_with_rate_limit(Duration::from_secs(600));
    let seen = patched(&mock, &["{}", "{}"]).await?;
    let (status, wait, body) = &seen[0];
    assert_eq!((*status, wait.as_deref()), (400, None));
    assert_eq!(body, "updateTask: 400 Bad Request: title is empty");
    let (status, wait, _) = &seen[1];
    assert_eq!((*status, wait.as_deref()), (503, Some("600")));
    mock.verify();
    Ok(())
}
