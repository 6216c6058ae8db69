//! `cargo xtask`: the entry point.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use codegen::Diagnostics;
use xtask::Failure;
use xtask::args::{self, Command, MessageFormat, UsageError};

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(UsageError { error, help }) => {
            complain(format_args!("error: {error}\n\n{help}"));
            return ExitCode::from(2);
        }
    };
    run(command).unwrap_or_else(|failure| {
        complain(failure);
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Help(text) => say(text),
        Command::Explain(code) => say(code.page().trim_end()),
        Command::Ci(root) => return xtask::ci::run(&root),
        Command::Upstream(job) => {
            let report = xtask::upstream::run(&job)?;
            if !report.differences.is_empty() {
                complain(report);
                return Ok(ExitCode::FAILURE);
            }
            say(report);
        }
        Command::Codegen(job, format) => match xtask::codegen::run(&job) {
            Ok(done) => {
                print(&done.warnings, format);
                if format == MessageFormat::Human {
                    say(done.summary);
                }
            }
            Err(Failure::Description(diagnostics)) => {
                print(&diagnostics, format);
                return Ok(ExitCode::FAILURE);
            }
            Err(failure) => return Err(failure),
        },
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints to standard output. A reader that has closed it, such as `head`, has read enough.
fn say(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// Prints to standard error.
fn complain(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

fn print(diagnostics: &Diagnostics, format: MessageFormat) {
    match format {
        _ if diagnostics.is_empty() => {}
        MessageFormat::Json => say(diagnostics.to_json_lines().trim_end()),
        MessageFormat::Human => complain(diagnostics),
    }
}
