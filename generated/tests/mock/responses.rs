//! Responses and faults of the mock server reach the caller like those of the real server.

use std::time::Duration;

use comp_ai_client::ErrorKind;
use comp_ai_client::mock::{Fault, MockServer};
use comp_ai_client::types::{
    CreateTask, ErrorBody, ErrorMessage, TaskStatus, TaskTemplateReference, UpdateTask,
};

use super::task;

fn new() -> CreateTask {
    CreateTask::new("title", "description")
}

#[tokio::test]
async fn values_are_returned_with_the_status_of_the_description() {
    let mock = MockServer::start().unwrap();
    let value = task("tsk_1")
        .description("all")
        .task_template_id(TaskTemplateReference::TaskTemplateId("frk_tt_1".into()))
        .clear_integration_last_run_at()
        .status(TaskStatus::from("new_status"));
    mock.create_task().respond_with(value.clone());
    mock.update_task().respond_with(value.clone());
    let created = mock.client().create_task(&new()).send().await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(created.into_body(), value);
    let updated = mock.client().update_task("tsk_1", &UpdateTask::new());
    let updated = updated.send().await.unwrap();
    assert_eq!(updated.status(), 200);
    assert_eq!(updated.into_body(), value);
}

#[tokio::test]
async fn errors_have_the_error_body_of_the_description() {
    let mock = MockServer::start().unwrap();
    let message = ErrorMessage::Text("Task not found or access denied".to_owned());
    let body = ErrorBody::new(400, message).error("Bad Request");
    mock.update_task()
        .times(1)
        .respond_with_error(400, body.clone());
    mock.update_task()
        .respond_with_raw(413, "text/html", "<html>no</html>");
    let client = mock.client();
    let error = client.update_task("tsk_1", &UpdateTask::new()).await;
    let error = error.unwrap_err();
    assert_eq!(
        error.to_string(),
        "updateTask: 400 Bad Request: Task not found or access denied"
    );
    assert_eq!(error.decode::<ErrorBody>().unwrap(), body);
    let error = client.update_task("tsk_1", &UpdateTask::new()).await;
    let error = error.unwrap_err();
    assert_eq!(error.status().unwrap(), 413);
    assert_eq!(error.body(), b"<html>no</html>");
}

/// A rate limit without a wait is retried at once; a longer one is returned at once.
#[tokio::test]
async fn a_rate_limit_never_waits() {
    let mock = MockServer::start().unwrap();
    let throttled = mock
        .create_task()
        .times(2)
        .respond_with_rate_limit(Duration::ZERO);
    mock.create_task().times(1).respond_with(task("tsk_1"));
    let throttled_longer = mock
        .create_task()
        .respond_with_rate_limit(Duration::from_millis(1));
    let client = mock.client();
    let created = client.create_task(&new()).send().await.unwrap();
    assert_eq!(created.attempts(), 3);
    assert_eq!(throttled.requests().len(), 2);

    let error = client.create_task(&new()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(throttled_longer.requests().len(), 1);
    assert_eq!(error.attempts(), 1);
    assert!(!error.may_have_been_applied());
    assert_eq!(
        error.message().unwrap(),
        "ThrottlerException: Too Many Requests"
    );
}

#[tokio::test]
async fn faults_have_the_errors_of_a_real_server() {
    for (fault, kind, attempts) in [
        (Fault::CloseConnection, ErrorKind::Transport, 3),
        (Fault::TruncateBody, ErrorKind::Transport, 3),
        (Fault::InvalidHttp, ErrorKind::Transport, 3),
        (Fault::InvalidJson, ErrorKind::Decode, 1),
    ] {
        let mock = MockServer::start().unwrap();
        let updated = mock.update_task().fail_with(fault);
        mock.create_task().fail_with(fault);
        let client = mock.client();
        let error = client.update_task("tsk_1", &UpdateTask::new()).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), kind, "{fault:?}: {error}");
        assert_eq!(error.attempts(), attempts, "{fault:?}");
        assert_eq!(updated.requests().len() as u32, attempts, "{fault:?}");
        assert!(error.may_have_been_applied(), "{fault:?}");
        // A create that may have been applied must not be retried.
        let error = client.create_task(&new()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn a_stall_ends_with_the_timeout_of_the_client() {
    let mock = MockServer::start().unwrap();
    let stalled = mock.create_task().fail_with(Fault::NoResponse);
    let limit = Duration::from_millis(300);
    let client = mock.builder().attempt_timeout(limit).build().unwrap();
    loop {
        let error = client.create_task(&new()).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        if error.may_have_been_applied() {
            break;
        }
        // On a busy machine, the limit may pass before there is a connection.
        assert!(stalled.requests().is_empty());
    }
}
