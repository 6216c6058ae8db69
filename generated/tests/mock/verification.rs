//! Reports of unmet expectations and unexpected requests.

use comp_ai_client::mock::MockServer;
use comp_ai_client::types::{CreateTask, UpdateTask};

use super::{failure_report, task};

fn new(title: &str) -> CreateTask {
    CreateTask::new(title, "description")
}

#[tokio::test]
async fn no_expectation_and_no_request_is_no_failure() {
    let mock = MockServer::start().unwrap();
    assert_eq!(mock.report(), None);
    mock.verify();
}

#[tokio::test]
async fn an_unmet_expectation_is_reported() {
    let mock = MockServer::start().unwrap();
    mock.create_task().respond_with(task("tsk_1"));
    mock.update_task().times(2).respond_with(task("tsk_1"));
    let call = mock.client().update_task("tsk_1", &UpdateTask::new());
    call.await.unwrap();
    let expected = "the mock server's expectations are not met:
  1. unmet expectation: createTask: expected at least 1 request, received 0
  2. unmet expectation: updateTask: expected 2 requests, received 1
expected:
  1. createTask: expected at least 1 request, received 0
  2. updateTask: expected 2 requests, received 1
received:
  1. PATCH /v1/tasks/tsk_1 {}: 200
";
    assert_eq!(mock.report().as_deref(), Some(expected));
    assert_eq!(failure_report(mock), expected);
}

#[tokio::test]
async fn an_unexpected_request_is_reported_and_an_error() {
    let mock = MockServer::start().unwrap();
    mock.create_task()
        .match_body(&new("one").department("it"))
        .times(1)
        .respond_with(task("tsk_1"));
    let client = mock.client();
    client
        .create_task(&new("one").department("it"))
        .await
        .unwrap();
    for (title, reason) in [
        ("two", "body.title is \"two\", expected \"one\""),
        ("two", "body.department is missing, expected \"it\""),
        ("three", "body.vendorId is \"vnd_1\", expected no such key"),
        (
            "one",
            "expectation 1 of createTask: it has received all requests",
        ),
    ] {
        let mut body = new(title);
        match title {
            "one" => body = body.department("it"),
            "three" => body = body.vendor_id("vnd_1"),
            _ => {}
        }
        let error = client.create_task(&body).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 501);
        assert_eq!(error.attempts(), 1);
        assert!(error.to_string().contains(reason), "{error}");
        assert!(mock.report().unwrap().contains(reason));
    }
    let error = client.update_task("tsk_1", &UpdateTask::new()).await;
    let text = error.unwrap_err().to_string();
    let reason = "PATCH /v1/tasks/tsk_1 {}: updateTask has no expectation";
    assert!(text.contains(&format!("unexpected {reason}")), "{text}");
    assert!(failure_report(mock).contains(&format!("unexpected request: {reason}")));
}

/// The first matching expectation that has not received all its requests responds.
#[tokio::test]
async fn expectations_are_tried_in_order() {
    let mock = MockServer::start().unwrap();
    mock.create_task().times(1).respond_with(task("tsk_1"));
    mock.create_task()
        .match_request(|request| request.body.title == "special")
        .respond_with(task("tsk_2"));
    mock.create_task().respond_with(task("tsk_3"));
    let client = mock.client();
    let mut ids = Vec::new();
    for title in ["special", "special", "usual", "special"] {
        let task = client.create_task(&new(title)).await.unwrap();
        ids.push(task.id.into_string());
    }
    assert_eq!(ids, ["tsk_1", "tsk_2", "tsk_3", "tsk_2"]);
}

#[tokio::test]
async fn zero_times_forbids_the_request() {
    let mock = MockServer::start().unwrap();
    mock.create_task().times(0).respond_with(task("tsk_1"));
    mock.verify();
    mock.client().create_task(&new("one")).await.unwrap_err();
    assert!(failure_report(mock).contains("it has received all requests"));
}

/// A closure of the test may panic, for example in an assertion. The server reports it and continues.
#[tokio::test]
async fn a_panic_in_a_closure_is_reported() {
    let mock = MockServer::start().unwrap();
    mock.create_task()
        .match_request(|request| {
            assert_eq!(request.body.title, "one", "the title");
            true
        })
        .respond_with(task("tsk_1"));
    let client = mock.client();
    let error = client.create_task(&new("two")).await.unwrap_err();
    assert!(
        error.to_string().contains("its closure panicked"),
        "{error}"
    );
    client.create_task(&new("one")).await.unwrap();
    assert!(failure_report(mock).contains("the title"));
}

#[tokio::test]
async fn the_report_has_no_credential() {
    let mock = MockServer::start().unwrap();
    let client = mock.builder().api_key("a-real-secret").build().unwrap();
    client.create_task(&new("one")).await.unwrap_err();
    let failure_report = failure_report(mock);
    assert!(
        !failure_report.contains("a-real-secret"),
        "{failure_report}"
    );
}

/// Several clients can share a mock server.
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_requests_are_each_counted_once() {
    let mock = MockServer::start().unwrap();
    mock.create_task().times(20).respond_with(task("tsk_1"));
    mock.create_task().times(20).respond_with(task("tsk_2"));
    let calls: Vec<_> = (0..40)
        .map(|_| tokio::spawn(mock.client().create_task(&new("one"))))
        .collect();
    let mut first = 0;
    for call in calls {
        first += usize::from(call.await.unwrap().unwrap().id == "tsk_1");
    }
    assert_eq!(first, 20);
}
