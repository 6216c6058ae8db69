//! Creates and updates tasks from a CSV file. It can be stopped at any time; the next run continues
//! where it stopped, and never creates a task twice.
//!
//! ```sh
//! cargo run -p comp-ai-client --example import -- --fake-server generated/examples/import/tasks.csv
//! ```

mod args;
#[path = "../fake_server/mod.rs"]
pub(crate) mod fake_server;
mod journal;
mod rows;
mod send;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use args::Arguments;
use comp_ai_client::Client;
use fake_server::{FakeServer, Options};
use journal::Journal;
use rows::Row;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    run(std::env::args_os().skip(1)).into()
}

/// Runs the program with these arguments and returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match args::parse(arguments) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{}", args::HELP);
            return 0;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::HELP);
            return 2;
        }
    };
    match import(&arguments) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {error}");
            1
        }
    }
}

fn import(arguments: &Arguments) -> Result<u8, String> {
    let rows = rows::read(&arguments.file)?;
    for row in &rows {
        for warning in &row.warnings {
            eprintln!("warning: row {}: {warning}", row.number);
        }
    }
    if arguments.dry_run {
        let creates = rows.iter().filter(|row| row.is_create()).count();
        let updates = rows.len() - creates;
        println!("{creates} tasks would be created and {updates} updated; nothing was sent");
        return Ok(0);
    }
    let fake_server = arguments
        .fake_server
        .then(|| FakeServer::start(Options::default()));
    let fake_server = fake_server.transpose().map_err(|error| error.to_string())?;
    let (client, server) = client(fake_server.as_ref())?;
    let settle = with_numbers(&arguments.settle, &rows)?;
    let resend = with_numbers(&arguments.resend, &rows)?;
    let mut journal = match &arguments.journal {
        Some(path) => Journal::open(path, &server, &rows, &arguments.resend)?,
        None => Journal::in_memory(),
    };
    journal.settle(&settle)?;
    journal.resend(&resend)?;
    let mut pending = rows.clone();
    pending.retain(|row| journal.is_pending(row));

    let journal = Arc::new(Mutex::new(journal));
    let sending = send::send(client, pending, &journal, arguments.concurrency);
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    let stopped = runtime.block_on(sending);
    let journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
    let status = summary::print(&rows, &journal);
    match stopped {
        Some(reason) => Err(format!("{reason}\nrun the same command again to continue")),
        None => Ok(status),
    }
}

/// A client, and the name of its server for the journal.
fn client(fake_server: Option<&FakeServer>) -> Result<(Client, String), String> {
    let (client, server) = match fake_server {
        Some(server) => {
            let builder = Client::builder().api_key(server.api_key());
            let client = builder.base_url(server.base_url()).build();
            (client, "the fake server".to_owned())
        }
        None => {
            let url = std::env::var("COMP_AI_BASE_URL");
            let server = url.unwrap_or_else(|_| "the Comp AI API".to_owned());
            (Client::from_env(), server)
        }
    };
    Ok((client.map_err(|error| error.to_string())?, server))
}

/// The rows with these numbers.
fn with_numbers(numbers: &[u64], rows: &[Row]) -> Result<Vec<Row>, String> {
    let row = |number: &u64| {
        let mut rows = rows.iter();
        let row = rows.find(|row| row.number == *number);
        row.cloned()
            .ok_or_else(|| format!("there is no row {number}"))
    };
    numbers.iter().map(row).collect()
}
