//! What is done, on disk, so that it is known whenever and however the program ends.
//!
//! One JSON object a line, only ever appended. That a request is about to be sent is on disk before
//! it is; what became of it is written after. So a row whose last line is `sending` may or may not
//! have reached the server. A line that was being written when the program ended is torn off: if it
//! said `sending`, nothing was sent; if it was a result, the row counts as `sending`, which is true.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use fs4::TryLockError;
use serde::{Deserialize, Serialize};

use super::rows::Row;

/// A line of the journal.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", tag = "what")]
enum Line {
    /// The first line.
    Journal {
        version: u32,
        server: String,
    },
    Sending {
        row: u64,
        fingerprint: String,
    },
    Done {
        row: u64,
        task: String,
    },
    Failed {
        row: u64,
        why: String,
    },
    Unknown {
        row: u64,
        why: String,
    },
    Settled {
        row: u64,
    },
    Resend {
        row: u64,
    },
}

/// What is known of a row that was sent.
#[derive(Clone, Debug)]
pub enum State {
    /// Sent, or about to be; nothing more is known.
    Sending,
    Done {
        task: String,
    },
    /// The server did not act on it, or acting twice does no harm.
    Failed {
        why: String,
    },
    /// The server may have acted on it.
    Unknown {
        why: String,
    },
    /// A person says that it is there.
    Settled,
    /// A person says that it is not.
    Resend,
}

/// The journal of one file and one server.
pub struct Journal {
    file: File,
    entries: BTreeMap<u64, (String, State)>,
    broken: bool,
}

const VERSION: u32 = 1;

impl Journal {
    /// Opens the journal, or begins it, and keeps other imports from it.
    ///
    /// # Errors
    ///
    /// When another import uses it, it cannot be read, or it is of another server or other rows.
    pub fn open(path: &Path, server: &str, rows: &[Row]) -> Result<Self, String> {
        let name = path.display();
        let cannot = |error: io::Error| format!("cannot use the journal {name}: {error}");
        let mut options = OpenOptions::new();
        // Not for appending alone: Windows cuts no file that is opened so.
        let file = options.read(true).write(true).create(true).truncate(false);
        let mut file = file.open(path).map_err(cannot)?;
        // The system lets go of the lock when the process ends, in whatever way.
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("another import is using the journal {name}"));
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(cannot)?;
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        if whole < bytes.len() {
            file.set_len(whole as u64).map_err(cannot)?;
            file.seek(SeekFrom::End(0)).map_err(cannot)?;
        }
        let mut journal = Journal {
            file,
            entries: BTreeMap::new(),
            broken: false,
        };
        if whole == 0 {
            let begin = Line::Journal {
                version: VERSION,
                server: server.to_owned(),
            };
            journal.append(&begin).map_err(cannot)?;
            sync_folder_of(path).map_err(cannot)?;
        }
        for (number, line) in (1..).zip(bytes[..whole].split(|byte| *byte == b'\n')) {
            if !line.is_empty() {
                journal
                    .read(line, number, server)
                    .map_err(|why| format!("{name}:{number}: {why}"))?;
            }
        }
        journal
            .compare(rows)
            .map_err(|why| format!("{name} {why}"))?;
        Ok(journal)
    }

    fn read(&mut self, line: &[u8], number: usize, server: &str) -> Result<(), String> {
        let line: Line = serde_json::from_slice(line)
            .map_err(|error| format!("this is no line of a journal: {error}"))?;
        match &line {
            Line::Journal { version, .. } if *version != VERSION => {
                return Err(format!(
                    "the journal is of version {version}, not {VERSION}"
                ));
            }
            Line::Journal { server: other, .. } if other != server => {
                return Err(format!(
                    "the journal is of an import into {other}, and this one goes into {server}; \
                     give another one with --journal"
                ));
            }
            Line::Journal { .. } => return Ok(()),
            _ if number == 1 => return Err("the journal has no beginning".to_owned()),
            _ => {}
        }
        self.apply(line);
        Ok(())
    }

    /// Refuses rows that are not those that were sent. One that failed may have been mended.
    fn compare(&self, rows: &[Row]) -> Result<(), String> {
        for (number, (fingerprint, state)) in &self.entries {
            let row = rows.iter().find(|row| row.number == *number);
            let same = row.is_some_and(|row| row.fingerprint == *fingerprint);
            if !same && !matches!(state, State::Failed { .. } | State::Resend) {
                return Err(format!(
                    "knows another row {number} than the file has now; put the row back as it was, \
                     or give another journal with --journal"
                ));
            }
        }
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        let (row, state) = match line {
            Line::Journal { .. } => return,
            Line::Sending { row, fingerprint } => {
                self.entries.insert(row, (fingerprint, State::Sending));
                return;
            }
            Line::Done { row, task } => (row, State::Done { task }),
            Line::Failed { row, why } => (row, State::Failed { why }),
            Line::Unknown { row, why } => (row, State::Unknown { why }),
            Line::Settled { row } => (row, State::Settled),
            Line::Resend { row } => (row, State::Resend),
        };
        if let Some(entry) = self.entries.get_mut(&row) {
            entry.1 = state;
        }
    }

    /// What is known of a row, if it was ever sent.
    pub fn state(&self, row: &Row) -> Option<&State> {
        self.entries.get(&row.number).map(|(_, state)| state)
    }

    /// Whether nobody knows if the row's task exists.
    pub fn is_unknown(&self, row: &Row) -> bool {
        match self.state(row) {
            Some(State::Unknown { .. }) => true,
            // An update sets values; the same one twice does no harm.
            Some(State::Sending) => row.is_create(),
            _ => false,
        }
    }

    /// Whether sending the row can do no harm, and has not been done.
    pub fn is_to_be_sent(&self, row: &Row) -> bool {
        match self.state(row) {
            Some(State::Done { .. } | State::Settled) => false,
            _ => !self.is_unknown(row),
        }
    }

    /// Notes that a row is about to be sent. It must not be sent if this fails.
    ///
    /// # Errors
    ///
    /// When that cannot be written.
    pub fn sending(&mut self, row: &Row) -> io::Result<()> {
        self.append(&Line::Sending {
            row: row.number,
            fingerprint: row.fingerprint.clone(),
        })?;
        // The one thing that must outlive a power cut too. A result that is lost with it makes the
        // row unknown, which a person can mend.
        self.file.sync_data()
    }

    /// Notes what became of a row.
    ///
    /// # Errors
    ///
    /// When that cannot be written.
    pub fn ended(&mut self, row: &Row, state: &State) -> io::Result<()> {
        let row = row.number;
        let line = match state.clone() {
            State::Done { task } => Line::Done { row, task },
            State::Failed { why } => Line::Failed { row, why },
            State::Unknown { why } => Line::Unknown { row, why },
            State::Settled => Line::Settled { row },
            State::Resend => Line::Resend { row },
            State::Sending => return Ok(()),
        };
        self.append(&line)
    }

    /// Takes a person's word that these rows, which were unknown, need not be sent.
    ///
    /// # Errors
    ///
    /// When one of them is not unknown, or it cannot be written.
    pub fn settle(&mut self, rows: &[Row]) -> Result<(), String> {
        self.decide(rows, &State::Settled)
    }

    /// The same, that these rows are to be sent again.
    ///
    /// # Errors
    ///
    /// As [`settle`](Self::settle).
    pub fn resend(&mut self, rows: &[Row]) -> Result<(), String> {
        self.decide(rows, &State::Resend)
    }

    fn decide(&mut self, rows: &[Row], state: &State) -> Result<(), String> {
        if let Some(row) = rows.iter().find(|row| !self.is_unknown(row)) {
            return Err(format!("row {} is not unknown", row.number));
        }
        let mut noted = rows.iter().map(|row| self.ended(row, state));
        noted
            .try_for_each(|result| result)
            .map_err(|error| format!("the journal cannot be written: {error}"))
    }

    /// A line is one write, so that no other end of the program than a torn last line can come of it.
    fn append(&mut self, line: &Line) -> io::Result<()> {
        if self.broken {
            // What was written last may be half a line, which nothing may follow.
            return Err(io::Error::other("an earlier write failed"));
        }
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        self.broken = true;
        self.file.write_all(text.as_bytes())?;
        self.broken = false;
        self.apply(line.clone());
        Ok(())
    }
}

/// Makes the name of a new file outlive a power cut.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
