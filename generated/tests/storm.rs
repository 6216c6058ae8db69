//! Many calls at once through a server that fails at random: whatever happens, no create is made
//! twice, and what the caller is told is true.

mod faulty;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use comp_ai_client::types::{CreateTask, Task, UpdateTask};
use comp_ai_client::{Client, Error, Response};
use faulty::answers::{TASK, answer, head, json, refusal};
use faulty::server::{Action, Server};
use faulty::{builder, quick};

const CALLS: usize = 10_000;
const TASKS: usize = 64;
const SEED: u64 = 20_261_121;

/// What the server holds: how often each title was created, and the titles that updates set.
#[derive(Default)]
struct State {
    created: HashMap<String, usize>,
    updated: HashSet<String>,
}

/// What the callers were told.
#[derive(Default)]
struct Told {
    created: Vec<String>,
    /// Creates that failed and surely do not exist.
    absent: Vec<String>,
    uncertain: usize,
    updated: Vec<String>,
    attempts: u64,
    errors: BTreeMap<String, usize>,
}

impl State {
    fn apply(&mut self, request: &str) {
        let body = request.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let body: serde_json::Value = serde_json::from_str(body).expect("a JSON body");
        let title = body["title"].as_str().expect("a title").to_owned();
        if request.starts_with("POST ") {
            *self.created.entry(title).or_default() += 1;
        } else {
            self.updated.insert(title);
        }
    }
}

/// The server's handler: for each request a fault or none, and whether it is acted on.
fn handler(state: Arc<Mutex<State>>) -> Action {
    let random = Mutex::new(fastrand::Rng::with_seed(SEED));
    Action::Handle(Arc::new(move |request| {
        let (draw, coin) = {
            let mut random = random.lock().expect("no panic");
            (random.u32(0..100), random.bool())
        };
        let good = json("201 Created", TASK);
        // A coin says whether a fault strikes before or after the server has acted.
        let (acts, action) = match draw {
            0..5 => (coin, Action::ResetRead),
            5..8 => (coin, Action::CloseRead),
            8 => (coin, Action::Stall(Vec::new())),
            9 => (true, Action::Stall(head("201 Created", &[], 10))),
            10 => (
                true,
                Action::AnswerAndClose(good[..good.len() - 5].to_vec()),
            ),
            11 => (coin, Action::AnswerAndClose(b"garbage\r\n\r\n".to_vec())),
            12..16 => (coin, Action::Answer(refusal("503 Unavailable", "busy"))),
            16 => (coin, Action::Answer(answer("502 Bad Gateway", &[], "<h1>"))),
            17 => (coin, Action::Answer(refusal("504 Gateway Timeout", "slow"))),
            18 => (
                coin,
                Action::Answer(refusal("500 Error", "Failed to create task")),
            ),
            19 => (false, Action::Answer(refusal("400 Bad Request", "no"))),
            20..25 => (false, Action::Answer(refusal("429 Too Many", "slow down"))),
            25..30 => {
                let later = answer("429 Too Many", &["retry-after: 0"], "");
                (false, Action::Answer(later))
            }
            30 => (true, Action::Answer(answer("201 Created", &[], "{"))),
            // The connection is gone when the client wants to use it again.
            31..34 => (true, Action::AnswerAndClose(good)),
            _ => (true, Action::Answer(good)),
        };
        if acts {
            state.lock().expect("no panic").apply(request);
        }
        action
    }))
}

impl Told {
    fn note(&mut self, result: &Result<Response<Task>, Error>, create: bool, title: String) {
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

/// Makes calls, creates and updates in turn, until all are made.
async fn work(client: Client, next: Arc<AtomicUsize>, told: Arc<Mutex<Told>>) {
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
        told.lock().expect("no panic").note(&result, create, title);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_callers_are_told_is_true() {
    let state = Arc::new(Mutex::new(State::default()));
    let server = Server::start([handler(Arc::clone(&state))]);
    let client = builder(server.url())
        .attempt_timeout(Duration::from_millis(300))
        .retry(quick())
        .build()
        .expect("the client is built");
    let (next, told) = (Arc::default(), Arc::<Mutex<Told>>::default());
    let begin = Instant::now();
    let workers: Vec<_> = (0..TASKS)
        .map(|_| tokio::spawn(work(client.clone(), Arc::clone(&next), Arc::clone(&told))))
        .collect();
    for worker in workers {
        worker.await.expect("every call ends");
    }
    let elapsed = begin.elapsed();
    drop(client);
    let seen = server.stop();
    let (state, told) = (
        state.lock().expect("no panic"),
        told.lock().expect("no panic"),
    );

    let exist = state.created.len();
    let (sure, absent, uncertain) = (told.created.len(), told.absent.len(), told.uncertain);
    println!(
        "{CALLS} creates and {CALLS} updates from {TASKS} tasks in {elapsed:.1?}\n\
         creates: {sure} succeeded, {absent} failed and do not exist, {uncertain} are uncertain; \
         {exist} exist\n\
         updates: {} succeeded\n\
         requests: {} attempts, {} arrived, over {} connections\n\
         errors: {:?}",
        told.updated.len(),
        told.attempts,
        seen.arrived,
        seen.connections,
        told.errors
    );
    assert_eq!(sure + absent + uncertain, CALLS, "every create ends");
    for (title, times) in &state.created {
        assert_eq!(*times, 1, "`{title}` was created {times} times");
    }
    for title in &told.created {
        assert!(
            state.created.contains_key(title),
            "`{title}` does not exist"
        );
    }
    for title in &told.absent {
        assert!(!state.created.contains_key(title), "`{title}` exists");
    }
    for title in &told.updated {
        assert!(state.updated.contains(title), "`{title}` was not applied");
    }
    assert!(exist <= sure + uncertain, "{exist} exist");
    // Each of the outcomes was met, so that the above says something.
    assert!(
        sure > CALLS / 2 && absent > 0 && uncertain > 0,
        "{sure} {absent} {uncertain}"
    );
    assert!(
        seen.arrived as u64 <= told.attempts,
        "attempts are understated"
    );
}
