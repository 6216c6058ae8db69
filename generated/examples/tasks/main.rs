//! A program in three forms: a command line tool that creates tasks, a web service that updates them, and a
//! program without async code. `tests.rs` tests them with the mock server.
//!
//! ```text
//! tasks create FILE
//! tasks create-one-by-one FILE
//! tasks serve ADDRESS
//! ```
//!
//! The API key is in `COMP_AI_API_KEY`.

mod batch;
mod file;
mod one_by_one;
#[cfg(test)]
mod tests;
mod web;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use comp_ai_client::{Client, RetryPolicy, blocking};

const USAGE: &str = "usage: tasks create FILE | tasks create-one-by-one FILE | tasks serve ADDRESS";

/// Exit status of a failure after which the same command may succeed later, as in `sysexits.h`.
const TEMPORARY_FAILURE: u8 = 75;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            match error.downcast_ref::<comp_ai_client::Error>() {
                Some(error) if error.is_retryable() => ExitCode::from(TEMPORARY_FAILURE),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let runtime = || tokio::runtime::Runtime::new();
    match arguments {
        ["create", path] => {
            let tasks = file::read(path)?;
            let attempts = batch::Attempts::default();
            let client = Client::builder_from_env()?
                .retry(RetryPolicy::new().max_attempts(5))
                .interceptor(attempts.clone())
                .build()?;
            let limit = Duration::from_secs(300);
            let report = runtime()?.block_on(batch::create(&client, &tasks, limit))?;
            print!("{report}");
            println!("{} attempts", attempts.count());
            match report.is_complete() {
                true => Ok(()),
                false => Err("not all tasks were created".into()),
            }
        }
        ["create-one-by-one", path] => {
            let tasks = file::read(path)?;
            one_by_one::create(&blocking::Client::from_env()?, &tasks)?;
            Ok(())
        }
        ["serve", address] => runtime()?.block_on(async {
            let listener = tokio::net::TcpListener::bind(*address).await?;
            web::serve(listener, Client::from_env()?).await?;
            Ok(())
        }),
        _ => Err(USAGE.into()),
    }
}
