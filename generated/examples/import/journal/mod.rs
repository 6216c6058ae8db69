//! The journal: the state of each row, which survives however and whenever the import ends.

mod file;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use self::file::{JournalFile, Line};
use super::rows::Row;

/// State of a row that was sent.
#[derive(Clone, Debug)]
pub enum State {
    /// Sent or about to be sent. Nothing more is known.
    Sending,
    Done {
        /// Id of the task.
        task: String,
    },
    /// The server did not apply the request, or applying it twice does no harm.
    Failed { why: String },
    /// The server may have applied the request.
    Unknown { why: String, status: Option<u16> },
    /// The user says that the task exists.
    Settled,
    /// The user says that the task does not exist.
    Resend,
}

/// A row that was sent.
struct Entry {
    /// Fingerprint of the row when it was sent.
    fingerprint: String,
    state: State,
}

/// Journal of the import of one file into one server.
pub struct Journal {
    /// `None` if the journal is kept in memory.
    file: Option<JournalFile>,
    entries: BTreeMap<u64, Entry>,
}

const VERSION: u32 = 2;

impl Journal {
    /// A journal that is lost when the program ends.
    pub fn in_memory() -> Self {
        Self {
            file: None,
            entries: BTreeMap::new(),
        }
    }

    /// Opens or creates a journal file, and compares it with the rows.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be used, if it belongs to an import into another
    /// server, or if a row has changed that must not be sent again. A row in `resend` may have
    /// changed.
    pub fn open(path: &Path, server: &str, rows: &[Row], resend: &[u64]) -> Result<Self, String> {
        let name = path.display();
        let (file, bytes) = JournalFile::open(path)?;
        let mut journal = Self {
            file: Some(file),
            entries: BTreeMap::new(),
        };
        if bytes.is_empty() {
            let first = Line::Journal {
                version: VERSION,
                server: server.to_owned(),
            };
            journal.append(&first).map_err(cannot_write)?;
        }
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if !line.is_empty() {
                journal
                    .read(line, number, server)
                    .map_err(|why| format!("{name}:{number}: {why}"))?;
            }
        }
        journal.check_rows(rows, resend)?;
        Ok(journal)
    }

    fn read(&mut self, line: &[u8], number: usize, server: &str) -> Result<(), String> {
        let line: Line = serde_json::from_slice(line)
            .map_err(|error| format!("this is not a line of a journal: {error}"))?;
        match &line {
            Line::Journal { version, .. } if *version != VERSION => Err(format!(
                "the journal has version {version}, and this program supports version {VERSION}"
            )),
            Line::Journal { server: other, .. } if other != server => Err(format!(
                "the journal belongs to an import into {other}, and this import is into {server}; \
                 use another journal with `--journal FILE`"
            )),
            Line::Journal { .. } => Ok(()),
            _ if number == 1 => Err("the first line of the journal is missing".to_owned()),
            _ => {
                self.apply(line);
                Ok(())
            }
        }
    }

    /// Rejects changes of rows whose tasks exist or may exist.
    fn check_rows(&self, rows: &[Row], resend: &[u64]) -> Result<(), String> {
        for (number, entry) in &self.entries {
            let row = rows.iter().find(|row| row.number == *number);
            if row.is_some_and(|row| row.fingerprint == entry.fingerprint) {
                continue;
            }
            let advice = match &entry.state {
                State::Failed { .. } | State::Resend => continue,
                State::Sending | State::Unknown { .. } if row.is_none() => {
                    "its task may exist; put the row back, and see the list of unknown rows"
                        .to_owned()
                }
                State::Sending | State::Unknown { .. } if resend.contains(number) => continue,
                State::Sending | State::Unknown { .. } => format!(
                    "its task may exist; if the task does not exist, send the changed row with \
                     `--resend {number}`; if it exists, put the row back and use \
                     `--settle {number}`"
                ),
                State::Done { task } => format!(
                    "it was imported as task {task}; put the row back, and use a new row with \
                     the id {task} to change the task"
                ),
                State::Settled => "its task exists; put the row back".to_owned(),
            };
            return Err(format!(
                "row {number} was sent, and has been changed or removed since: {advice} (new \
                 rows belong at the end of the file)"
            ));
        }
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        let (row, state) = match line {
            Line::Journal { .. } => return,
            Line::Sending { row, fingerprint } => {
                let state = State::Sending;
                self.entries.insert(row, Entry { fingerprint, state });
                return;
            }
            Line::Done { row, task } => (row, State::Done { task }),
            Line::Failed { row, why } => (row, State::Failed { why }),
            Line::Unknown { row, why, status } => (row, State::Unknown { why, status }),
            Line::Settled { row } => (row, State::Settled),
            Line::Resend { row } => (row, State::Resend),
        };
        if let Some(entry) = self.entries.get_mut(&row) {
            entry.state = state;
        }
    }

    /// State of a row, if it was ever sent.
    pub fn state(&self, row: &Row) -> Option<&State> {
        self.entries.get(&row.number).map(|entry| &entry.state)
    }

    /// Whether it is unknown if the row's task exists.
    pub fn is_unknown(&self, row: &Row) -> bool {
        match self.state(row) {
            Some(State::Unknown { .. }) => true,
            // Sending an update twice does no harm, because it sets absolute values.
            Some(State::Sending) => row.is_create(),
            _ => false,
        }
    }

    /// Whether the row is neither done nor unknown.
    pub fn is_pending(&self, row: &Row) -> bool {
        match self.state(row) {
            Some(State::Done { .. } | State::Settled) => false,
            _ => !self.is_unknown(row),
        }
    }

    /// Records that a row is about to be sent. If this fails, the row must not be sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be written.
    pub fn sending(&mut self, row: &Row) -> io::Result<()> {
        self.append(&Line::Sending {
            row: row.number,
            fingerprint: row.fingerprint.clone(),
        })?;
        // Only this must survive a power failure. A result that is lost makes the row unknown,
        // which the user can resolve.
        self.file.as_ref().map_or(Ok(()), JournalFile::sync)
    }

    /// Records the outcome of a row.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be written.
    pub fn ended(&mut self, row: &Row, state: &State) -> io::Result<()> {
        let row = row.number;
        let line = match state.clone() {
            State::Done { task } => Line::Done { row, task },
            State::Failed { why } => Line::Failed { row, why },
            State::Unknown { why, status } => Line::Unknown { row, why, status },
            State::Settled => Line::Settled { row },
            State::Resend => Line::Resend { row },
            State::Sending => return Ok(()),
        };
        self.append(&line)
    }

    /// Records that the tasks of these unknown rows exist.
    ///
    /// # Errors
    ///
    /// Returns an error if a row is not unknown or the journal cannot be written.
    pub fn settle(&mut self, rows: &[Row]) -> Result<(), String> {
        self.decide(rows, &State::Settled)
    }

    /// Records that the tasks of these unknown rows do not exist, so that the rows are sent again.
    ///
    /// # Errors
    ///
    /// Returns an error if a row is not unknown or the journal cannot be written.
    pub fn resend(&mut self, rows: &[Row]) -> Result<(), String> {
        self.decide(rows, &State::Resend)
    }

    fn decide(&mut self, rows: &[Row], state: &State) -> Result<(), String> {
        if let Some(row) = rows.iter().find(|row| !self.is_unknown(row)) {
            let number = row.number;
            return Err(match self.state(row) {
                Some(State::Done { .. } | State::Settled) => {
                    format!("row {number} is not unknown: it is done")
                }
                _ => format!(
                    "row {number} is not unknown: it is sent without `--settle` or `--resend`"
                ),
            });
        }
        let mut recorded = rows.iter().map(|row| self.ended(row, state));
        recorded.try_for_each(|result| result).map_err(cannot_write)
    }

    fn append(&mut self, line: &Line) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.append(line)?;
        }
        self.apply(line.clone());
        Ok(())
    }
}

/// Error message for a journal that cannot be written.
pub fn cannot_write(error: io::Error) -> String {
    format!("the journal cannot be written: {error}")
}
