//! What can go wrong with a call, and what a program makes of it.
//!
//! ```sh
//! cargo run -p comp-ai-client --example errors
//! ```
//!
//! It talks to stand-ins of the API in its own process, each of which refuses in its own way.

mod stand_in;

use comp_ai_client::types::{CreateTask, UpdateTask};
use comp_ai_client::{Client, Error, ErrorKind, RetryPolicy};
use stand_in::{Options, StandIn};

/// What to do about an error: the questions in the order in which they matter.
fn advice(error: &Error) -> String {
    if error.is_rate_limited() {
        let wait = error.retry_after().map_or(60, |wait| wait.as_secs());
        return format!("too many requests; come back in {wait} s");
    }
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::InvalidInput => {
            "a mistake in this program; nothing was sent".to_owned()
        }
        _ if error.is_retryable() => "the same call may be made again later".to_owned(),
        _ if error.may_have_been_applied() => {
            "it may have happened all the same: look before repeating it".to_owned()
        }
        _ => match error.status().map(|status| status.as_u16()) {
            Some(401 | 403) => "the key is wrong, or may not do this".to_owned(),
            _ => "repeating it changes nothing; the request has to be another one".to_owned(),
        },
    }
}

fn show(what: &str, error: &Error) {
    println!("{what}\n  says: {error}\n  so:   {}", advice(error));
}

fn client(server: &StandIn) -> Result<Client, Error> {
    let builder = Client::builder().base_url(server.base_url());
    // A program keeps the default policy; with it, the throttle would be waited out here.
    let builder = builder.retry(RetryPolicy::none());
    builder.api_key(server.api_key()).build()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let task = CreateTask::new("Review the policies", "All of them");
    let server = StandIn::start(Options::default())?;

    // A key that is no header is refused before anything is sent.
    if let Err(error) = Client::new("two\nlines") {
        show("a key with a line end", &error);
    }
    let changes = UpdateTask::new().title("New title");
    if let Err(error) = client(&server)?.update_task("bulk", &changes).await {
        show("an id that is another route of the API", &error);
    }
    // The server says what is wrong with the request.
    if let Err(error) = client(&server)?.update_task("tsk_gone", &changes).await {
        show("a task that is not there", &error);
    }
    let builder = Client::builder().base_url(server.base_url());
    if let Err(error) = builder.api_key("wrong").build()?.create_task(&task).await {
        show("a wrong key", &error);
    }
    let strict = StandIn::start(Options {
        throttle_limit: 0,
        ..Options::default()
    })?;
    if let Err(error) = client(&strict)?.create_task(&task).await {
        show("a server that is asked too often", &error);
    }
    // Nobody knows whether the server acted on a request whose answer is lost.
    let resetting = StandIn::start(Options {
        reset_one_in: 1,
        ..Options::default()
    })?;
    if let Err(error) = client(&resetting)?.create_task(&task).await {
        show("a create whose connection is lost", &error);
    }
    if let Err(error) = client(&resetting)?.update_task("tsk_1", &changes).await {
        show("an update whose connection is lost", &error);
    }
    let gone = client(&server)?;
    drop(server);
    if let Err(error) = gone.create_task(&task).await {
        show("a server that is not there", &error);
    }
    Ok(())
}
