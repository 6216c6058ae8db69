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
        error.starts_with("task 1: unknown value `dayly`, did you mean `daily`?"),
        "{error}"
    );
}

#[tokio::test]
async fn a_batch_reports_what_failed() -> Result {
    let mock = MockServer::start()?;
    let expectation = mock.create_task().match_body(&new("one")).times(1);
    expectation.respond_with(task("tsk_1")?);
    let expectation = mock.create_task().match_body(&new("two")).times(1);
    expectation.fail_with(Fault::CloseConnection);
    let client = mock.client();
    batch::create(&client, &[new("one")]).await?;
    let error = batch::create(&client, &[new("two")]).await.unwrap_err();
    assert_eq!(error.to_string(), "1 of 1 tasks were not created");
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

#[tokio::test]
async fn the_web_service_passes_on_what_the_api_says() -> Result {
    let mock = MockServer::start()?;
    mock.create_task().times(1).respond_with(task("tsk_1")?);
    let refused = ErrorBody::new(400, ErrorMessage::Text("title is empty".to_owned()));
    mock.create_task().times(1).respond_with_error(400, refused);
    mock.create_task()
        .respond_with_rate_limit(Duration::from_secs(600));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let client = mock.client();
    // The error of the service is not `Send`, so both run on this thread.
    let service = web::serve(listener, client);
    let requests = async {
        let http = HttpClient::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let mut seen = Vec::new();
        for body in [r#"{"title":"t","description":"d"}"#; 3]
            .into_iter()
            .chain(["[]"])
        {
            let request = hyper::Request::post(&url).body(Full::from(body))?;
            let response = http.request(request).await?;
            let status = response.status().as_u16();
            seen.push((status, response.into_body().collect().await?.to_bytes()));
        }
        Ok::<_, Box<dyn Error>>(seen)
    };
    let seen = tokio::select! {
        ended = service => return ended,
        seen = requests => seen?,
    };
    let statuses: Vec<u16> = seen.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [201, 400, 429, 400]);
    let created: Task = serde_json::from_slice(&seen[0].1)?;
    assert_eq!(created.id, "tsk_1");
    assert_eq!(seen[1].1, "title is empty");
    mock.verify();
    Ok(())
}
