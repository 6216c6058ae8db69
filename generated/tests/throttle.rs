//! More calls than the rate limit admits: all of them succeed, and few requests are wasted.

#[path = "../examples/stand_in/mod.rs"]
mod stand_in;

use std::time::{Duration, Instant};

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;
use stand_in::{Options, StandIn};

const CREATES: usize = 250;
const LIMIT: u32 = 100;

#[tokio::test(flavor = "multi_thread")]
async fn a_few_tasks_with_many_calls_get_through() {
    run(8).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_tasks_with_one_call_each_get_through() {
    run(CREATES).await;
}

async fn run(tasks: usize) {
    let server = StandIn::start(Options {
        throttle_limit: LIMIT,
        throttle_window: Duration::from_secs(1),
        ..Options::default()
    })
    .expect("the stand-in starts");
    let client = Client::builder()
        .api_key(server.api_key())
        .base_url(server.base_url())
        .build()
        .expect("the client is built");
    let begin = Instant::now();
    let workers: Vec<_> = (0..tasks)
        .map(|task| {
            let creates = (task..CREATES).step_by(tasks);
            tokio::spawn(create_each(client.clone(), creates))
        })
        .collect();
    let mut wasted = Vec::new();
    for worker in workers {
        wasted.push(worker.await.expect("every create succeeds"));
    }
    let total: u32 = wasted.iter().sum();
    println!(
        "{CREATES} creates from {tasks} tasks, {LIMIT} a second: {:.1?}, {total} wasted requests",
        begin.elapsed()
    );
    assert_eq!(server.tasks().len(), CREATES);
    assert_eq!(server.requests(), CREATES + total as usize);
    // The server refuses for a window each time that it has admitted a hundred requests, which is
    // twice here.
    for wasted in wasted {
        assert!(
            wasted <= 2,
            "a task came back {wasted} times in two windows"
        );
    }
}

/// Creates tasks in turn; gives how many requests beyond one each that took.
async fn create_each(client: Client, numbers: impl Iterator<Item = usize>) -> u32 {
    let mut wasted = 0;
    for number in numbers {
        let call = client.create_task(&CreateTask::new(format!("task {number}"), "d"));
        wasted += call.send().await.expect("the create succeeds").attempts() - 1;
    }
    wasted
}
