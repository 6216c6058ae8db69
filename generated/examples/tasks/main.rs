//! A program in three forms: a command line tool, a web service, and a program without async code. All of
//! them create tasks; `tests.rs` tests them with the mock server.
//!
//! ```text
//! tasks create FILE
//! tasks serve ADDRESS
//! tasks create-one-by-one FILE
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

use comp_ai_client::{Client, blocking};

const USAGE: &str = "usage: tasks create FILE | tasks serve ADDRESS | tasks create-one-by-one FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let runtime = || tokio::runtime::Runtime::new();
    match arguments {
        ["create", path] => {
            let tasks = file::read(path)?;
            runtime()?.block_on(batch::create(&Client::from_env()?, &tasks))
        }
        ["create-one-by-one", path] => {
            let tasks = file::read(path)?;
            one_by_one::create(&blocking::Client::from_env()?, &tasks)
        }
        ["serve", address] => runtime()?.block_on(async {
            let listener = tokio::net::TcpListener::bind(*address).await?;
            web::serve(listener, Client::from_env()?).await
        }),
        _ => Err(USAGE.into()),
    }
}
