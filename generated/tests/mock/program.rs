//! A small program, and the tests that its developers would write.

use comp_ai_client::mock::{Fault, MockServer};
use comp_ai_client::types::{CreateTask, Frequency, TaskStatus, UpdateTask};
use comp_ai_client::{Client, Error};

use super::task;

/// The code under test: creates and starts a task for each title, and returns the titles whose tasks
/// may not exist.
async fn import(client: &Client, titles: &[&str]) -> Result<Vec<String>, Error> {
    let mut failed = Vec::new();
    for title in titles {
        let new = CreateTask::new(*title, "Imported").frequency(Frequency::Monthly);
        match client.create_task(&new).await {
            Ok(task) => {
                let changes = UpdateTask::new().status(TaskStatus::InProgress);
                client.update_task(&task.id, &changes).await?;
            }
            Err(error) if error.may_have_been_applied() => failed.push((*title).to_owned()),
            Err(error) => return Err(error),
        }
    }
    Ok(failed)
}

#[tokio::test]
async fn tasks_are_created_and_started() {
    let mock = MockServer::start().unwrap();
    let body = CreateTask::new("Access", "Imported").frequency(Frequency::Monthly);
    mock.create_task()
        .match_body(&body)
        .times(1)
        .respond_with(task("tsk_1"));
    mock.update_task()
        .match_request(|request| {
            request.task_id == "tsk_1" && request.body.status == Some(TaskStatus::InProgress)
        })
        .respond_with(task("tsk_1").status(TaskStatus::InProgress));

    assert!(
        import(&mock.client(), &["Access"])
            .await
            .unwrap()
            .is_empty()
    );
    mock.verify();
}

#[tokio::test]
async fn a_lost_connection_fails_one_title_only() {
    let mock = MockServer::start().unwrap();
    mock.create_task()
        .times(1)
        .fail_with(Fault::CloseConnection);
    let created = mock.create_task().respond_with_fn(|request| {
        let id = format!("tsk_{}", request.body.title);
        task(&id).title(&request.body.title)
    });
    let updated = mock.update_task().respond_with(task("tsk_b"));

    let failed = import(&mock.client(), &["a", "b", "c"]).await.unwrap();
    assert_eq!(failed, ["a"]);
    let titles: Vec<String> = created
        .requests()
        .into_iter()
        .map(|request| request.body.title)
        .collect();
    assert_eq!(titles, ["b", "c"]);
    assert_eq!(updated.requests()[1].task_id, "tsk_c");
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_can_use_the_mock_server() {
    let mock = MockServer::start().unwrap();
    mock.create_task().times(1).respond_with(task("tsk_1"));
    let client = mock.blocking_client().unwrap();
    let created = client.create_task(&CreateTask::new("title", "description"));
    assert_eq!(created.wait().unwrap().id, "tsk_1");
}
