//! Shared by the benchmarks: descriptions, medians and timing of processes.

#![allow(dead_code, reason = "each benchmark uses a part")]

pub mod description;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The command line.
#[derive(Default)]
pub struct Arguments {
    /// `--spec FILE`: a real description to measure besides the synthetic ones.
    pub spec: Option<PathBuf>,
    /// `--peer COMMAND`: another generator to alternate with. `{spec}` and `{out}` stand for the
    /// description and the output folder.
    pub peer: Option<String>,
    /// `--out DIR`: the output folder, for example one in memory.
    pub out: Option<PathBuf>,
}

impl Arguments {
    /// # Panics
    ///
    /// Panics if the command line has any other argument, except those that cargo adds.
    pub fn read() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mut read = Arguments::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("an option has a value");
            match argument.as_str() {
                "--bench" => {}
                "--spec" => read.spec = Some(in_workspace(value().into())),
                "--peer" => read.peer = Some(value()),
                "--out" => read.out = Some(in_workspace(value().into())),
                _ => panic!("usage: [--spec FILE] [--peer COMMAND] [--out DIR]"),
            }
        }
        read
    }
}

/// Resolves a path against the root of the workspace: cargo runs benchmarks in the folder of the
/// package, not in the user's.
fn in_workspace(path: PathBuf) -> PathBuf {
    match path.exists() {
        true => path,
        false => xtask::workspace().join(path),
    }
}

/// Returns the median.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// Converts to milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Returns the median time of a process that must succeed, without the time of `before`.
pub fn time_process(runs: usize, mut before: impl FnMut(), command: &mut Command) -> Duration {
    let times = (0..runs).map(|_| {
        before();
        time_once(command)
    });
    median(times.collect())
}

/// Returns the time of a process that must succeed.
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

/// Creates a folder for the output of benchmarks in the target folder.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bench")
        .join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
