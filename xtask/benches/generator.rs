//! The generator: time by stage, time and memory of whole runs, and how they grow.
//!
//! ```sh
//! cargo bench -p xtask --bench generator
//! cargo bench -p xtask --bench generator -- --spec openapi.json
//! ```
//!
//! The second also measures a real description. What it printed is quoted in the documentation of
//! `codegen`, in the module `performance`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use codegen::{Options, Stage};
use support::{median, millis};

const SIZES: [usize; 4] = [2, 50, 412, 2000];
const RUNS: usize = 9;
const STAGES: [Stage; 5] = [
    Stage::Source,
    Stage::Parse,
    Stage::Lower,
    Stage::Emit,
    Stage::Render,
];

struct Input {
    name: String,
    path: PathBuf,
}

fn main() {
    // This program starts itself to see what one run needs at most.
    if let Some(path) = std::env::var_os("MEASURE_MEMORY_OF") {
        return report_memory(Path::new(&path));
    }
    let folder = support::scratch("descriptions");
    let mut inputs = vec![Input {
        name: "spec/openapi.yaml".to_owned(),
        path: xtask::workspace().join("spec/openapi.yaml"),
    }];
    inputs.extend(SIZES.map(|size| {
        let path = folder.join(format!("{size}.yaml"));
        fs::write(&path, support::description::of_size(size)).expect("it can be written");
        Input {
            name: format!("made up, {size}"),
            path,
        }
    }));
    match support::spec() {
        Some(path) => inputs.push(Input {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path,
        }),
        None => println!("note: no real description was measured; name one by `--spec FILE`\n"),
    }
    println!(
        "In one process, on one thread; the last column on all. Milliseconds, medians of {RUNS}.\n"
    );
    println!(
        "| description | operations | lines | source | parse | lower | emit | render | sum | all threads |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for input in &inputs {
        stages(input);
    }
    println!(
        "\nThe whole process, which writes a new crate; memory is that of the generator at its highest.\n"
    );
    println!("| description | ms | MB |");
    println!("|---|---|---|");
    for input in &inputs {
        whole(input);
    }
}

fn options() -> Options {
    Options {
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "bench-client".to_owned(),
        skip_unsupported: true,
        ..Options::default()
    }
}

fn stages(input: &Input) {
    let text = fs::read(&input.path).expect("the description can be read");
    let options = options();
    let mut times: Vec<[Duration; STAGES.len()]> = Vec::new();
    let mut all = Vec::new();
    let mut output = None;
    // The first run warms up and is not counted.
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
        output = Some(made.unwrap_or_else(|findings| panic!("{findings}")));
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

fn whole(input: &Input) {
    let out = support::scratch("output").join("bench-client");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("codegen").arg("--skip-unsupported");
    command
        .arg("--spec")
        .arg(&input.path)
        .arg("--out")
        .arg(&out);
    let time = support::time_process(RUNS, || drop(fs::remove_dir_all(&out)), &mut command);
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

/// Prints the highest memory in use, in MB, where the system tells.
fn report_memory(path: &Path) {
    let text = fs::read(path).expect("the description can be read");
    let output = codegen::generate(&text, &options());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    drop(output);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    match kilobytes {
        Some(kilobytes) => println!("{:.1}", kilobytes / 1024.0),
        None => println!("not told by this system"),
    }
}
