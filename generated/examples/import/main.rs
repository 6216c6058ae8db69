//! Creates and updates tasks from a CSV file, and can be stopped at any time: the next run goes on
//! where it was, without making a task twice.
//!
//! ```sh
//! cargo run -p comp-ai-client --example import -- --stand-in generated/examples/import/tasks.csv
//! ```

mod args;
mod journal;
mod rows;
mod send;
#[path = "../stand_in/mod.rs"]
pub mod stand_in;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use args::Arguments;
use comp_ai_client::Client;
use journal::Journal;
use rows::Row;
use stand_in::{Options, StandIn};
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    run(std::env::args_os().skip(1)).into()
}

/// The whole program, from its arguments to its exit status.
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
    if arguments.dry_run {
        let creates = rows.iter().filter(|row| row.is_create()).count();
        let updates = rows.len() - creates;
        println!("{creates} tasks would be created, and {updates} updated; nothing was sent");
        return Ok(0);
    }
    let stand_in = arguments
        .stand_in
        .then(|| StandIn::start(Options::default()));
    let stand_in = stand_in.transpose().map_err(|error| error.to_string())?;
    let (client, server) = client(stand_in.as_ref())?;
    let settle = numbered(&arguments.settle, &rows)?;
    let resend = numbered(&arguments.resend, &rows)?;
    let mut journal = Journal::open(&arguments.journal, &server, &rows)?;
    journal.settle(&settle)?;
    journal.resend(&resend)?;
    let mut todo = rows.clone();
    todo.retain(|row| journal.is_to_be_sent(row));

    let journal = Arc::new(Mutex::new(journal));
    let sending = send::send(client, todo, &journal, arguments.concurrency);
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    let stopped = runtime.block_on(sending);
    let journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
    let status = summary::print(&rows, &journal);
    match stopped {
        Some(reason) => Err(format!("{reason}\nrun the same command again to go on")),
        None => Ok(status),
    }
}

/// A client, and the name of its server for the journal.
fn client(stand_in: Option<&StandIn>) -> Result<(Client, String), String> {
    let (client, server) = match stand_in {
        Some(server) => {
            let builder = Client::builder().api_key(server.api_key());
            let client = builder.base_url(server.base_url()).build();
            (client, "the stand-in".to_owned())
        }
        None => {
            let url = std::env::var("COMP_AI_BASE_URL");
            let server = url.unwrap_or_else(|_| "the Comp AI API".to_owned());
            (Client::from_env(), server)
        }
    };
    Ok((client.map_err(|error| error.to_string())?, server))
}

fn numbered(numbers: &[u64], rows: &[Row]) -> Result<Vec<Row>, String> {
    let row = |number: &u64| {
        let mut rows = rows.iter();
        let row = rows.find(|row| row.number == *number);
        row.cloned()
            .ok_or_else(|| format!("there is no row {number}"))
    };
    numbers.iter().map(row).collect()
}
