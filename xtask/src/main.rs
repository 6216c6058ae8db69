//! `cargo xtask`: the entry point.

use std::process::ExitCode;

use codegen::Diagnostics;
use xtask::Failure;
use xtask::args::{self, Command, MessageFormat, UsageError};

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(UsageError { error, help }) => {
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
            Err(message) => {
                eprintln!("{message}");
                return ExitCode::FAILURE;
            }
        },
        Command::Codegen(job, format) => match xtask::codegen::run(&job) {
            Ok(done) => {
                print(&done.warnings, format);
                if format == MessageFormat::Human {
                    println!("{}", done.summary);
                }
            }
            Err(Failure::Description(diagnostics)) => {
                print(&diagnostics, format);
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

fn print(diagnostics: &Diagnostics, format: MessageFormat) {
    match format {
        MessageFormat::Json => print!("{}", diagnostics.to_json_lines()),
        MessageFormat::Human if diagnostics.is_empty() => {}
        MessageFormat::Human => eprintln!("{diagnostics}"),
    }
}
