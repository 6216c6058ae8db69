//! A stand-in for the Comp AI API, for clients in any language: it keeps the tasks that are created,
//! checks the key, throttles, and has the real server's quirks.
//!
//! ```sh
//! cargo run -p comp-ai-client --example stand-in -- --port 8080
//! ```

mod stand_in;

use std::ffi::OsString;
use std::process::ExitCode;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use lexopt::prelude::*;
use stand_in::{Options, StandIn};

const HELP: &str = "\
Usage: stand-in [OPTIONS]

Answers POST /v1/tasks and PATCH /v1/tasks/{taskId} on a loopback port as the Comp AI API
does, until it is stopped. Tasks are kept in memory. The first line that it prints is its
address, the second a key to send as X-API-Key.

Options:
      --port PORT        where to listen [default: a free port]
      --key KEY          the key that may do everything [default: comp_stand_in_key]
      --limit N          requests that an operation takes in a window [default: 100]
      --window SECONDS   the length of a window [default: 60]
      --member ID        a member of the organization, who can be assignee and approver;
                         may be repeated [default: mem_abc123 and mem_def456]
      --reset-one-in N   reset one of N connections, at random, when a request was read
                         from it, half of them when it was acted on [default: never]
      --seed SEED        decides which [default: 0]
  -h, --help             print this

Also accepted: the controls ctrl_abc123 and ctrl_def456, the task templates tmpl_abc123
and frk_tt_68406e353df3bc002994acef, and the vendor vnd_abc123. The key
comp_stand_in_key_without_scope is valid and may do nothing.

Exit status: 1 if it cannot listen, 2 wrong usage.";

fn main() -> ExitCode {
    let options = match parse(std::env::args_os().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let port = options.port;
    match StandIn::start(options) {
        Ok(server) => {
            println!("{}\n{}", server.base_url(), server.api_key());
            loop {
                thread::park();
            }
        }
        Err(error) => {
            eprintln!("error: cannot listen on port {port}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The options; `None` when help is asked for.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options::default();
    let mut members = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("port") => options.port = number(&mut parser)?,
            Long("key") => options.api_key = parser.value()?.string()?,
            Long("limit") => options.throttle_limit = number(&mut parser)?,
            Long("window") => {
                let seconds: u32 = number(&mut parser)?;
                options.throttle_window = Duration::from_secs(seconds.into());
            }
            Long("member") => members.push(parser.value()?.string()?),
            Long("reset-one-in") => options.reset_one_in = number(&mut parser)?,
            Long("seed") => options.seed = number(&mut parser)?,
            other => return Err(other.unexpected()),
        }
    }
    if !members.is_empty() {
        options.members = members;
    }
    Ok(Some(options))
}

fn number<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    parser: &mut lexopt::Parser,
) -> Result<T, lexopt::Error> {
    parser.value()?.parse()
}
