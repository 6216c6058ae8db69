//! What the benchmarks share: descriptions, medians, and how a process is timed.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub mod description;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the command line asks for.
#[derive(Default)]
pub struct Arguments {
    /// `--spec FILE`: a real description, to be measured besides those that are made up.
    pub spec: Option<PathBuf>,
    /// `--peer COMMAND`: another generator, to be measured in turn with this one. `{spec}` and
    /// `{out}` in it stand for the description and for the folder to write to.
    pub peer: Option<String>,
    /// `--out DIR`: where generators write to, so that it can be a file system in memory.
    pub out: Option<PathBuf>,
}

impl Arguments {
    /// # Panics
    ///
    /// If the command line has anything else, besides what cargo adds.
    pub fn read() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut read = Arguments::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("an option has a value");
            match argument.as_str() {
                "--bench" => {}
                "--spec" => read.spec = Some(from_where_people_are(value().into())),
                "--peer" => read.peer = Some(value()),
                "--out" => read.out = Some(from_where_people_are(value().into())),
                _ => panic!("usage: [--spec FILE] [--peer COMMAND] [--out DIR]"),
            }
        }
        read
    }
}

/// Cargo runs benchmarks in the package's folder, people type paths from where they are.
fn from_where_people_are(path: PathBuf) -> PathBuf {
    match path.exists() {
        true => path,
        false => xtask::workspace().join(path),
    }
}

/// The median.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// In milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median time from start to end of a process that must succeed; `before` is not counted.
pub fn time_process(runs: usize, mut before: impl FnMut(), command: &mut Command) -> Duration {
    let times = (0..runs).map(|_| {
        before();
        time_once(command)
    });
    median(times.collect())
}

/// The time from start to end of a process that must succeed.
pub fn time_once(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("it can be started");
    let time = start.elapsed();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    time
}

/// A folder for what the benchmarks write, below the target folder.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bench")
        .join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
