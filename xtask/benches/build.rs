//! Measures builds: a generated crate alone, `cargo xtask codegen` with nothing to do and in a fresh
//! clone, and the number of packages of a crate that depends on the client.
//!
//! ```sh
//! cargo bench -p xtask --bench build
//! cargo bench -p xtask --bench build -- --spec openapi.json
//! ```
//!
//! Takes minutes, and no network once the packages are downloaded. The module `performance` of
//! `codegen` quotes its output.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::generated_crate::{GeneratedCrate, cargo, copy_lock_file};
use support::{Arguments, Input, median, time_once, time_process};

const RUNS: usize = 7;

fn main() {
    let arguments = Arguments::read();
    println!("| what | measured |");
    println!("|---|---|");
    compile_alone("comp-ai-client", &Input::own());
    compile_alone("synthetic-client", &Input::of_size(412));
    match &arguments.spec {
        Some(spec) => compile_alone("real-client", spec),
        None => println!("| a real description | not measured; pass `--spec FILE` |"),
    }
    packages();
    nothing_to_do();
    fresh();
}

/// Measures compiling a crate in the dev profile, without its dependencies.
fn compile_alone(name: &str, input: &Input) {
    let folder = support::scratch("crates").join(name);
    let _ = fs::remove_dir_all(&folder);
    let mut generate = Command::new(env!("CARGO_BIN_EXE_xtask"));
    generate.arg("codegen").arg("--keep-going");
    generate
        .arg("--spec")
        .arg(&input.path)
        .arg("--out")
        .arg(&folder);
    time_once(&mut generate);
    let generated =
        GeneratedCrate::build(&folder, cargo()).unwrap_or_else(|error| panic!("{error}"));
    let time = median((0..RUNS).map(|_| generated.compile()).collect());
    println!(
        "| the crate of {}: compiled alone, dev | {:.2} s |",
        input.name,
        time.as_secs_f64()
    );
}

/// Counts the packages in the lock file of a crate that depends on the client.
fn packages() {
    let folder = support::scratch("downstream");
    let client = xtask::workspace().join("generated");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("it can be written");
    fs::write(folder.join("src/main.rs"), "fn main() {}\n").expect("it can be written");
    let manifest = format!(
        "[package]\nname = \"downstream\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         comp-ai-client = {{ path = {client:?} }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    copy_lock_file(&folder);
    let mut lock = cargo();
    lock.args(["metadata", "--format-version", "1"])
        .current_dir(&folder);
    time_once(&mut lock);
    let text = fs::read_to_string(folder.join("Cargo.lock")).expect("it is there");
    let count = text.matches("[[package]]").count();
    println!("| packages in a downstream lock file, default features | {count} |");
}

fn nothing_to_do() {
    let mut codegen = cargo();
    codegen
        .args(["xtask", "codegen"])
        .current_dir(xtask::workspace());
    time_once(&mut codegen);
    let time = time_process(RUNS, &mut codegen);
    println!(
        "| `cargo xtask codegen`, nothing to do | {:.2} s |",
        time.as_secs_f64()
    );
}

/// Measures the first run in a fresh clone, and building only the libraries that it needs.
fn fresh() {
    let folder = support::scratch("fresh");
    let _ = fs::remove_dir_all(&folder);
    let mut clone = Command::new("git");
    clone
        .args(["clone", "--quiet"])
        .arg(xtask::workspace())
        .arg(&folder);
    time_once(&mut clone);
    let mut codegen = cargo();
    codegen.args(["xtask", "codegen"]).current_dir(&folder);
    from_nothing("`cargo xtask codegen` in a fresh clone", codegen, &folder);

    let folder = support::scratch("libraries");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("it can be written");
    fs::write(folder.join("src/lib.rs"), "").expect("it can be written");
    let manifest = "[package]\nname = \"libraries\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [dependencies]\nheck = \"0.5\"\nopenapiv3 = \"2\"\nprettyplease = \"0.3\"\n\
                    quote = \"1\"\nserde_yaml = \"0.9\"\n\
                    syn = { version = \"3\", features = [\"full\"] }\n";
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    copy_lock_file(&folder);
    let mut build = cargo();
    build.args(["build", "--quiet"]).current_dir(&folder);
    from_nothing("building its libraries alone", build, &folder);
}

/// Measures the time and the CPU time of a build with an empty target folder.
fn from_nothing(what: &str, mut build: Command, folder: &Path) {
    build.env("CARGO_TARGET_DIR", folder.join("target"));
    let before = cpu_seconds_of_children();
    let time = time_once(&mut build).as_secs_f64();
    match (before, cpu_seconds_of_children()) {
        (Some(before), Some(after)) => println!(
            "| {what} | {:.1} s of CPU time, {time:.1} s |",
            after - before
        ),
        _ => println!("| {what} | {time:.1} s |"),
    }
}

/// Returns the CPU time of all finished child processes, on Linux.
fn cpu_seconds_of_children() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Field 3 and later follow the program name, which may contain spaces. A tick is 10 ms.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / 100.0)
}
