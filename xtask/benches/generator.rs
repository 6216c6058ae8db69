//! Measures the generator: time of each stage, time and memory of whole runs, and their growth.
//!
//! ```sh
//! cargo bench -p xtask --bench generator
//! cargo bench -p xtask --bench generator -- --spec openapi.json
//! cargo bench -p xtask --bench generator -- --out /dev/shm
//! ```
//!
//! The second command adds a real description. The third writes to memory, because the time to create a
//! file on disk varies from 20 to 800 µs. The module `performance` of `codegen` quotes the output.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use codegen::{Options, Stage};
use support::{Arguments, Input, median, millis};

const SIZES: [usize; 4] = [2, 50, 412, 2000];
const RUNS: usize = 9;
const WHOLE_RUNS: usize = 21;
const STAGES: [Stage; 5] = [
    Stage::Source,
    Stage::Parse,
    Stage::Lower,
    Stage::Emit,
    Stage::Render,
];

fn main() {
    // Measures the peak memory of one run in a process of its own.
    if let Some(path) = std::env::var_os("MEASURE_MEMORY_OF") {
        return report_memory(Path::new(&path));
    }
    let arguments = Arguments::read();
    let mut inputs = vec![Input::own()];
    inputs.extend(SIZES.map(Input::of_size));
    match arguments.spec {
        Some(spec) => inputs.push(spec),
        None => println!("note: to measure a real description too, pass `--spec FILE`\n"),
    }
    println!(
        "In one process, on one thread; the last column on all threads. Medians of {RUNS} runs, in ms.\n"
    );
    println!(
        "| description | operations | lines | source | parse | lower | emit | render | sum | all threads |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for input in &inputs {
        stages(input);
    }
    println!("\nThe whole process, which writes a new crate, and its peak memory.\n");
    println!("| description | ms | MB |");
    println!("|---|---|---|");
    let out = arguments.out.unwrap_or_else(|| support::scratch("output"));
    for input in &inputs {
        whole(input, &out.join("bench"));
    }
}

fn options() -> Options {
    Options {
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "bench-client".to_owned(),
        keep_going: true,
        ..Options::default()
    }
}

fn stages(input: &Input) {
    let text = fs::read(&input.path).expect("the description can be read");
    let options = options();
    let mut times: Vec<[Duration; STAGES.len()]> = Vec::new();
    let mut all = Vec::new();
    let mut output = None;
    // The first run is a warm-up.
    for run in 0..=RUNS {
        let mut ends = [Duration::ZERO; STAGES.len()];
        let mut last = Instant::now();
        let made = codegen::generate_by_stage(&text, &options, |stage| {
            let position = STAGES.iter().position(|other| *other == stage);
            ends[position.expect("every stage is listed")] = last.elapsed();
            last = Instant::now();
        });
        let start = Instant::now();
        let again = codegen::generate(&text, &options);
        let elapsed = start.elapsed();
        drop(again);
        if run > 0 {
            times.push(ends);
            all.push(elapsed);
        }
        output = Some(made.unwrap_or_else(|diagnostics| panic!("{diagnostics}")));
    }
    let output = output.expect("there was a run");
    let lines: usize = output.files.values().map(|text| text.lines().count()).sum();
    let stage = |index: usize| median(times.iter().map(|ends| ends[index]).collect());
    let stages: Vec<Duration> = (0..STAGES.len()).map(stage).collect();
    let sum: Duration = stages.iter().sum();
    print!(
        "| {} | {} | {lines} |",
        input.name,
        output.operations - output.left_out
    );
    for time in stages.into_iter().chain([sum, median(all)]) {
        print!(" {:.1} |", millis(time));
    }
    println!();
}

fn whole(input: &Input, out: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--keep-going", "--name", "bench-client"]);
    command.arg("--spec").arg(&input.path);
    command.arg("--out").arg(out);
    let mut time = || {
        drop(fs::remove_dir_all(out));
        support::time_once(&mut command)
    };
    // A warm-up.
    time();
    let time = median((0..WHOLE_RUNS).map(|_| time()).collect());
    drop(fs::remove_dir_all(out));
    let mut own = Command::new(std::env::current_exe().expect("this program is a file"));
    let output = own
        .env("MEASURE_MEMORY_OF", &input.path)
        .output()
        .expect("it starts again");
    let memory = String::from_utf8_lossy(&output.stdout);
    println!(
        "| {} | {:.1} | {} |",
        input.name,
        millis(time),
        memory.trim()
    );
}

/// Prints the peak memory of a run in MB, on Linux.
fn report_memory(path: &Path) {
    let text = fs::read(path).expect("the description can be read");
    let output = codegen::generate(&text, &options());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    drop(output);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    match kilobytes {
        Some(kilobytes) => println!("{:.1}", kilobytes / 1024.0),
        None => println!("unknown"),
    }
}
