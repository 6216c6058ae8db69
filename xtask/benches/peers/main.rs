//! Compares the generator with others: the time to generate a crate, and the time to compile it.
//!
//! ```sh
//! cargo bench -p xtask --bench peers
//! cargo bench -p xtask --bench peers -- --spec openapi.json --out /dev/shm
//! ```
//!
//! The first run needs the network: it installs the others from crates.io in `target/peers`, and downloads
//! what their crates depend on. The module `performance` of `codegen` quotes the output.

mod generator;
mod output;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::time::Duration;

use generator::Generator;
use output::{Size, first_error};
use support::generated_crate::{GeneratedCrate, cargo_with_network};
use support::{Arguments, Input, median, median_ratio, millis, scratch};

const GENERATE_RUNS: usize = 21;
const COMPILE_RUNS: usize = 3;

/// A generator, and what it makes of a description.
struct Row<'a> {
    generator: &'a Generator,
    size: Result<Size, String>,
    generating: Vec<Duration>,
    built: Result<GeneratedCrate, String>,
    compiling: Vec<Duration>,
}

fn main() {
    let arguments = Arguments::read();
    let out = arguments.out.unwrap_or_else(|| scratch("output"));
    let out = out.join(generator::CRATE);
    let generators = generator::all();
    println!(
        "Run alternately; medians of {GENERATE_RUNS} runs of the whole process, and of {COMPILE_RUNS} \
         compilations of the crate alone in the dev profile.\n"
    );
    println!(
        "| description | generator | operations | lines | generating, ms | ratio | compiling, s | ratio | error |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for input in [Some(Input::own()), arguments.spec].into_iter().flatten() {
        let mut rows: Vec<Row> = generators
            .iter()
            .map(|generator| row(generator, &input))
            .collect();
        for _ in 0..GENERATE_RUNS {
            for row in rows.iter_mut().filter(|row| row.size.is_ok()) {
                drop(fs::remove_dir_all(&out));
                let command = row.generator.command(&input.path, &out);
                let mut command = command.expect("it has run once");
                row.generating.push(support::time_once(&mut command));
            }
        }
        drop(fs::remove_dir_all(&out));
        for _ in 0..COMPILE_RUNS {
            for row in &mut rows {
                row.compiling
                    .extend(row.built.as_ref().ok().map(GeneratedCrate::compile));
            }
        }
        for row in &rows {
            print(&input, row, &rows[0]);
        }
    }
}

/// Generates and builds a crate for the first time: shows whether that works, and is a warm-up.
fn row<'a>(generator: &'a Generator, input: &Input) -> Row<'a> {
    eprintln!(
        "{}: generating and building the crate of {}",
        generator.name, input.name
    );
    let folder = scratch(generator.name).join(generator::CRATE);
    drop(fs::remove_dir_all(&folder));
    let size = generator.generate(&input.path, &folder);
    let built = size.clone().and_then(|_| {
        let built = GeneratedCrate::build(&folder, cargo_with_network());
        built.map_err(|error| format!("not compiled: {}", first_error(error.as_bytes())))
    });
    Row {
        generator,
        size,
        generating: Vec::new(),
        built,
        compiling: Vec::new(),
    }
}

fn print(input: &Input, row: &Row, own: &Row) {
    let size = row
        .size
        .as_ref()
        .map(|size| format!("{} | {}", size.operations, size.lines));
    let generating = times(&row.generating, &own.generating, |time| {
        format!("{:.1}", millis(time))
    });
    let compiling = times(&row.compiling, &own.compiling, |time| {
        format!("{:.2}", time.as_secs_f64())
    });
    println!(
        "| {} | {} | {} | {generating} | {compiling} | {} |",
        input.name,
        row.generator.name,
        size.unwrap_or("- | -".to_owned()),
        row.built.as_ref().err().map_or("", String::as_str)
    );
}

/// Returns the columns of the median and of the ratio to `own`.
fn times(times: &[Duration], own: &[Duration], shown: impl Fn(Duration) -> String) -> String {
    if times.is_empty() {
        return "- | -".to_owned();
    }
    let ratio = match own.is_empty() {
        true => "-".to_owned(),
        false => format!("{:.2}", median_ratio(times, own)),
    };
    format!("{} | {ratio}", shown(median(times.to_vec())))
}
