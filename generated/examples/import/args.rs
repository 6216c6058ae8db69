//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

/// What `--help` prints.
pub const HELP: &str = "\
Usage: import [OPTIONS] FILE

Creates a task for each row of a CSV file, and updates the task of each row that has an id.

The first row names the columns, as the API names its fields:
  creates and updates  title, description, assigneeId, frequency, department
  creates only         controlIds (with spaces between), taskTemplateId, vendorId
  updates only         id, status, approverId, integrationScheduleFrequency, reviewDate,
                       notRelevantJustification
An empty cell is left out; `null` clears what can be cleared. Nothing is sent before every row
has been checked. Rows are counted as a spreadsheet counts them: the first one is row 1.

A journal beside the file says what is done, so an import that was stopped, in whatever way,
goes on when the same command is run again. A row whose creation may have happened, because
the import was killed or the connection lost meanwhile, is unknown: it is listed, and never
sent again by itself. Look whether the task exists, then use --settle or --resend.

Options:
      --journal FILE    where to keep the journal [default: FILE.journal]
      --concurrency N   how many requests are on their way at once, 1 to 32 [default: 4]
      --settle ROWS     these unknown rows exist: do not send them, as in --settle 3,17
      --resend ROWS     these unknown rows do not exist: send them again
      --dry-run         check the rows, and send nothing
      --stand-in        talk to a stand-in of the API in this process, for a first look
  -h, --help            print this

Environment: COMP_AI_API_KEY, and COMP_AI_BASE_URL for another server.

Exit status: 0 every row is done, 1 stopped by an error, 2 wrong usage, 3 rows failed or are
unknown.";

/// What is to be done.
pub struct Arguments {
    pub file: PathBuf,
    pub journal: PathBuf,
    pub concurrency: usize,
    pub settle: Vec<u64>,
    pub resend: Vec<u64>,
    pub dry_run: bool,
    pub stand_in: bool,
}

/// Reads the arguments; `None` when help is asked for.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Option<Arguments>, lexopt::Error> {
    let mut file = None;
    let mut journal = None;
    let mut concurrency = 4;
    let (mut settle, mut resend) = (Vec::new(), Vec::new());
    let (mut dry_run, mut stand_in) = (false, false);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("journal") => journal = Some(parser.value()?.into()),
            Long("concurrency") => concurrency = parser.value()?.parse()?,
            Long("settle") => settle.extend(rows(&mut parser)?),
            Long("resend") => resend.extend(rows(&mut parser)?),
            Long("dry-run") => dry_run = true,
            Long("stand-in") => stand_in = true,
            Value(path) if file.is_none() => file = Some(PathBuf::from(path)),
            other => return Err(other.unexpected()),
        }
    }
    let file = file.ok_or("a CSV file is missing")?;
    if !(1..=32).contains(&concurrency) {
        return Err("`--concurrency` takes a number from 1 to 32".into());
    }
    let beside = || {
        let mut path = file.clone().into_os_string();
        path.push(".journal");
        path.into()
    };
    Ok(Some(Arguments {
        journal: journal.unwrap_or_else(beside),
        file,
        concurrency,
        settle,
        resend,
        dry_run,
        stand_in,
    }))
}

fn rows(parser: &mut lexopt::Parser) -> Result<Vec<u64>, lexopt::Error> {
    let text = parser.value()?.string()?;
    let numbers = text.split(',').map(|number| number.trim().parse());
    numbers
        .collect::<Result<_, _>>()
        .map_err(|_| format!("`{text}` is no list of rows such as 3,17").into())
}
