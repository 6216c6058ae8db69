//! A fake server of the Comp AI API, for trying out clients in any language. It keeps tasks in
//! memory, checks the API key, limits the request rate and behaves as the real server does.
//!
//! ```sh
//! cargo run -p comp-ai-client --example fake-server -- --port 8080
//! ```

mod fake_server;

use std::ffi::OsString;
use std::process::ExitCode;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use fake_server::{FakeServer, Options};
use lexopt::prelude::*;

const HELP: &str = "\
Usage: fake-server [OPTIONS]

Serves POST /v1/tasks and PATCH /v1/tasks/{taskId} on a loopback port, as the Comp AI API
does, until it is stopped. Tasks are kept in memory. The first line of output is the base URL,
the second one an API key to send as X-API-Key.

Options:
      --port PORT          port to listen on [default: a free port]
      --key KEY            API key with all scopes [default: comp_fake_key]
      --limit N            requests per operation and window [default: 100]
      --window SECONDS     length of the rate limit's window [default: 60]
      --member ID          id of an organization member, who can be assignee and approver;
                           repeatable [default: mem_abc123 and mem_def456]
      --evidence-approval  turn on evidence approval for the organization
      --reset-one-in N     reset one in N connections at random after reading a request,
                           half of them after handling it [default: never]
      --seed SEED          seed of the random resets [default: 0]
  -h, --help               print this help

The organization also has the controls ctrl_abc123 and ctrl_def456, the task templates
tmpl_abc123 and frk_tt_68406e353df3bc002994acef, and the vendor vnd_abc123. The API key
comp_fake_key_without_scope is valid and has no scope.

Exit status: 1 if the port is not available, 2 for wrong usage.";

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
    match FakeServer::start(options) {
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

/// Parses the arguments; `None` if help is requested.
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
            Long("evidence-approval") => options.evidence_approval = true,
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
