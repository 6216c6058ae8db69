//! Many concurrent calls to a server that fails at random: no create is applied twice, and the
//! results that the callers get are true. On HTTP/1.1, on HTTP/2 and with the blocking client.

#[cfg(all(feature = "http2", feature = "rustls"))]
#[path = "../tls/identity.rs"]
mod identity;
mod outcome;
#[cfg(all(feature = "http2", feature = "rustls"))]
#[path = "../http2/server.rs"]
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, ClientBuilder, Error, Response};
use outcome::{State, react};
use support::{CannedResponse, Server, builder, quick_retries};

const TASKS: usize = 64;

/// The calls of a storm, and what came of them.
struct Storm {
    /// Number of creates, and of updates.
    calls: usize,
    next: AtomicUsize,
    state: Arc<Mutex<State>>,
    results: Mutex<Results>,
    begin: Instant,
}

/// Results that the callers got.
#[derive(Default)]
struct Results {
    created: Vec<String>,
    /// Titles of creates that failed and were certainly not applied.
    absent: Vec<String>,
    uncertain: usize,
    updated: Vec<String>,
    attempts: u64,
    errors: BTreeMap<String, usize>,
}

impl Results {
    fn add(&mut self, result: &Result<Response<Task>, Error>, create: bool, title: String) {
        self.attempts += u64::from(match result {
            Ok(response) => response.attempts(),
            Err(error) => error.attempts(),
        });
        match result {
            Ok(_) if create => self.created.push(title),
            Ok(_) => self.updated.push(title),
            Err(error) => {
                let status = error.status().map_or(0, |status| status.as_u16());
                let name = format!("{:?} {status}", error.kind());
                *self.errors.entry(name).or_default() += 1;
                if create && error.may_have_been_applied() {
                    self.uncertain += 1;
                } else if create {
                    self.absent.push(title);
                }
            }
        }
    }
}

impl Storm {
    fn new(calls: usize) -> Arc<Self> {
        Arc::new(Storm {
            calls,
            next: AtomicUsize::new(0),
            state: Arc::default(),
            results: Mutex::default(),
            begin: Instant::now(),
        })
    }

    fn http1_server(&self) -> Server {
        let state = Arc::clone(&self.state);
        Server::start(CannedResponse::decide(move |request| {
            let method = request.head.split(' ').next().unwrap_or_default();
            react(&state, method, &request.body).over_http1()
        }))
    }

    /// The next call, a create or an update in turn, and its title.
    fn next(&self) -> Option<(bool, String)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < 2 * self.calls).then(|| (number % 2 == 0, format!("title {number}")))
    }

    fn add(&self, result: &Result<Response<Task>, Error>, create: bool, title: String) {
        let mut results = self.results.lock().expect("no panic");
        results.add(result, create, title);
    }

    async fn work(self: Arc<Self>, client: Client) {
        while let Some((create, title)) = self.next() {
            let result = match create {
                true => {
                    client
                        .create_task(&CreateTask::new(&title, "d"))
                        .send()
                        .await
                }
                false => {
                    client
                        .update_task("tsk_1", &UpdateTask::new().title(&title))
                        .send()
                        .await
                }
            };
            self.add(&result, create, title);
        }
    }

    async fn run(self: &Arc<Self>, client: &Client, tasks: usize) {
        let workers: Vec<_> = (0..tasks)
            .map(|_| tokio::spawn(Arc::clone(self).work(client.clone())))
            .collect();
        for worker in workers {
            worker.await.expect("every call ends");
        }
    }

    fn check(&self) {
        let elapsed = self.begin.elapsed();
        let state = self.state.lock().expect("no panic");
        let results = self.results.lock().expect("no panic");
        let (exist, calls) = (state.created.len(), self.calls);
        let (sure, absent, uncertain) = (
            results.created.len(),
            results.absent.len(),
            results.uncertain,
        );
        println!(
            "{calls} creates and {calls} updates in {elapsed:.1?}\n\
             creates: {sure} succeeded, {absent} failed and do not exist, {uncertain} are uncertain; \
             {exist} exist\n\
             updates: {} succeeded\n\
             requests: {} attempts, {} arrived\n\
             errors: {:?}",
            results.updated.len(),
            results.attempts,
            state.arrived,
            results.errors
        );
        assert_eq!(sure + absent + uncertain, calls, "every create ends");
        for (title, times) in &state.created {
            assert_eq!(*times, 1, "`{title}` was created {times} times");
        }
        for title in &results.created {
            assert!(
                state.created.contains_key(title),
                "`{title}` does not exist"
            );
        }
        for title in &results.absent {
            assert!(!state.created.contains_key(title), "`{title}` exists");
        }
        for title in &results.updated {
            assert!(state.updated.contains(title), "`{title}` was not applied");
        }
        assert!(exist <= sure + uncertain, "{exist} exist");
        // Each outcome occurred, so that the checks above mean something.
        assert!(
            sure > calls / 2 && absent > 0 && uncertain > 0,
            "{sure} {absent} {uncertain}"
        );
        assert!(
            state.arrived <= results.attempts,
            "more requests arrived than attempts were reported"
        );
    }
}

fn impatient(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.attempt_timeout(Duration::from_millis(300));
    builder.retry(quick_retries())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn results_are_true_and_no_create_is_applied_twice() {
    let storm = Storm::new(5_000);
    let server = storm.http1_server();
    let client = impatient(builder(server.origin()))
        .build()
        .expect("the client is built");
    storm.run(&client, TASKS).await;
    drop(client);
    server.stop();
    storm.check();
}

#[cfg(all(feature = "http2", feature = "rustls"))]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_on_http2() {
    let storm = Storm::new(2_000);
    let identity = identity::Identity::new("localhost", |_| {});
    let state = Arc::clone(&storm.state);
    let server = server::Http2Server::start(&identity, move |method, body| {
        react(&state, method, &body).over_http2()
    });
    let client = builder(format!("https://localhost:{}", server.address.port()))
        .add_root_certificate(identity.root.as_str())
        .no_proxy();
    let client = impatient(client).build().expect("the client is built");
    storm.run(&client, 8).await;
    println!("{} connections", server.connections());
    drop(server);
    storm.check();
}

#[cfg(feature = "blocking")]
#[test]
fn the_same_with_the_blocking_client() {
    let storm = Storm::new(2_000);
    let server = storm.http1_server();
    let client = impatient(builder(server.origin())).build_blocking();
    let client = client.expect("the client is built");
    std::thread::scope(|scope| {
        for _ in 0..TASKS {
            scope.spawn(|| {
                while let Some((create, title)) = storm.next() {
                    let result = match create {
                        true => client.create_task(&CreateTask::new(&title, "d")).send(),
                        false => {
                            let update = UpdateTask::new().title(&title);
                            client.update_task("tsk_1", &update).send()
                        }
                    };
                    storm.add(&result, create, title);
                }
            });
        }
    });
    drop(client);
    server.stop();
    storm.check();
}
