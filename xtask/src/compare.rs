//! Compares the generator's output with what stands in the crate's folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use codegen::{FileTree, HEADER};

/// What has to change for a folder to hold the output. Paths are relative to the folder.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Files that differ: what they hold, and what they should.
    pub(crate) changed: BTreeMap<String, (String, String)>,
    /// Files that are not there, and what they should hold.
    pub(crate) missing: BTreeMap<String, String>,
    /// Generated files that the output no longer has.
    pub(crate) stale: Vec<String>,
    /// Files among the generated ones that the generator has not written, and so does not touch.
    pub(crate) foreign: Vec<String>,
    /// How many files are as they should be.
    pub(crate) unchanged: usize,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty()
            && self.missing.is_empty()
            && self.stale.is_empty()
            && self.foreign.is_empty()
    }
}

/// Compares `files` with the folder `out`. Line ends are compared without regard to CR.
pub(crate) fn compare(files: &FileTree, out: &Path) -> io::Result<Changes> {
    let mut found = BTreeMap::new();
    read_folder(&out.join("src"), "src", &mut found)?;
    let mut changes = Changes::default();
    for (path, text) in files {
        match found.remove(path) {
            None => {
                changes.missing.insert(path.clone(), text.clone());
            }
            Some(Some(has)) if has == *text => changes.unchanged += 1,
            Some(Some(has)) if has.starts_with(HEADER) => {
                changes.changed.insert(path.clone(), (has, text.clone()));
            }
            Some(_) => changes.foreign.push(path.clone()),
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

/// Reads every file below a folder; `None` for what is not a file of text.
fn read_folder(
    folder: &Path,
    prefix: &str,
    found: &mut BTreeMap<String, Option<String>>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_folder(&entry.path(), &path, found)?;
        } else if kind.is_file() {
            let text = String::from_utf8(fs::read(entry.path())?).ok();
            found.insert(path, text.map(|text| text.replace("\r\n", "\n")));
        } else {
            // A link may lead anywhere; it is not ours to read or to replace.
            found.insert(path, None);
        }
    }
    Ok(())
}
