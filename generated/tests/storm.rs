//! Many concurrent calls to a server that fails at random: no create is applied twice, and the
//! results that the callers get are true.

mod support;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, Error, Response};
use support::responses::{reset, untyped};
use support::{CannedResponse, RecordedRequest, Server, TASK, builder, error, quick_retries, task};

const CALLS: usize = 5_000;
const TASKS: usize = 64;
const SEED: u64 = 20_261_121;

/// State of the server: how often each title was created, and the titles that updates have set.
#[derive(Default)]
struct State {
    created: HashMap<String, usize>,
    updated: HashSet<String>,
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

impl State {
    fn apply(&mut self, request: &RecordedRequest) {
        let body: serde_json::Value = serde_json::from_str(request.text()).expect("JSON");
        let title = body["title"].as_str().expect("a title").to_owned();
        if request.head.starts_with("POST ") {
            *self.created.entry(title).or_default() += 1;
        } else {
            self.updated.insert(title);
        }
    }
}

/// Reacts to each request with a response or a fault at random, and applies the request or not.
fn handler(state: Arc<Mutex<State>>) -> CannedResponse {
    let random = Mutex::new(fastrand::Rng::with_seed(SEED));
    CannedResponse::decide(move |request| {
        let (draw, coin) = {
            let mut random = random.lock().expect("no panic");
            (random.u32(0..100), random.bool())
        };
        // The coin decides whether the request is applied before the fault.
        let (applied, response) = match draw {
            0..5 => (coin, reset()),
            5..8 => (coin, CannedResponse::none().closing()),
            8 => (coin, CannedResponse::none().stalled()),
            9 => (true, CannedResponse::empty(201).stalled()),
            10 => (true, task().body(&TASK[..TASK.len() - 5]).cut_off()),
            11 => (coin, CannedResponse::raw("garbage\r\n\r\n").closing()),
            12..16 => (coin, error(503, "busy")),
            16 => (coin, untyped(502, "<h1>")),
            17 => (coin, error(504, "slow")),
            18 => (coin, error(500, "Failed to create task")),
            19 => (false, error(400, "no")),
            20..25 => (false, error(429, "slow down")),
            25..30 => (false, CannedResponse::empty(429).header("Retry-After", "0")),
            30 => (true, untyped(201, "{")),
            // The connection is closed when the client wants to use it again.
            31..34 => (true, task().closing()),
            _ => (true, task()),
        };
        if applied {
            state.lock().expect("no panic").apply(request);
        }
        response
    })
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

/// Makes the next call, a create or an update in turn, until all calls are made.
async fn work(client: Client, next: Arc<AtomicUsize>, results: Arc<Mutex<Results>>) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= 2 * CALLS {
            return;
        }
        let create = number % 2 == 0;
        let title = format!("title {number}");
        let call = if create {
            client.create_task(&CreateTask::new(&title, "d"))
        } else {
            client.update_task("tsk_abc123", &UpdateTask::new().title(&title))
        };
        let result = call.send().await;
        let mut results = results.lock().expect("no panic");
        results.add(&result, create, title);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn results_are_true_and_no_create_is_applied_twice() {
    let state = Arc::new(Mutex::new(State::default()));
    let server = Server::start(handler(Arc::clone(&state)));
    let client = builder(server.origin())
        .attempt_timeout(Duration::from_millis(300))
        .retry(quick_retries())
        .build()
        .expect("the client is built");
    let (next, results) = (Arc::default(), Arc::<Mutex<Results>>::default());
    let begin = Instant::now();
    let workers: Vec<_> = (0..TASKS)
        .map(|_| {
            tokio::spawn(work(
                client.clone(),
                Arc::clone(&next),
                Arc::clone(&results),
            ))
        })
        .collect();
    for worker in workers {
        worker.await.expect("every call ends");
    }
    let elapsed = begin.elapsed();
    drop(client);
    let observed = server.stop();
    let (state, results) = (
        state.lock().expect("no panic"),
        results.lock().expect("no panic"),
    );

    let exist = state.created.len();
    let (sure, absent, uncertain) = (
        results.created.len(),
        results.absent.len(),
        results.uncertain,
    );
    println!(
        "{CALLS} creates and {CALLS} updates from {TASKS} tasks in {elapsed:.1?}\n\
         creates: {sure} succeeded, {absent} failed and do not exist, {uncertain} are uncertain; \
         {exist} exist\n\
         updates: {} succeeded\n\
         requests: {} attempts, {} arrived, over {} connections\n\
         errors: {:?}",
        results.updated.len(),
        results.attempts,
        observed.arrived,
        observed.connections,
        results.errors
    );
    assert_eq!(sure + absent + uncertain, CALLS, "every create ends");
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
        sure > CALLS / 2 && absent > 0 && uncertain > 0,
        "{sure} {absent} {uncertain}"
    );
    assert!(
        observed.arrived as u64 <= results.attempts,
        "more requests arrived than attempts were reported"
    );
}
