//! Killed ten times over five hundred rows, against a server that throttles and resets connections.

use std::collections::{BTreeMap, BTreeSet, HashMap};
#[cfg(unix)]
use std::io::{BufRead, BufReader};
use std::ops::Range;
#[cfg(unix)]
use std::process::Command;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use comp_ai_client::Client;
use comp_ai_client::types::CreateTask;
use serde_json::Value;

use super::program::stand_in::{Observer, Options, Stage, StandIn};
use super::run::Files;

/// The rows that create.
const CREATES: Range<u64> = 2..502;
const UPDATES: u64 = 20;
const KILLS: usize = 10;
const MOST_AT_ONCE: usize = 8;
const SEED: u64 = 20_261_121;

/// How far apart kills are, in stages of requests: in all fewer than the requests of all rows have.
const APART: Range<u32> = 15..75;

/// For a request to arrive, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Halts the request at which the program is to be killed, in the server's thread, so that it is
/// certainly on its way then.
struct Trap {
    /// The stages until the trap springs, and what holds its victim.
    armed: Mutex<Option<(u32, Stage, Receiver<()>)>>,
    sprung: Sender<()>,
}

impl Trap {
    fn pass(&self, stage: Stage) {
        let mut armed = self.armed.lock().expect("no panic");
        let Some((left, wanted, _)) = armed.as_mut() else {
            return;
        };
        *left = left.saturating_sub(1);
        if *left > 0 || *wanted != stage {
            return;
        }
        let held = armed.take();
        drop(armed);
        self.sprung.send(()).expect("the test waits");
        if let Some((_, _, release)) = held {
            // An error is the release too: the other end is dropped.
            let _ = release.recv();
        }
    }
}

/// The tasks that exist: how many of each title, and their descriptions.
fn existing(server: &StandIn) -> HashMap<String, Vec<String>> {
    let mut tasks: HashMap<_, Vec<_>> = HashMap::new();
    for task in server.tasks() {
        let text = |key: &str| task[key].as_str().expect("text").to_owned();
        tasks
            .entry(text("title"))
            .or_default()
            .push(text("description"));
    }
    tasks
}

/// The rows whose last line in the journal says this.
fn rows_whose_last_line_is(files: &Files, what: &str) -> BTreeSet<u64> {
    let mut last = BTreeMap::new();
    for line in files.read_journal().split_inclusive('\n') {
        // The last line may be torn.
        if let Some(line) = line.strip_suffix('\n') {
            let line: Value = serde_json::from_str(line).expect("JSON");
            if let Some(row) = line["row"].as_u64() {
                last.insert(row, line["what"].clone());
            }
        }
    }
    last.retain(|_, said| said == what);
    last.into_keys().collect()
}

/// Row 2 and on create; the last ones update tasks that exist.
fn rows(server: &StandIn) -> String {
    let ids = server.tasks();
    let creates = CREATES.map(|row| format!(",row {row},created\n"));
    let updates = ids.iter().map(|task| {
        let id = task["id"].as_str().expect("an id");
        format!("{id},,updated\n")
    });
    "id,title,description\n".to_owned() + &creates.chain(updates).collect::<String>()
}

/// Makes the tasks that are to be updated. A lost connection may leave more of them.
async fn create_tasks(server: &StandIn) {
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
    let server = StandIn::start(Options {
        throttle_window: Duration::from_millis(300),
        reset_one_in: 25,
        seed: SEED,
        observer: Some(observer),
        ..Options::default()
    });
    let server = server.expect("the stand-in starts");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(create_tasks(&server));
    drop(runtime);
    let resets_before = server.resets();
    let files = Files::new("killed", &rows(&server));
    let options = ["--concurrency", &MOST_AT_ONCE.to_string()];
    let mut random = fastrand::Rng::with_seed(SEED);

    // For each kill: how many creates were on their way, and how many could be.
    let mut in_flight = Vec::new();
    let mut sent_before = BTreeSet::new();
    for _ in 0..KILLS {
        let (release, held) = mpsc::channel();
        let stage = *random.choice(&[Stage::Arrived, Stage::Acted]).expect("two");
        *trap.armed.lock().expect("no panic") = Some((random.u32(APART), stage, held));
        let at_once = random.usize(1..=MOST_AT_ONCE);
        let mut child = files.start(&server, &["--concurrency", &at_once.to_string()]);
        springs.recv_timeout(PATIENCE).expect("requests arrive");
        child.kill().expect("the process is there");
        child.wait().expect("the process ends");
        drop(release);
        // What was on its way arrives, or not, before anybody looks.
        while server.connections() > 0 {
            thread::sleep(Duration::from_millis(1));
        }
        let mut sent = rows_whose_last_line_is(&files, "sending");
        sent.retain(|row| CREATES.contains(row));
        in_flight.push((sent.difference(&sent_before).count(), at_once));
        sent_before = sent;
    }
    let last = files.run(&server, &options);

    let resets = server.resets() - resets_before;
    let unknown: BTreeSet<_> = last.unknown().into_iter().collect();
    let lost = rows_whose_last_line_is(&files, "unknown").len();
    let killed = unknown.len() - lost;
    let tasks = existing(&server);
    let exist = |row: &u64| tasks.get(&format!("row {row}")).map_or(0, Vec::len);
    let unknown_that_exist = unknown.iter().filter(|row| exist(row) == 1).count();
    let on_their_way: usize = in_flight.iter().map(|(count, _)| count).sum();
    println!(
        "{} rows, {KILLS} kills, creates on their way of those that could be: {in_flight:?}, {resets} resets\n\
         unknown: {} ({killed} of {} by kills, {lost} of {resets} by resets); {} of them exist",
        CREATES.end - CREATES.start,
        unknown.len(),
        on_their_way,
        unknown_that_exist,
    );
    for row in CREATES {
        assert!(
            exist(&row) <= 1,
            "row {row} was created {} times",
            exist(&row)
        );
        assert!(
            exist(&row) == 1 || unknown.contains(&row),
            "row {row} does not exist, and nobody says so"
        );
    }
    assert_eq!((last.status, last.errors.as_str()), (3, ""));
    assert!(killed <= on_their_way);
    assert!(in_flight.iter().all(|(count, at_once)| count <= at_once));
    assert!(lost <= resets, "{lost} unknown by {resets} resets");
    // Each of the faults was met, and struck before and after the server had acted.
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
        "nothing is sent twice by itself"
    );

    // The person looks, and decides.
    let mut unknown = unknown;
    while !unknown.is_empty() {
        let tasks = existing(&server);
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
        let said = files.run(&server, &decided);
        assert_eq!(said.errors, "");
        unknown = said.unknown().into_iter().collect();
        assert_eq!(said.status == 0, unknown.is_empty());
    }
    let tasks = existing(&server);
    for row in CREATES {
        let count = tasks.get(&format!("row {row}")).map_or(0, Vec::len);
        assert_eq!(count, 1, "row {row}");
    }
}

/// Ctrl-C waits for the answer of what is on its way, so that nothing is unknown.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_unknown() {
    let (sprung, springs) = mpsc::channel();
    let (release, held) = mpsc::channel();
    let trap = Trap {
        armed: Mutex::new(Some((5, Stage::Acted, held))),
        sprung,
    };
    let server = StandIn::start(Options {
        observer: Some(Arc::new(move |stage| trap.pass(stage))),
        ..Options::default()
    });
    let server = server.expect("the stand-in starts");
    let rows: String = (2..52).map(|row| format!("row {row},d\n")).collect();
    let files = Files::new("interrupted", &format!("title,description\n{rows}"));
    let mut child = files.start(&server, &["--concurrency", "1"]);
    springs.recv_timeout(PATIENCE).expect("requests arrive");
    let process = child.id().to_string();
    let signal = Command::new("kill").args(["-INT", &process]).status();
    assert!(signal.expect("`kill` is there").success());
    let mut said = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let first = said.next().expect("a line").expect("UTF-8");
    assert!(first.starts_with("stopping;"), "{first}");
    drop(release);
    let output = child.wait_with_output().expect("the process ends");
    assert_eq!(output.status.code(), Some(1));
    let errors: Vec<_> = said.map_while(Result::ok).collect();
    assert_eq!(errors[0], "error: interrupted", "{errors:?}");
    assert_eq!(rows_whose_last_line_is(&files, "done").len(), 3);
    assert!(rows_whose_last_line_is(&files, "sending").is_empty());

    let rest = files.run(&server, &[]);
    assert_eq!((rest.status, rest.errors.as_str()), (0, ""));
    assert_eq!(server.tasks().len(), 50);
}
