//! What the benchmarks share: descriptions, medians, and how a process is timed.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub mod description;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The real description that `--spec FILE` names.
///
/// # Panics
///
/// If the command line has anything else, besides what cargo adds.
pub fn spec() -> Option<PathBuf> {
    let mut arguments = std::env::args_os().skip(1);
    let mut spec = None;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--bench") => {}
            Some("--spec") => spec = Some(arguments.next().expect("`--spec` takes a file").into()),
            _ => panic!("usage: [--spec FILE]"),
        }
    }
    // Cargo runs benchmarks in the package's folder, people type paths from where they are.
    spec.map(|spec: PathBuf| match spec.exists() {
        true => spec,
        false => xtask::workspace().join(spec),
    })
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
    });
    median(times.collect())
}

/// A folder for what the benchmarks write, below the target folder.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bench")
        .join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
