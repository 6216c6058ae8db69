//! More calls than the rate limit admits: all of them succeed, with few throttled requests.

#[path = "../../examples/fake_server/mod.rs"]
mod fake_server;

use std::time::{Duration, Instant};

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;
use fake_server::{FakeServer, Options};

const CREATES: usize = 250;
const LIMIT: u32 = 100;

/// A few tasks with many calls each, and many tasks with one call each. In one test, as both mostly wait.
#[tokio::test(flavor = "multi_thread")]
async fn every_call_succeeds() {
    tokio::join!(run(8), run(CREATES));
}

async fn run(tasks: usize) {
    let server = FakeServer::start(Options {
        throttle_limit: LIMIT,
        throttle_window: Duration::from_secs(1),
        ..Options::default()
    })
    .expect("the fake server starts");
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
    let mut throttled = Vec::new();
    for worker in workers {
        throttled.push(worker.await.expect("every create succeeds"));
    }
    let total: u32 = throttled.iter().sum();
    println!(
        "{CREATES} creates from {tasks} tasks, {LIMIT} a second: {:.1?}, {total} throttled requests",
        begin.elapsed()
    );
    assert_eq!(server.tasks().len(), CREATES);
    assert_eq!(server.requests(), CREATES + total as usize);
    // The server throttles for one window after each hundred requests, which is twice here.
    for throttled in throttled {
        assert!(
            throttled <= 2,
            "a task was throttled {throttled} times in two windows"
        );
    }
}

/// Creates tasks one after the other. Returns the number of throttled requests.
async fn create_each(client: Client, numbers: impl Iterator<Item = usize>) -> u32 {
    let mut throttled = 0;
    for number in numbers {
        let call = client.create_task(&CreateTask::new(format!("task {number}"), "d"));
        throttled += call.send().await.expect("the create succeeds").attempts() - 1;
    }
    throttled
}
