//! Imports that are killed or interrupted, against a server that throttles and resets connections.

use std::collections::{BTreeMap, BTreeSet, HashMap};
#[cfg(unix)]
use std::io::{BufRead, BufReader};
use std::ops::Range;
#[cfg(unix)]
use std::process::Command;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;
use serde_json::Value;
use tokio::sync::oneshot;

use super::program::fake_server::{FakeServer, Observer, Options, Stage};
use super::run::Files;

/// Numbers of the rows that create tasks.
const CREATES: Range<u64> = 2..502;
const UPDATES: u64 = 20;
const KILLS: usize = 10;
const MAX_CONCURRENCY: usize = 8;
const SEED: u64 = 20_261_121;

/// Number of stages between two kills. In total these are fewer than the stages of all requests.
const STAGES_BETWEEN_KILLS: Range<u32> = 15..75;

/// Maximum time until a request arrives, for the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Holds a request in the server at the moment when the program is to be killed, so that the request
/// is certainly in flight.
struct Trap {
    /// Number of stages to let pass, the stage to hold a request at, and the receiver that
    /// releases it.
    armed: Mutex<Option<(u32, Stage, oneshot::Receiver<()>)>>,
    sprung: Sender<()>,
}

impl Trap {
    fn pass(&self, stage: Stage) -> Option<oneshot::Receiver<()>> {
        let mut armed = self.armed.lock().expect("no panic");
        let (left, wanted, _) = armed.as_mut()?;
        *left = left.saturating_sub(1);
        if *left > 0 || *wanted != stage {
            return None;
        }
        let (_, _, release) = armed.take()?;
        self.sprung.send(()).expect("the test waits");
        Some(release)
    }
}

/// The descriptions of all tasks by title.
fn descriptions(server: &FakeServer) -> HashMap<String, Vec<String>> {
    let mut tasks: HashMap<_, Vec<_>> = HashMap::new();
    for task in server.tasks() {
        let text = |key: &str| task[key].as_str().expect("text").to_owned();
        let descriptions = tasks.entry(text("title")).or_default();
        descriptions.push(text("description"));
    }
    tasks
}

/// The rows whose last line in the journal is of this kind.
fn rows_with_last_event(files: &Files, event: &str) -> BTreeSet<u64> {
    let mut last = BTreeMap::new();
    for line in files.read_journal().split_inclusive('\n') {
        // The last line may be cut off.
        if let Some(line) = line.strip_suffix('\n') {
            let line: Value = serde_json::from_str(line).expect("JSON");
            if let Some(row) = line["row"].as_u64() {
                last.insert(row, line["event"].clone());
            }
        }
    }
    last.retain(|_, last| last == event);
    last.into_keys().collect()
}

/// A file whose first rows create tasks, and whose last rows update the existing tasks.
fn file(server: &FakeServer) -> String {
    let tasks = server.tasks();
    let creates = CREATES.map(|row| format!(",row {row},created\n"));
    let updates = tasks.iter().map(|task| {
        let id = task["id"].as_str().expect("an id");
        format!("{id},,updated\n")
    });
    "id,title,description\n".to_owned() + &creates.chain(updates).collect::<String>()
}

/// Creates the tasks to update. A reset connection may leave more of them.
async fn create_tasks(server: &FakeServer) {
    let builder = Client::builder().api_key(server.api_key());
    let client = builder.base_url(server.base_url()).build();
    let client = client.expect("a client");
    for number in 0..UPDATES {
        let task = CreateTask::new(format!("old {number}"), "old");
        while client.create_task(&task).await.is_err() {}
    }
}

#[test]
fn every_row_is_created_once_or_listed_as_unknown() {
    let (sprung, springs) = mpsc::channel();
    let trap = Arc::new(Trap {
        armed: Mutex::new(None),
        sprung,
    });
    let observer: Observer = Arc::new({
        let trap = Arc::clone(&trap);
        move |stage| trap.pass(stage)
    });
    let server = FakeServer::start(Options {
        throttle_window: Duration::from_millis(300),
        reset_one_in: 25,
        seed: SEED,
        observer: Some(observer),
        ..Options::default()
    });
    let server = server.expect("the fake server starts");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(create_tasks(&server));
    drop(runtime);
    let resets_before = server.resets();
    let files = Files::new("killed", &file(&server));
    let options = ["--concurrency", &MAX_CONCURRENCY.to_string()];
    let mut random = fastrand::Rng::with_seed(SEED);

    // For each kill: the creates in flight, and the concurrency.
    let mut in_flight = Vec::new();
    let mut sent_before = BTreeSet::new();
    for _ in 0..KILLS {
        let (release, held) = oneshot::channel();
        let stage = *random
            .choice(&[Stage::Received, Stage::Handled])
            .expect("two");
        *trap.armed.lock().expect("no panic") =
            Some((random.u32(STAGES_BETWEEN_KILLS), stage, held));
        let concurrency = random.usize(1..=MAX_CONCURRENCY);
        let mut child = files.start(&server, &["--concurrency", &concurrency.to_string()]);
        springs.recv_timeout(PATIENCE).expect("requests arrive");
        child.kill().expect("the process is there");
        child.wait().expect("the process ends");
        drop(release);
        // Requests in flight arrive, or not, before the server's tasks are looked at.
        while server.connections() > 0 {
            thread::sleep(Duration::from_millis(1));
        }
        let mut sent = rows_with_last_event(&files, "sending");
        sent.retain(|row| CREATES.contains(row));
        in_flight.push((sent.difference(&sent_before).count(), concurrency));
        sent_before = sent;
    }
    let last = files.run(&server, &options);

    let resets = server.resets() - resets_before;
    let unknown: BTreeSet<_> = last.unknown().into_iter().collect();
    let lost = rows_with_last_event(&files, "unknown").len();
    let killed = unknown.len() - lost;
    let tasks = descriptions(&server);
    let count = |row: &u64| tasks.get(&format!("row {row}")).map_or(0, Vec::len);
    let unknown_that_exist = unknown.iter().filter(|row| count(row) == 1).count();
    let total_in_flight: usize = in_flight.iter().map(|(count, _)| count).sum();
    println!(
        "{} rows, {KILLS} kills, (creates in flight, concurrency) at each: {in_flight:?}, {resets} resets\n\
         unknown: {} ({killed} of {} by kills, {lost} of {resets} by resets); {} of them exist",
        CREATES.end - CREATES.start,
        unknown.len(),
        total_in_flight,
        unknown_that_exist,
    );
    for row in CREATES {
        assert!(
            count(&row) <= 1,
            "row {row} was created {} times",
            count(&row)
        );
        assert!(
            count(&row) == 1 || unknown.contains(&row),
            "row {row} does not exist and is not listed as unknown"
        );
    }
    assert_eq!((last.status, last.stderr.as_str()), (3, ""));
    assert!(killed <= total_in_flight);
    assert!(
        in_flight
            .iter()
            .all(|(count, concurrency)| count <= concurrency)
    );
    assert!(lost <= resets, "{lost} unknown by {resets} resets");
    // Kills and resets both happened, before and after the server had handled the request.
    assert!(killed >= KILLS / 2 && lost > 0);
    assert!((1..unknown.len()).contains(&unknown_that_exist));
    for (title, descriptions) in &tasks {
        let wanted = if title.starts_with("old") {
            "updated"
        } else {
            "created"
        };
        assert!(descriptions.iter().all(|text| text == wanted), "{title}");
    }

    let requests = server.requests();
    let again = files.run(&server, &options);
    assert_eq!((again.status, again.unknown().len()), (3, unknown.len()));
    assert_eq!(
        server.requests(),
        requests,
        "unknown rows are not sent again automatically"
    );

    // The user checks which tasks exist, and decides.
    let mut unknown = unknown;
    while !unknown.is_empty() {
        let tasks = descriptions(&server);
        let (there, missing): (Vec<u64>, Vec<u64>) = unknown
            .iter()
            .partition(|row| tasks.contains_key(&format!("row {row}")));
        let mut decided = options.map(str::to_owned).to_vec();
        for (option, rows) in [("--settle", there), ("--resend", missing)] {
            if !rows.is_empty() {
                let rows: Vec<_> = rows.iter().map(u64::to_string).collect();
                decided.extend([option.to_owned(), rows.join(",")]);
            }
        }
        let decided: Vec<_> = decided.iter().map(String::as_str).collect();
        let output = files.run(&server, &decided);
        assert_eq!(output.stderr, "");
        unknown = output.unknown().into_iter().collect();
        assert_eq!(output.status == 0, unknown.is_empty());
    }
    let tasks = descriptions(&server);
    for row in CREATES {
        let count = tasks.get(&format!("row {row}")).map_or(0, Vec::len);
        assert_eq!(count, 1, "row {row}");
    }
}

/// Ctrl-C waits for the responses of the requests in flight, so that no row becomes unknown.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_unknown() {
    let (sprung, springs) = mpsc::channel();
    let (release, held) = oneshot::channel();
    let trap = Trap {
        armed: Mutex::new(Some((5, Stage::Handled, held))),
        sprung,
    };
    let server = FakeServer::start(Options {
        observer: Some(Arc::new(move |stage| trap.pass(stage))),
        ..Options::default()
    });
    let server = server.expect("the fake server starts");
    let rows: String = (2..52).map(|row| format!("row {row},d\n")).collect();
    let files = Files::new("interrupted", &format!("title,description\n{rows}"));
    let mut child = files.start(&server, &["--concurrency", "1"]);
    springs.recv_timeout(PATIENCE).expect("requests arrive");
    let process = child.id().to_string();
    let signal = Command::new("kill").args(["-INT", &process]).status();
    assert!(signal.expect("`kill` is there").success());
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let first = stderr.next().expect("a line").expect("UTF-8");
    assert!(first.starts_with("stopping after"), "{first}");
    drop(release);
    let output = child.wait_with_output().expect("the process ends");
    assert_eq!(output.status.code(), Some(1));
    let errors: Vec<_> = stderr.map_while(Result::ok).collect();
    assert_eq!(errors[0], "error: interrupted", "{errors:?}");
    assert_eq!(rows_with_last_event(&files, "done").len(), 3);
    assert!(rows_with_last_event(&files, "sending").is_empty());

    let rest = files.run(&server, &[]);
    assert_eq!((rest.status, rest.stderr.as_str()), (0, ""));
    assert_eq!(server.tasks().len(), 50);
}
