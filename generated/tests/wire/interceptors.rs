//! Behaviour that a program adds around every attempt.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use crate::support::{CannedResponse, PUBLISHED_TASK, Server, builder, quick_retries};
use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Attempt, AttemptOutcome, Client, ErrorKind, Interceptor};

/// Signs each attempt, and records what it sees.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    fn record(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Interceptor for Recorder {
    fn before_attempt(
        &self,
        attempt: &mut Attempt<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        assert_eq!(attempt.header("x-signature"), None);
        let length = attempt.body().map_or(0, <[u8]>::len);
        let signature = format!("{}-{length}", attempt.number());
        attempt.set_header("X-Signature", &signature)?;
        let (method, template) = (attempt.method(), attempt.path_template());
        self.record(format!("{} {method} {template:?}", attempt.operation()));
        Ok(())
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let signature = attempt.header("x-signature").unwrap();
        let id = outcome.headers().and_then(|headers| headers.get("x-id"));
        let (status, error) = (outcome.status(), outcome.error_kind());
        self.record(format!("{signature} {status:?} {error:?} {id:?}"));
    }
}

fn client(server: &Server, interceptor: impl Interceptor) -> Client {
    let builder = builder(server.origin()).retry(quick_retries());
    builder.interceptor(interceptor).build().unwrap()
}

#[tokio::test]
async fn an_interceptor_sees_and_changes_every_attempt() {
    let server = Server::start([
        CannedResponse::json(503, "{}"),
        CannedResponse::none().closing(),
        CannedResponse::json(200, PUBLISHED_TASK).header("x-id", "7"),
    ]);
    let recorder = Recorder::default();
    let client = client(&server, recorder.clone());
    let changes = UpdateTask::new().title("t");
    client.update_task("tsk_1", &changes).await.unwrap();
    let start = r#"updateTask PATCH Some("/v1/tasks/{taskId}")"#;
    assert_eq!(
        recorder.take(),
        [
            start,
            "1-13 Some(503) None None",
            start,
            "2-13 None Some(Transport) None",
            start,
            r#"3-13 Some(200) None Some("7")"#,
        ]
    );
    let signatures = server.take_requests().into_iter();
    let signatures = signatures.map(|request| {
        // Headers of the attempt before are not sent again.
        assert_eq!(request.text().matches("signature").count(), 0);
        assert_eq!(request.head.matches("x-signature").count(), 1);
        request.header("x-signature").unwrap().to_owned()
    });
    assert_eq!(signatures.collect::<Vec<_>>(), ["1-13", "2-13", "3-13"]);
}

struct Rejecting;

impl Interceptor for Rejecting {
    fn before_attempt(
        &self,
        attempt: &mut Attempt<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        match attempt.number() {
            1 => Ok(()),
            _ => Err("no signature".into()),
        }
    }
}

#[tokio::test]
async fn an_error_of_an_interceptor_ends_the_call() {
    let server = Server::start(CannedResponse::json(503, "{}"));
    let client = client(&server, Rejecting);
    let update = client.update_task("tsk_1", &UpdateTask::new());
    let error = update.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let text = error.to_string();
    assert!(
        text.contains("an interceptor rejects the request: no signature"),
        "{text}"
    );
    assert_eq!(server.take_requests().len(), 1);
    // The first attempt was sent.
    assert!(error.may_have_been_applied());
}

/// Tries everything that could show the key.
struct Curious;

impl Interceptor for Curious {
    fn before_attempt(
        &self,
        attempt: &mut Attempt<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        assert_eq!(attempt.header("x-api-key"), None);
        let seen = format!(
            "{attempt:?} {} {:?}",
            attempt.url(),
            attempt.header("x-other")
        );
        Err(seen.into())
    }
}

#[tokio::test]
async fn the_key_is_not_visible() {
    const KEY: &str = "comp_key-that-must-not-show";
    let server = Server::start(CannedResponse::json(200, PUBLISHED_TASK));
    let builder = Client::builder().base_url(server.origin()).api_key(KEY);
    let client = builder.interceptor(Curious).build().unwrap();
    let call = client.create_task(&CreateTask::new("t", "d"));
    let call = call
        .header("X-Other", &format!("a {KEY}"))
        .header("X-API-Key", KEY);
    let error = call.await.unwrap_err().to_string();
    assert!(error.contains("/v1/tasks"), "{error}");
    assert!(error.contains("a [hidden]"), "{error}");
    assert!(!error.contains(KEY), "{error}");
    let query = client.request(http::Method::GET, "/v1/x").query("key", KEY);
    let error = query.call_without_body().await.unwrap_err().to_string();
    assert!(error.contains("key=[hidden]"), "{error}");
    assert!(server.take_requests().is_empty());
}
