//! `cargo xtask`.

use std::process::ExitCode;

use codegen::Diagnostics;
use xtask::args::{self, Command, Format, Misuse};
use xtask::codegen::Failure;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(Misuse { error, help }) => {
            eprintln!("error: {error}\n\n{help}");
            return ExitCode::from(2);
        }
    };
    match command {
        Command::Help(text) => println!("{text}"),
        Command::Explain(code) => println!("{}", code.page().trim_end()),
        Command::Upstream(job) => match xtask::upstream::run(&job) {
            Ok(report) if report.differences.is_empty() => println!("{report}"),
            Ok(report) => {
                eprintln!("{report}");
                return ExitCode::FAILURE;
            }
            Err(failure) => {
                eprintln!("{failure}");
                return ExitCode::FAILURE;
            }
        },
        Command::Ci(root) => match xtask::ci::run(&root) {
            Ok(status) => return status,
            Err(said) => {
                eprintln!("{said}");
                return ExitCode::FAILURE;
            }
        },
        Command::Codegen(job, format) => match xtask::codegen::run(&job) {
            Ok(done) => {
                show(&done.warnings, format);
                if format == Format::Human {
                    println!("{}", done.summary);
                }
            }
            Err(Failure::Description(findings)) => {
                show(&findings, format);
                return ExitCode::FAILURE;
            }
            Err(failure) => {
                eprintln!("{failure}");
                return ExitCode::FAILURE;
            }
        },
    }
    ExitCode::SUCCESS
}

fn show(findings: &Diagnostics, format: Format) {
    match format {
        Format::Json => print!("{}", findings.to_json_lines()),
        Format::Human if findings.is_empty() => {}
        Format::Human => eprintln!("{findings}"),
    }
}
