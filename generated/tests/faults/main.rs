//! Measures the table of `FAULTS.md`: what a caller sees of a server or network that misbehaves, and
//! how many requests are sent.

#![cfg(feature = "rustls")]

mod cases;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use cases::Case;
use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Call, Client, Error, Response};
use tokio::task::JoinSet;

const PAGE: &str = include_str!("../../FAULTS.md");
const HEAD: &str = "\
| the server | call | outcome | status | message | attempts | arrived | maybe applied | retryable |
|---|---|---|---|---|---|---|---|---|
";

#[derive(Clone, Copy)]
enum Operation {
    Create,
    Update,
}

impl Operation {
    fn name(self) -> &'static str {
        match self {
            Operation::Create => "create",
            Operation::Update => "update",
        }
    }

    fn call(self, client: &Client) -> Call<Task> {
        match self {
            Operation::Create => client.create_task(&CreateTask::new("t", "d")),
            Operation::Update => client.update_task("tsk_abc123", &UpdateTask::new().title("t")),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_table_is_what_was_measured() {
    // Those that wait for a timeout first, so that the others do not make their requests late.
    let (waiting, others): (Vec<_>, Vec<_>) = cases::all()
        .into_iter()
        .enumerate()
        .partition(|(_, case)| case.attempt_timeout.is_some());
    let mut of_cases = BTreeMap::new();
    for cases in [waiting, others] {
        let mut measuring = JoinSet::new();
        for (index, case) in cases {
            measuring.spawn(async move { (index, rows(&case).await) });
        }
        of_cases.extend(measuring.join_all().await);
    }
    let mut measured = HEAD.to_owned();
    measured.extend(of_cases.into_values());
    let start = PAGE.find(HEAD).expect("FAULTS.md has the table");
    let table = PAGE[start..].split("\n\n").next().unwrap_or_default();
    let differs: Vec<_> = measured
        .lines()
        .filter(|row| !table.lines().any(|line| line == *row))
        .collect();
    assert!(
        table.trim_end() == measured.trim_end(),
        "FAULTS.md differs from what was measured.\nMeasured and not in the file:\n{}\n\n\
         The complete table:\n{measured}",
        differs.join("\n")
    );
}

/// The rows of a fault, one per operation.
async fn rows(case: &Case) -> String {
    let create = row(case, Operation::Create);
    let (create, update) = tokio::join!(create, row(case, Operation::Update));
    create + &update
}

async fn row(case: &Case, operation: Operation) -> String {
    let (server, builder) = case.start();
    let client = builder.build().expect("the client is built");
    let mut before = 0;
    if case.warm {
        operation.call(&client).await.expect("the first call works");
        before = 1;
    }
    let result = operation.call(&client).send().await;
    drop(client);
    // Stopping waits for the server's threads.
    let observed = tokio::task::spawn_blocking(|| server.map(|server| server.stop()))
        .await
        .expect("the server stops");
    let arrived = observed.map_or(0, |observed| observed.arrived) - before;
    format!(
        "| {} | {} | {} |\n",
        case.name,
        operation.name(),
        cells(&result, arrived)
    )
}

fn cells(result: &Result<Response<Task>, Error>, arrived: usize) -> String {
    let none = || "–".to_owned();
    let yes_or_no = |it| if it { "yes" } else { "no" }.to_owned();
    let cells = match result {
        Ok(response) => [
            "success".to_owned(),
            response.status().as_u16().to_string(),
            none(),
            response.attempts().to_string(),
            arrived.to_string(),
            none(),
            none(),
        ],
        Err(error) => [
            format!("`{:?}`", error.kind()),
            error
                .status()
                .map_or_else(none, |status| status.as_u16().to_string()),
            error.message().unwrap_or_else(none),
            error.attempts().to_string(),
            arrived.to_string(),
            yes_or_no(error.may_have_been_applied()),
            yes_or_no(error.is_retryable()),
        ],
    };
    cells.join(" | ")
}
