//! Compares the generator's output with the files in the crate's folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::{FileTree, HEADER};

/// The changes that make a folder equal to the output. Paths are relative to the folder.
#[derive(Debug, Default)]
pub(crate) struct FileChanges {
    /// Files that differ: their present text and their new text.
    pub(crate) changed: BTreeMap<String, (String, String)>,
    /// Files that do not exist yet, with their text.
    pub(crate) missing: BTreeMap<String, String>,
    /// Generated files that are no longer part of the output.
    pub(crate) stale: Vec<PathBuf>,
    /// Files in the generated folder that the generator did not write. It never touches them.
    pub(crate) foreign: Vec<PathBuf>,
    /// Number of files that are up to date.
    pub(crate) unchanged: usize,
}

impl FileChanges {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty()
            && self.missing.is_empty()
            && self.stale.is_empty()
            && self.foreign.is_empty()
    }
}

/// Compares `files` with the folder `out`. Ignores the difference between LF and CRLF.
pub(crate) fn compare(files: FileTree, out: &Path) -> io::Result<FileChanges> {
    let mut found = BTreeMap::new();
    read_folder(&out.join("src"), Path::new("src"), &mut found)?;
    let mut changes = FileChanges::default();
    for (path, text) in files {
        match found.remove(Path::new(&path)) {
            // A manifest that another run has just written.
            None if !path.starts_with("src/") && out.join(&path).symlink_metadata().is_ok() => {
                changes.foreign.push(path.into());
            }
            None => {
                changes.missing.insert(path, text);
            }
            Some(Some(present)) if present == text => changes.unchanged += 1,
            Some(Some(present)) if present.starts_with(HEADER) => {
                changes.changed.insert(path, (present, text));
            }
            Some(_) => changes.foreign.push(path.into()),
        }
    }
    for (path, text) in found {
        if text.is_some_and(|text| text.starts_with(HEADER)) {
            changes.stale.push(path);
        } else {
            changes.foreign.push(path);
        }
    }
    Ok(changes)
}

/// Reads every file below a folder; `None` for an entry that is not a UTF-8 file.
fn read_folder(
    folder: &Path,
    prefix: &Path,
    found: &mut BTreeMap<PathBuf, Option<String>>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = prefix.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_folder(&entry.path(), &path, found)?;
        } else if kind.is_file() {
            let text = String::from_utf8(fs::read(entry.path())?).ok();
            found.insert(path, text.map(|text| text.replace("\r\n", "\n")));
        } else {
            // A symbolic link may point anywhere, so it is neither followed nor replaced.
            found.insert(path, None);
        }
    }
    Ok(())
}
