//! Command line arguments.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

/// Output of `--help`.
pub const HELP: &str = "\
Usage: import [OPTIONS] FILE

Imports a CSV file: a row without an id creates a task, a row with an id updates that task.

The header row names the columns after the API's fields:
  creates and updates  title, description, assigneeId, frequency, department
  creates only         controlIds (separated by spaces), taskTemplateId, vendorId
  updates only         id, status, approverId, integrationScheduleFrequency, reviewDate,
                       notRelevantJustification
An empty cell leaves the field out; `null` clears a field that can be null. All rows are checked
before the first request. Row numbers are those of a spreadsheet: the header is row 1.

The import keeps a journal next to the file. If it stops for any reason, run the same command
again: it continues with the remaining rows. A row is unknown if its task may exist, because the
import was killed or its response was lost or was a server error. Unknown rows are listed and never
sent again automatically. Check whether the task exists, then run the import with --settle
or --resend.

Options:
      --journal FILE    journal of the import [default: FILE.journal]
      --concurrency N   maximum number of concurrent requests, 1 to 32 [default: 4]
      --settle ROWS     the tasks of these unknown rows exist: mark the rows as done,
                        as in --settle 3,17
      --resend ROWS     the tasks of these unknown rows do not exist: send the rows again;
                        a row can be corrected in the file first
      --dry-run         check the rows without sending anything
      --fake-server     try it out: import into a fake server in this process; without
                        --journal, no journal file is written
  -h, --help            print this help

Environment: COMP_AI_API_KEY, and COMP_AI_BASE_URL for another server.

Exit status: 0 if every row is done, 1 if an error stopped the import, 2 for wrong usage,
3 if rows failed or are unknown.";

/// What to import, and how.
pub struct Arguments {
    pub file: PathBuf,
    /// Journal file; `None` keeps the journal in memory.
    pub journal: Option<PathBuf>,
    pub concurrency: usize,
    pub settle: Vec<u64>,
    pub resend: Vec<u64>,
    pub dry_run: bool,
    pub fake_server: bool,
}

/// Parses the arguments; `None` if help is requested.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Option<Arguments>, lexopt::Error> {
    let mut file = None;
    let mut journal = None;
    let mut concurrency = 4;
    let (mut settle, mut resend) = (Vec::new(), Vec::new());
    let (mut dry_run, mut fake_server) = (false, false);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("journal") => journal = Some(PathBuf::from(parser.value()?)),
            Long("concurrency") => concurrency = parser.value()?.parse()?,
            Long("settle") => settle.extend(row_numbers(&mut parser)?),
            Long("resend") => resend.extend(row_numbers(&mut parser)?),
            Long("dry-run") => dry_run = true,
            Long("fake-server") => fake_server = true,
            Value(path) if file.is_none() => file = Some(PathBuf::from(path)),
            other => return Err(other.unexpected()),
        }
    }
    let file = file.ok_or("missing argument: the CSV file")?;
    if !(1..=32).contains(&concurrency) {
        return Err(format!("`--concurrency {concurrency}` is not a number from 1 to 32").into());
    }
    if journal.is_none() && !fake_server {
        let mut path = file.clone().into_os_string();
        path.push(".journal");
        journal = Some(path.into());
    }
    Ok(Some(Arguments {
        file,
        journal,
        concurrency,
        settle,
        resend,
        dry_run,
        fake_server,
    }))
}

fn row_numbers(parser: &mut lexopt::Parser) -> Result<Vec<u64>, lexopt::Error> {
    let text = parser.value()?.string()?;
    let numbers = text.split(',').map(|number| number.trim().parse());
    numbers
        .collect::<Result<_, _>>()
        .map_err(|_| format!("`{text}` is not a list of row numbers such as 3,17").into())
}
