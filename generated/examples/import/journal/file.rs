//! The journal on disk: one JSON object a line, only ever appended.
//!
//! A line says that a request is about to be sent before it is sent, and what became of it
//! afterwards. A row whose last line is `sending` may or may not have reached the server. A last
//! line that is cut off, because the program ended while writing it, is removed: if it was
//! `sending`, nothing was sent; if it was a result, the row counts as `sending`, which is true.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use fs4::TryLockError;
use serde::{Deserialize, Serialize};

/// Line of a journal.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", tag = "event")]
pub enum Line {
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
        /// Status code of the response, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
    Settled {
        row: u64,
    },
    Resend {
        row: u64,
    },
}

/// A locked journal file, open for appending.
pub struct JournalFile {
    file: File,
    broken: bool,
}

impl JournalFile {
    /// Opens or creates a journal, locks it, and returns its complete lines.
    ///
    /// # Errors
    ///
    /// Returns an error if another import uses the journal or it cannot be read.
    pub fn open(path: &Path) -> Result<(Self, Vec<u8>), String> {
        let name = path.display();
        let cannot = |error: io::Error| format!("cannot use the journal {name}: {error}");
        let mut options = OpenOptions::new();
        // Not in append mode: Windows cannot truncate a file that is opened so.
        let file = options.read(true).write(true).create(true).truncate(false);
        let mut file = file.open(path).map_err(cannot)?;
        // The operating system releases the lock when the process ends, however it ends.
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("another import is using the journal {name}"));
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(cannot)?;
        let last = bytes.iter().rposition(|byte| *byte == b'\n');
        let complete = last.map_or(0, |end| end + 1);
        if complete < bytes.len() {
            file.set_len(complete as u64).map_err(cannot)?;
            file.seek(SeekFrom::End(0)).map_err(cannot)?;
            bytes.truncate(complete);
        }
        if bytes.is_empty() {
            sync_folder_of(path).map_err(cannot)?;
        }
        let broken = false;
        Ok((Self { file, broken }, bytes))
    }

    /// Appends a line in a single write, so that the program can end with a cut-off last line and
    /// in no worse state.
    ///
    /// # Errors
    ///
    /// Returns an error if this or an earlier line could not be written.
    pub fn append(&mut self, line: &Line) -> io::Result<()> {
        if self.broken {
            // The file may end with half a line, which nothing may follow.
            return Err(io::Error::other("an earlier write failed"));
        }
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        self.broken = true;
        self.file.write_all(text.as_bytes())?;
        self.broken = false;
        Ok(())
    }

    /// Makes all lines survive a power failure.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system reports one.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// Makes the name of a new file survive a power failure.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
