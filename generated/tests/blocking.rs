//! The blocking client, used from every kind of thread.

#![cfg(feature = "blocking")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use comp_ai_client::blocking::Client;
use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Attempt, AttemptOutcome, Error, ErrorKind, Interceptor, RetryPolicy};
use support::responses::untyped;
use support::{
    CannedResponse, LONG, Server, builder, child, closed_port, error, quick_retries, task,
};

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

/// Builds a client, makes calls that succeed and fail, and drops the client, all on this thread.
fn use_client() {
    let server = Server::start([task(), error(400, "no")]);
    let client = client(server.origin());
    assert_eq!(create(&client).expect("it works").id.as_str(), "tsk_abc123");
    let error = update(&client).expect_err("a 400");
    assert_eq!(error.message().as_deref(), Some("no"));
    // A call that is never sent, and one that outlives its client.
    drop(client.create_task(&CreateTask::new("t", "d")));
    let call = client.create_task(&CreateTask::new("t", "d"));
    drop(client);
    call.wait().expect_err("a 400");
    assert_eq!(server.stop().arrived, 3);
}

#[test]
fn a_plain_thread_can_use_it() {
    thread::spawn(use_client).join().expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn spawn_blocking_can_use_it() {
    let blocking = tokio::task::spawn_blocking(use_client);
    blocking.await.expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_of_a_multi_thread_runtime_can_use_it() {
    tokio::spawn(async { use_client() })
        .await
        .expect("no panic");
}

#[tokio::test(flavor = "current_thread")]
async fn a_current_thread_runtime_can_use_it() {
    use_client();
    tokio::spawn(async { use_client() })
        .await
        .expect("no panic");
}

#[test]
fn every_other_entry_into_a_runtime_can_use_it() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async { use_client() });
    let entered = runtime.enter();
    use_client();
    drop(entered);
    tokio::task::LocalSet::new().block_on(&runtime, async { use_client() });
}

#[test]
fn every_kind_of_thread_can_drop_it() {
    let server = Server::start(task());
    let made = || {
        let client = client(server.origin());
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
    // Dropped with the runtime, as part of a task that never ends.
    runtime.spawn(async move {
        let _kept = five;
        std::future::pending::<()>().await;
    });
    drop(runtime);
}

#[test]
fn dropping_the_last_clone_closes_the_connections() {
    let server = Server::start(task());
    let client = client(server.origin());
    let clone = client.clone();
    create(&client).expect("it works");
    drop(client);
    create(&clone).expect("a clone still works");
    drop(clone);
    let observed = server.wait_until(|observed| observed.closed == 1);
    assert_eq!((observed.connections, observed.arrived), (1, 2));
}

#[cfg(target_os = "linux")]
#[test]
fn the_thread_of_a_client_ends_with_the_client() {
    child::run("count_threads", "-", &[]);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "runs in a separate process"]
fn count_threads() {
    if child::server().is_none() {
        return;
    }
    let threads = || {
        let all = std::fs::read_dir("/proc/self/task").expect("the threads");
        let names = all.filter_map(|it| std::fs::read_to_string(it.ok()?.path().join("comm")).ok());
        names.filter(|name| name.trim() == "http-client").count()
    };
    let client = client(closed_port());
    create(&client).expect_err("nobody listens");
    let clone = client.clone();
    drop(client);
    create(&clone).expect_err("nobody listens");
    assert_eq!(threads(), 1);
    drop(clone);
    let begin = Instant::now();
    while threads() > 0 {
        assert!(begin.elapsed() < LONG, "the thread still runs");
        thread::yield_now();
    }
}

#[test]
fn several_threads_can_share_a_client() {
    const THREADS: usize = 8;
    const CALLS: usize = 25;
    let server = Server::start(task());
    let client = client(server.origin());
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
    let observed = server.stop();
    assert_eq!(observed.arrived, THREADS * CALLS);
    // Connections are shared, although a new one may be made just before another becomes free.
    let connections = observed.connections;
    assert!(connections < THREADS * CALLS / 4, "{connections}");
}

#[test]
fn a_waiting_call_does_not_block_another() {
    let stalls = Server::start([CannedResponse::none().stalled(), task()]);
    let client = client(stalls.origin());
    let waits = client.clone();
    let waits = thread::spawn(move || create(&waits));
    stalls.wait_until(|observed| observed.arrived == 1);
    create(&client).expect("it works");
    assert!(!waits.is_finished());
    assert_eq!(stalls.stop().arrived, 2);
    let error = waits.join().expect("no panic").expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn timeouts_apply() {
    let server = Server::start(CannedResponse::none().stalled());
    let short = Duration::from_secs(1);
    let begin = Instant::now();
    let change = UpdateTask::new().title("t");
    let error = client(server.origin())
        .update_task("tsk_1", &change)
        .timeout(short)
        .wait()
        .expect_err("the server stalls");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    let client = builder(server.origin())
        .attempt_timeout(short)
        .build_blocking();
    let error = update(&client.expect("the client is built")).expect_err("the server stalls");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    assert_eq!(server.stop().arrived, 4);
}

#[test]
fn settings_of_a_call_apply() {
    let server = Server::start(error(503, "busy"));
    let client = client(server.origin());
    let call = client.update_task("tsk_1", &UpdateTask::new());
    let call = call.header("x-extra", "1").retry(RetryPolicy::none());
    assert_eq!(call.send().expect_err("busy").attempts(), 1);
    let request = client.request(http::Method::GET, "/v1/x").query("a", "b");
    let error = client.call(request.call_without_body()).wait();
    assert_eq!(error.expect_err("busy").attempts(), 3);
    let error = client.call(client.request(http::Method::GET, "x").call::<Task>());
    assert_eq!(
        error.wait().expect_err("no path").kind(),
        ErrorKind::InvalidInput
    );
    let observed = server.stop();
    assert_eq!(observed.arrived, 4);
    assert_eq!(observed.requests[0].header("x-extra"), Some("1"));
    let line = observed.requests[1].request_line();
    assert_eq!(line, "GET /v1/x?a=b HTTP/1.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn results_equal_those_of_the_async_client() {
    for response in [
        task(),
        error(400, "no"),
        CannedResponse::empty(429).header("Retry-After", "600"),
        error(503, "busy"),
        untyped(201, "<html>"),
        CannedResponse::empty(307).header("Location", "/x"),
        CannedResponse::empty(201).cut_off(),
        CannedResponse::raw("garbage\r\n\r\n").closing(),
        CannedResponse::none().closing(),
    ] {
        let server = Server::start(response);
        assert_same(server.origin()).await;
    }
    assert_same(closed_port()).await;
}

async fn assert_same(base_url: String) {
    let asynchronous = support::client(base_url.clone());
    let change = UpdateTask::new().title("t");
    let asynchronous = asynchronous.update_task("tsk_1", &change).send().await;
    let blocking =
        tokio::task::spawn_blocking(move || client(base_url).update_task("tsk_1", &change).send());
    let blocking = blocking.await.expect("no panic");
    // Status, body, attempts, kind and message.
    assert_eq!(format!("{asynchronous:?}"), format!("{blocking:?}"));
}

#[test]
fn an_interceptor_runs_around_each_attempt() {
    struct Counter(Arc<AtomicUsize>);

    impl Interceptor for Counter {
        fn after_attempt(&self, _: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
            let is_success = outcome.status().is_some_and(|status| status.is_success());
            self.0
                .fetch_add(if is_success { 10 } else { 1 }, Ordering::Relaxed);
        }
    }

    let server = Server::start([error(503, "later"), task()]);
    let count = Arc::new(AtomicUsize::new(0));
    let builder = builder(server.origin()).retry(quick_retries());
    let client = builder.interceptor(Counter(Arc::clone(&count)));
    update(&client.build_blocking().expect("the client is built")).expect("it works");
    assert_eq!(count.load(Ordering::Relaxed), 11);
}
