//! Secrets are sent to the server that they are meant for, and appear nowhere else: not in `Debug`,
//! errors, logs or traces.

#![cfg(feature = "rustls")]

mod addresses;
mod api_key;
mod proxies;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Attempt, AttemptOutcome, Error, ErrorKind, Interceptor};
use support::recorder::Recorder;
use support::{KEY, RecordedRequest, Server, builder};

/// A password that is found wherever it appears.
const PASSWORD: &str = "PASSWORD-THAT-MUST-NOT-SHOW";

/// Texts in which no secret may appear.
#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn error(&mut self, error: &(impl Debug + Display)) {
        self.debug(error);
        self.0.push(format!("{error}"));
        self.0.push(format!("{error:#}"));
    }

    fn check(&self) {
        for text in &self.0 {
            assert_no_secret(text);
        }
    }
}

fn assert_no_secret(text: &str) {
    for secret in [KEY, PASSWORD, "THAT-MUST-NOT", "that-must-not"] {
        assert!(!text.contains(secret), "a secret appears in: {text}");
    }
}

fn assert_no_secret_recorded(recorder: &Recorder) {
    for record in recorder.records() {
        assert_no_secret(&format!("{record:?}"));
    }
}

fn new_task() -> CreateTask {
    CreateTask::new("t", "d")
}

/// The error of a configuration that is rejected.
#[track_caller]
fn rejected<T: Debug>(result: Result<T, Error>) -> Error {
    let error = result.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error
}

/// The only request that arrived at a server.
fn only_request(server: Server) -> RecordedRequest {
    let mut observed = server.stop();
    assert_eq!((observed.arrived, observed.requests.len()), (1, 1));
    observed.requests.remove(0)
}

/// Collects what an attempt and its outcome show.
#[derive(Clone, Default)]
struct Attempts(Arc<Mutex<Texts>>);

impl Interceptor for Attempts {
    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let mut texts = self.0.lock().expect("no other thread panicked");
        texts.debug(attempt);
        texts.debug(outcome);
    }
}

/// Adds what a client, its parts, and calls to this address show.
async fn add_everything(texts: &mut Texts, base_url: String) {
    let attempts = Attempts::default();
    let builder = builder(base_url)
        .attempt_timeout(Duration::from_millis(300))
        .interceptor(attempts.clone());
    texts.debug(&builder);
    let client = builder.no_proxy().build().expect("the client is built");
    texts.debug(&client);
    let update = UpdateTask::new().title("t");
    let call = client.update_task("tsk_1", &update);
    texts.debug(&call);
    texts.debug(&client.request(http::Method::GET, "/v1/x"));
    // A key set for one call is as secret as the client's.
    let call = client.create_task(&new_task()).header("X-API-Key", KEY);
    texts.debug(&call);
    let future = call.send();
    texts.debug(&future);
    match future.await {
        Ok(response) => texts.debug(&response),
        Err(error) => {
            texts.error(&error);
            texts.debug(&error.decode::<u8>().expect_err("not a number"));
        }
    }
    match client.update_task("tsk_1", &update).await {
        Ok(task) => texts.debug(&task),
        Err(error) => texts.error(&error),
    }
    let mut attempts = attempts.0.lock().expect("no other thread panicked");
    assert!(!attempts.0.is_empty(), "the interceptor did not run");
    texts.0.append(&mut attempts.0);
}

#[cfg(feature = "blocking")]
fn add_everything_blocking(texts: &mut Texts, base_url: String) {
    let client = builder(base_url).build_blocking().expect("it is built");
    texts.debug(&client);
    let call = client.create_task(&new_task());
    texts.debug(&call);
    texts.debug(&call.send().expect("it works"));
}
