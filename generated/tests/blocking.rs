//! The client that blocks, from every kind of thread.

#![cfg(feature = "blocking")]

mod faulty;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use comp_ai_client::blocking::Client;
use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Error, ErrorKind, RetryPolicy};
use faulty::answers::{answer, head, refusal, task};
use faulty::server::{Action, Server};
use faulty::{LONG, builder, refusing};

fn client(base_url: impl Into<String>) -> Client {
    builder(base_url)
        .build_blocking()
        .expect("the client is built")
}

fn create(client: &Client) -> Result<Task, Error> {
    client.create_task(&CreateTask::new("t", "d")).wait()
}

fn update(client: &Client) -> Result<Task, Error> {
    client
        .update_task("tsk_1", &UpdateTask::new().title("t"))
        .wait()
}

/// Builds a client, makes calls that succeed and fail, and drops it, all on this thread.
fn live_and_die() {
    let server = Server::start([
        Action::Answer(task()),
        Action::Answer(refusal("400 Bad Request", "no")),
    ]);
    let client = client(server.url());
    assert_eq!(create(&client).expect("it works").id.as_str(), "tsk_abc123");
    let error = update(&client).expect_err("it is refused");
    assert_eq!(error.message().as_deref(), Some("no"));
    // A call that is never made, and one that outlives its client.
    drop(client.create_task(&CreateTask::new("t", "d")));
    let call = client.create_task(&CreateTask::new("t", "d"));
    drop(client);
    call.wait().expect_err("it is refused");
    assert_eq!(server.stop().arrived, 3);
}

#[test]
fn it_works_on_a_plain_thread() {
    thread::spawn(live_and_die).join().expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_in_spawn_blocking() {
    let blocking = tokio::task::spawn_blocking(live_and_die);
    blocking.await.expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_blocks_a_worker_of_several_and_does_not_panic() {
    tokio::spawn(async { live_and_die() })
        .await
        .expect("no panic");
}

#[tokio::test(flavor = "current_thread")]
async fn it_blocks_the_only_worker_and_does_not_panic() {
    live_and_die();
    tokio::spawn(async { live_and_die() })
        .await
        .expect("no panic");
}

#[test]
fn it_works_within_the_other_ways_into_a_runtime() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async { live_and_die() });
    let entered = runtime.enter();
    live_and_die();
    drop(entered);
    tokio::task::LocalSet::new().block_on(&runtime, async { live_and_die() });
}

#[test]
fn it_is_dropped_anywhere_without_a_panic() {
    let server = Server::answering(task());
    let made = || {
        let client = client(server.url());
        create(&client).expect("it works");
        client
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (one, two, three) = (made(), made(), made());
    runtime.block_on(async move { drop(one) });
    let worker = runtime.spawn(async move { drop(two) });
    runtime.block_on(worker).expect("no panic");
    let pool = runtime.spawn_blocking(move || drop(three));
    runtime.block_on(pool).expect("no panic");
    let (four, five) = (made(), made());
    thread::spawn(move || drop(four)).join().expect("no panic");
    // With the runtime itself, as a part of a task that never ends.
    runtime.spawn(async move {
        let _kept = five;
        std::future::pending::<()>().await;
    });
    drop(runtime);
}

#[test]
fn dropping_the_last_clone_closes_the_connections() {
    let server = Server::answering(task());
    let client = client(server.url());
    let clone = client.clone();
    create(&client).expect("it works");
    drop(client);
    create(&clone).expect("a clone lives on");
    drop(clone);
    let seen = server.wait_until(|seen| seen.closed == 1);
    assert_eq!((seen.connections, seen.arrived), (1, 2));
}

#[cfg(target_os = "linux")]
#[test]
fn the_thread_of_a_client_ends_with_it() {
    faulty::child::run("count_threads", "-", &[]);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "runs in a process of its own"]
fn count_threads() {
    if faulty::child::server().is_none() {
        return;
    }
    let threads = || {
        let all = std::fs::read_dir("/proc/self/task").expect("the threads");
        let names = all.filter_map(|it| std::fs::read_to_string(it.ok()?.path().join("comm")).ok());
        names.filter(|name| name.trim() == "http-client").count()
    };
    let client = client(refusing());
    create(&client).expect_err("nobody listens");
    let clone = client.clone();
    drop(client);
    create(&clone).expect_err("nobody listens");
    assert_eq!(threads(), 1);
    drop(clone);
    let begin = Instant::now();
    while threads() > 0 {
        assert!(begin.elapsed() < LONG, "the thread goes on");
        thread::yield_now();
    }
}

#[test]
fn clones_are_used_from_several_threads() {
    const THREADS: usize = 8;
    const CALLS: usize = 25;
    let server = Server::answering(task());
    let client = client(server.url());
    let done = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (client, done) = (client.clone(), Arc::clone(&done));
            thread::spawn(move || {
                for _ in 0..CALLS {
                    create(&client).expect("it works");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    drop(client);
    for thread in threads {
        thread.join().expect("no panic");
    }
    assert_eq!(done.load(Ordering::Relaxed), THREADS * CALLS);
    let seen = server.stop();
    assert_eq!(seen.arrived, THREADS * CALLS);
    // They are shared, although one more may be made while another becomes free.
    assert!(
        seen.connections < THREADS * CALLS / 4,
        "{}",
        seen.connections
    );
}

#[test]
fn a_call_that_waits_does_not_hold_up_another() {
    let stalls = Server::start([Action::Stall(Vec::new()), Action::Answer(task())]);
    let client = client(stalls.url());
    let waits = client.clone();
    let waits = thread::spawn(move || create(&waits));
    stalls.wait_until(|seen| seen.arrived == 1);
    create(&client).expect("it works");
    assert!(!waits.is_finished());
    assert_eq!(stalls.stop().arrived, 2);
    let error = waits
        .join()
        .expect("no panic")
        .expect_err("it got no answer");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn time_limits_hold() {
    let server = Server::start([Action::Stall(Vec::new())]);
    let short = Duration::from_millis(200);
    let begin = Instant::now();
    let change = UpdateTask::new().title("t");
    let error = client(server.url())
        .update_task("tsk_1", &change)
        .timeout(short)
        .wait()
        .expect_err("the server stalls");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    let client = builder(server.url())
        .attempt_timeout(short)
        .build_blocking();
    let error = update(&client.expect("the client is built")).expect_err("the server stalls");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!(server.stop().arrived, 4);
}

#[test]
fn a_call_of_its_own_kind_and_its_settings_are_taken_over() {
    let server = Server::answering(refusal("503 Service Unavailable", "busy"));
    let client = client(server.url());
    let call = client.update_task("tsk_1", &UpdateTask::new());
    let call = call.header("x-extra", "1").retry(RetryPolicy::none());
    assert_eq!(call.send().expect_err("busy").attempts(), 1);
    let request = client.request(http::Method::GET, "/v1/x").query("a", "b");
    let error = client.call(request.call_for_status()).wait();
    assert_eq!(error.expect_err("busy").attempts(), 3);
    let error = client.call(client.request(http::Method::GET, "x").call::<Task>());
    assert_eq!(
        error.wait().expect_err("no path").kind(),
        ErrorKind::InvalidInput
    );
    let seen = server.stop();
    assert_eq!(seen.arrived, 4);
    assert!(seen.requests[0].contains("\r\nx-extra: 1\r\n"));
    assert!(seen.requests[1].starts_with("GET /v1/x?a=b HTTP/1.1\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_and_answers_are_those_of_the_async_client() {
    let cut = head("201 Created", &[], 100);
    for action in [
        Action::Answer(task()),
        Action::Answer(refusal("400 Bad Request", "no")),
        Action::Answer(answer("429 Too Many", &["retry-after: 600"], "")),
        Action::Answer(refusal("503 Service Unavailable", "busy")),
        Action::Answer(answer("201 Created", &[], "<html>")),
        Action::Answer(answer("307 Temporary", &["location: /x"], "")),
        Action::AnswerAndClose(cut),
        Action::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
        Action::CloseRead,
    ] {
        let server = Server::start([action]);
        assert_same(server.url()).await;
    }
    assert_same(refusing()).await;
}

async fn assert_same(base_url: String) {
    let ours = faulty::client(base_url.clone());
    let change = UpdateTask::new().title("t");
    let ours = ours.update_task("tsk_1", &change).send().await;
    let theirs =
        tokio::task::spawn_blocking(move || client(base_url).update_task("tsk_1", &change).send());
    let theirs = theirs.await.expect("no panic");
    // All that they say of themselves: status, body, attempts, kind and text.
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
}
