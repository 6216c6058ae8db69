//! Shared by the benchmarks: the command line, descriptions, medians and timing of processes.

#![allow(dead_code, reason = "each benchmark uses a part")]

pub mod description;
pub mod generated_crate;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

/// A description to measure.
pub struct Input {
    pub name: String,
    pub path: PathBuf,
}

impl Input {
    /// Returns the description of this workspace. It is a copy, because at its own path it would
    /// also be compared with the committed one.
    pub fn own() -> Self {
        let name = "spec/openapi.yaml";
        let path = scratch("descriptions").join("openapi.yaml");
        fs::copy(xtask::workspace().join(name), &path).expect("it can be copied");
        Input {
            name: name.to_owned(),
            path,
        }
    }

    /// Returns a synthetic description with this many operations.
    pub fn of_size(operations: usize) -> Self {
        let path = scratch("descriptions").join(format!("{operations}.yaml"));
        fs::write(&path, description::of_size(operations)).expect("it can be written");
        Input {
            name: format!("synthetic, {operations}"),
            path,
        }
    }

    /// Opens a file, so that a wrong path is reported before anything is measured.
    fn of_user(path: PathBuf) -> Result<Self, String> {
        match fs::File::open(&path) {
            Ok(_) => Ok(Input {
                name: path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                path,
            }),
            Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        }
    }
}

/// The command line.
#[derive(Default)]
pub struct Arguments {
    /// `--spec FILE`: a real description to measure besides the others.
    pub spec: Option<Input>,
    /// `--out DIR`: the folder that generators write to, for example one in memory.
    pub out: Option<PathBuf>,
}

impl Arguments {
    /// Reads the command line. Prints an error and exits if it has another argument, except those
    /// that cargo adds, or names a description that cannot be read.
    pub fn read() -> Self {
        Self::parse(std::env::args().skip(1)).unwrap_or_else(|error| {
            eprintln!("error: {error}\nusage: [--spec FILE] [--out DIR]");
            std::process::exit(2);
        })
    }

    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut read = Arguments::default();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments
                    .next()
                    .ok_or(format!("`{argument}` needs a value"))?;
                Ok::<_, String>(in_workspace(value.into()))
            };
            match argument.as_str() {
                "--bench" => {}
                "--spec" => read.spec = Some(Input::of_user(value()?)?),
                "--out" => read.out = Some(value()?),
                _ => return Err(format!("unknown argument `{argument}`")),
            }
        }
        Ok(read)
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

/// Returns the median of the ratios of `times` to `base`, run by run, because the speed of the machine
/// changes.
pub fn median_ratio(times: &[Duration], base: &[Duration]) -> f64 {
    let ratios = times.iter().zip(base);
    let mut ratios: Vec<f64> = ratios
        .map(|(time, base)| time.div_duration_f64(*base))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// Converts to milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Returns the median time of a process that must succeed.
pub fn time_process(runs: usize, command: &mut Command) -> Duration {
    median((0..runs).map(|_| time_once(command)).collect())
}

/// Returns the time of a process that must succeed.
pub fn time_once(command: &mut Command) -> Duration {
    let (time, output) = run(command).unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    time
}

/// Runs a process, and returns its time and its output.
pub fn run(command: &mut Command) -> io::Result<(Duration, Output)> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    Ok((start.elapsed(), output))
}

/// Creates a folder for the output of benchmarks in the target folder.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bench")
        .join(name);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}
