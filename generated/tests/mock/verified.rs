//! What the mock says of expectations that were not met and of requests that were not expected.

use comp_ai_client::mock::Mock;
use comp_ai_client::types::{CreateTask, UpdateTask};

use super::{complaint, task};

fn new(title: &str) -> CreateTask {
    CreateTask::new(title, "description")
}

#[tokio::test]
async fn nothing_expected_and_nothing_received_is_fine() {
    let mock = Mock::start().unwrap();
    assert_eq!(mock.report(), None);
    mock.verify();
}

#[tokio::test]
async fn an_expectation_that_is_not_met_is_told() {
    let mock = Mock::start().unwrap();
    mock.create_task().answers(task("tsk_1"));
    mock.update_task().times(2).answers(task("tsk_1"));
    let call = mock.client().update_task("tsk_1", &UpdateTask::new());
    call.await.unwrap();
    let expected = "the mock is not satisfied:
  1. not met: createTask, at least once; received 0 times
  2. not met: updateTask, 2 times; received 1 times
expected:
  1. createTask, at least once; received 0 times
  2. updateTask, 2 times; received 1 times
received:
  1. PATCH /v1/tasks/tsk_1 {}: 200
";
    assert_eq!(mock.report().as_deref(), Some(expected));
    assert_eq!(complaint(mock), expected);
}

#[tokio::test]
async fn a_request_that_is_not_expected_is_told_to_both() {
    let mock = Mock::start().unwrap();
    mock.create_task()
        .with_body(&new("one").clear_department())
        .times(1)
        .answers(task("tsk_1"));
    let client = mock.client();
    client
        .create_task(&new("one").clear_department())
        .await
        .unwrap();
    for (title, reason) in [
        ("two", "body.title is \"two\", and \"one\" is expected"),
        ("two", "body.department is not there, and null is expected"),
        ("three", "body.vendorId is \"vnd_1\", and is not expected"),
        ("one", "expectation 1 of createTask: it is used up"),
    ] {
        let mut body = new(title);
        match title {
            "one" => body = body.clear_department(),
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
    let reason = "unexpected: PATCH /v1/tasks/tsk_1 {}: no expectation is set for updateTask";
    assert!(text.contains(reason), "{text}");
    assert!(complaint(mock).contains(reason));
}

/// The first that fits answers, and one that is used up is passed over.
#[tokio::test]
async fn expectations_are_tried_in_the_order_in_which_they_were_set() {
    let mock = Mock::start().unwrap();
    mock.create_task().times(1).answers(task("tsk_1"));
    mock.create_task()
        .matching(|request| request.body.title == "special")
        .answers(task("tsk_2"));
    mock.create_task().answers(task("tsk_3"));
    let client = mock.client();
    let mut ids = Vec::new();
    for title in ["special", "special", "usual", "special"] {
        let task = client.create_task(&new(title)).await.unwrap();
        ids.push(task.id.into_string());
    }
    assert_eq!(ids, ["tsk_1", "tsk_2", "tsk_3", "tsk_2"]);
}

#[tokio::test]
async fn zero_times_forbids() {
    let mock = Mock::start().unwrap();
    mock.create_task().times(0).answers(task("tsk_1"));
    mock.verify();
    mock.client().create_task(&new("one")).await.unwrap_err();
    assert!(complaint(mock).contains("it is used up"));
}

/// A test's own closure may panic, as by an assertion; the server lives on and tells of it.
#[tokio::test]
async fn a_closure_that_panics_is_told() {
    let mock = Mock::start().unwrap();
    mock.create_task()
        .matching(|request| {
            assert_eq!(request.body.title, "one", "the title");
            true
        })
        .answers(task("tsk_1"));
    let client = mock.client();
    let error = client.create_task(&new("two")).await.unwrap_err();
    assert!(
        error.to_string().contains("its closure panicked"),
        "{error}"
    );
    client.create_task(&new("one")).await.unwrap();
    assert!(complaint(mock).contains("the title"));
}

#[tokio::test]
async fn the_credential_is_never_told() {
    let mock = Mock::start().unwrap();
    let client = mock.builder().api_key("a-real-secret").build().unwrap();
    client.create_task(&new("one")).await.unwrap_err();
    let complaint = complaint(mock);
    assert!(!complaint.contains("a-real-secret"), "{complaint}");
}

/// Clients share a mock, and each request is answered once.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once() {
    let mock = Mock::start().unwrap();
    mock.create_task().times(20).answers(task("tsk_1"));
    mock.create_task().times(20).answers(task("tsk_2"));
    let calls: Vec<_> = (0..40)
        .map(|_| tokio::spawn(mock.client().create_task(&new("one")).into_future()))
        .collect();
    let mut first = 0;
    for call in calls {
        first += usize::from(call.await.unwrap().unwrap().id == "tsk_1");
    }
    assert_eq!(first, 20);
}
