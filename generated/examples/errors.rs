//! Shows what can go wrong with a call, and how a program can react.
//!
//! ```sh
//! cargo run -p comp-ai-client --example errors
//! ```
//!
//! It starts fake servers in its own process, each of which fails in its own way.

mod fake_server;

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, Error, ErrorKind, RetryPolicy};
use fake_server::{FakeServer, Options};

/// How to react to an error, with the most important checks first.
fn advice(error: &Error) -> String {
    if error.is_rate_limited() {
        let wait = error.retry_after().map_or(60, |wait| wait.as_secs());
        return format!("too many requests: retry in {wait} s");
    }
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::InvalidInput => {
            "fix the program or its configuration; nothing was sent".to_owned()
        }
        _ if error.is_retryable() => "the same call can be repeated later".to_owned(),
        _ if error.may_have_been_applied() => {
            "the call may have been applied: check before repeating it".to_owned()
        }
        _ => match error.status().map(|status| status.as_u16()) {
            Some(401 | 403) => "check the API key and its scopes".to_owned(),
            _ => "correct the request; repeating it fails again".to_owned(),
        },
    }
}

fn show(what: &str, error: &Error) {
    println!("{what}\n  error:  {error}\n  advice: {}", advice(error));
}

fn client(server: &FakeServer) -> Result<Client, Error> {
    let builder = Client::builder().base_url(server.base_url());
    // A program would keep the default policy, which waits for the rate limit.
    let builder = builder.retry(RetryPolicy::none());
    builder.api_key(server.api_key()).build()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let task = CreateTask::new("Review the policies", "All of them");
    let server = FakeServer::start(Options::default())?;

    // A key that is not a valid header value is rejected before anything is sent.
    if let Err(error) = Client::new("two\nlines") {
        show("an API key with a line break", &error);
    }
    let changes = UpdateTask::new().title("New title");
    if let Err(error) = client(&server)?.update_task("bulk", &changes).await {
        show("a task id that is another route of the API", &error);
    }
    // The server reports what is wrong with the request.
    if let Err(error) = client(&server)?.update_task("tsk_gone", &changes).await {
        show("a task that does not exist", &error);
    }
    let builder = Client::builder().base_url(server.base_url());
    if let Err(error) = builder.api_key("wrong").build()?.create_task(&task).await {
        show("a wrong API key", &error);
    }
    let throttling = FakeServer::start(Options {
        throttle_limit: 0,
        ..Options::default()
    })?;
    if let Err(error) = client(&throttling)?.create_task(&task).await {
        show("too many requests", &error);
    }
    // If the response is lost, the client cannot know whether the request was applied.
    let resetting = FakeServer::start(Options {
        reset_one_in: 1,
        ..Options::default()
    })?;
    if let Err(error) = client(&resetting)?.create_task(&task).await {
        show("a create whose connection is reset", &error);
    }
    if let Err(error) = client(&resetting)?.update_task("tsk_1", &changes).await {
        show("an update whose connection is reset", &error);
    }
    let gone = client(&server)?;
    drop(server);
    if let Err(error) = gone.create_task(&task).await {
        show("a server that is not running", &error);
    }
    Ok(())
}
