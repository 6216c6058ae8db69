//! `cargo xtask`.

use std::process::ExitCode;

use xtask::args::{self, Command};

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match command {
        Command::Help => println!("{}", args::HELP),
        Command::Codegen(job) => match xtask::codegen::run(&job) {
            Ok(summary) => println!("{summary}"),
            Err(failure) => {
                eprintln!("{failure}");
                return ExitCode::FAILURE;
            }
        },
    }
    ExitCode::SUCCESS
}
