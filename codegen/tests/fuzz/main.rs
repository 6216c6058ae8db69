//! Fuzz test: any input gives a client or diagnostics. The generator does not panic, and takes little time
//! and memory.
//!
//! Inputs are bytes of any kind, the descriptions of the other tests cut up and put together anew, and
//! documents made after OpenAPI's object model with mistakes in them. All of it follows from a seed:
//!
//! ```text
//! FUZZ_SEED=1 FUZZ_SECONDS=600 cargo test -p codegen --release --test fuzz -- --ignored --nocapture
//! ```
//!
//! An input that fails is shrunk and written to a file. Fix the cause and add the file to `corpus/`: every
//! run of the tests tries the files there.

mod documents;
mod inputs;
mod outcome;
#[path = "../parallel/mod.rs"]
mod parallel;
mod shrink;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inputs::Inputs;
use outcome::{Outcome, outcome};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<(String, Vec<u8>)> = paths
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The descriptions to begin with.
fn seeds() -> Vec<Vec<u8>> {
    let folders = ["tests/ui", "tests/fixtures", "tests/fuzz/corpus", "../spec"];
    let files = folders.iter().flat_map(|name| files(&folder(name)));
    let descriptions = files.filter(|(name, _)| {
        let ends = [".yaml", ".json", ".txt"];
        ends.iter().any(|end| name.ends_with(end))
    });
    descriptions.map(|(_, text)| text).collect()
}

/// Says how an input fails, and where a short one is that fails in the same way.
fn report(input: &[u8], why: &str) -> String {
    let first = why.lines().next();
    let is_same = |part: &[u8]| match outcome(part) {
        Outcome::Fails(why) => why.lines().next() == first,
        Outcome::Client | Outcome::Diagnostics(_) => false,
    };
    let short = shrink::shrink(input, is_same);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-failure.txt");
    fs::write(&path, &short).expect("the input can be kept");
    format!(
        "{why}\n{} bytes, cut down, are in {}:\n{}",
        short.len(),
        path.display(),
        String::from_utf8_lossy(&short)
    )
}

#[test]
fn the_corpus_gives_a_client_or_diagnostics() {
    for (name, text) in files(&folder("tests/fuzz/corpus")) {
        if let Outcome::Fails(why) = outcome(&text) {
            panic!("{name}: {why}");
        }
    }
}

/// A number of inputs, the same in each run.
#[test]
fn some_inputs_give_a_client_or_diagnostics() {
    let mut inputs = Inputs::new(1, seeds());
    let inputs: Vec<Vec<u8>> = (0..400).map(|_| inputs.next()).collect();
    let outcomes = parallel::map(&inputs, |input| outcome(input));
    let mut clients = 0;
    for (input, outcome) in inputs.iter().zip(outcomes) {
        match outcome {
            Outcome::Fails(why) => panic!("{}", report(input, &why)),
            Outcome::Client => clients += 1,
            Outcome::Diagnostics(_) => {}
        }
    }
    assert!(clients > 40, "few inputs come far: {clients}");
}

/// Some minutes of inputs, and how long each takes.
#[test]
#[ignore = "takes minutes"]
fn minutes_of_inputs_give_a_client_or_diagnostics() {
    let variable = |name: &str, default: u64| {
        let text = std::env::var(name).ok();
        text.map_or(default, |text| text.parse().expect("it is a number"))
    };
    let seed = variable("FUZZ_SEED", 1);
    let limit = Duration::from_secs(variable("FUZZ_SECONDS", 600));
    let mut inputs = Inputs::new(seed, seeds());
    let mut known = std::collections::BTreeSet::new();
    let (mut clients, mut diagnostics) = (0, 0);
    let mut slowest = Duration::ZERO;
    // What ends the process leaves its input there.
    let current = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-current.txt");
    let start = Instant::now();
    while start.elapsed() < limit {
        let input = inputs.next();
        fs::write(&current, &input).expect("the input can be kept");
        let begin = Instant::now();
        let result = outcome(&input);
        let mut took = begin.elapsed();
        // The machine may have been busy with something else.
        for _ in 0..3 {
            if took > Duration::from_secs(1) {
                let begin = Instant::now();
                outcome(&input);
                took = took.min(begin.elapsed());
            }
        }
        slowest = slowest.max(took);
        assert!(
            took < Duration::from_secs(1),
            "{took:?}: {}",
            current.display()
        );
        match result {
            Outcome::Fails(why) => panic!("{}", report(&input, &why)),
            Outcome::Client => clients += 1,
            Outcome::Diagnostics(codes) => {
                diagnostics += 1;
                // What is told as nothing before was is worth more changes.
                if known.insert(codes) {
                    inputs.learn(input);
                }
            }
        }
    }
    println!(
        "seed {seed}, {:?}: {clients} clients, {diagnostics} with diagnostics of {} kinds; the \
         slowest took {slowest:?}",
        start.elapsed(),
        known.len()
    );
    // Of the process, all threads together; where the system says so.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM:")) {
        let kilobytes = peak
            .split_whitespace()
            .nth(1)
            .and_then(|it| it.parse().ok());
        let megabytes: u64 = kilobytes.unwrap_or(0_u64) / 1024;
        println!("the process had {megabytes} MB at most");
        assert!(megabytes < 200, "{megabytes} MB");
    }
}
