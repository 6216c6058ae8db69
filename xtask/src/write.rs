//! Writes changes so that either all of them are made, or none.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::compare::Changes;

/// The folder, beside the files, in which they are staged: a file can only be renamed into place
/// within one file system.
const STAGING: &str = ".codegen";

/// Makes the changes in the folder `out`.
///
/// Every new text is written to the staging folder first, which is where a full disk shows. Then
/// files are renamed, the old ones into the staging folder; if that fails, it is undone.
pub(crate) fn apply(changes: &Changes, out: &Path) -> io::Result<()> {
    let mut done = Journal::default();
    let result = apply_alone(changes, out, &mut done);
    if result.is_err() {
        done.remove_created_folders();
    }
    result
}

/// Makes the changes while no other run does. Without the lock, what is in the staging folder is
/// another run's, which may have to put it back.
fn apply_alone(changes: &Changes, out: &Path, done: &mut Journal) -> io::Result<()> {
    let staging = out.join(STAGING);
    done.create_folder(&staging)?;
    let _lock = lock(&staging)?;
    let result = stage_and_move(changes, out, &staging, done);
    if result.is_err() {
        done.undo();
    }
    // What is in there is rubbish now; to leave it behind does no harm to the crate.
    let _ = fs::remove_dir_all(&staging);
    result
}

fn stage_and_move(
    changes: &Changes,
    out: &Path,
    staging: &Path,
    done: &mut Journal,
) -> io::Result<()> {
    for rubbish in ["new", "old"] {
        match fs::remove_dir_all(staging.join(rubbish)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir(staging.join(rubbish))?,
        }
    }
    let changed = changes.changed.iter().map(|(path, (_, text))| (path, text));
    let texts: Vec<(&String, &String)> = changed.chain(&changes.missing).collect();
    for (index, (path, text)) in texts.iter().enumerate() {
        fs::write(staging.join("new").join(index.to_string()), text)
            .map_err(|error| explain(error, "write", &out.join(path)))?;
    }
    for (index, (path, _)) in texts.iter().enumerate() {
        let target = out.join(path);
        let name = index.to_string();
        let mut place = || -> io::Result<()> {
            if let Some(folder) = target.parent() {
                done.create_folder(folder)?;
            }
            if changes.changed.contains_key(*path) {
                done.rename(&target, &staging.join("old").join(&name))?;
            }
            done.rename(&staging.join("new").join(&name), &target)
        };
        place().map_err(|error| explain(error, "replace", &target))?;
    }
    for (index, path) in changes.stale.iter().enumerate() {
        let target = out.join(path);
        let name = format!("stale-{index}");
        done.rename(&target, &staging.join("old").join(name))
            .map_err(|error| explain(error, "remove", &target))?;
    }
    for path in &changes.stale {
        remove_empty_folders(&out.join(path), &out.join("src"));
    }
    Ok(())
}

/// Keeps two runs from mixing their files. The lock is freed when the file is closed, even by a
/// killed process.
fn lock(staging: &Path) -> io::Result<File> {
    let file = File::create(staging.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(io::Error::other(
            "another run is writing to the same folder",
        )),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn explain(error: io::Error, what: &str, path: &Path) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot {what} {}: {error}", path.display()),
    )
}

fn remove_empty_folders(file: &Path, top: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != top) {
        // Fails, and ends the climb, where there is still something in it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// What was done, so that it can be undone.
#[derive(Default)]
struct Journal {
    renamed: Vec<(PathBuf, PathBuf)>,
    created: Vec<PathBuf>,
}

impl Journal {
    /// Creates a folder and those above it, as far as they are not there.
    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        while let Some(folder) = missing.pop() {
            fs::create_dir(folder).map_err(|error| explain(error, "create", folder))?;
            self.created.push(folder.to_path_buf());
        }
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        self.renamed.push((from.to_path_buf(), to.to_path_buf()));
        Ok(())
    }

    fn undo(&mut self) {
        while let Some((from, to)) = self.renamed.pop() {
            // Nothing better can be done if this fails too: the error that began it is told.
            let _ = fs::rename(to, from);
        }
    }

    fn remove_created_folders(&mut self) {
        while let Some(folder) = self.created.pop() {
            let _ = fs::remove_dir(folder);
        }
    }
}
