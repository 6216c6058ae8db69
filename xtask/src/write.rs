//! Writes changes so that either all of them are made, or none.

use std::collections::{BTreeSet, HashMap};
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
/// files and new folders are renamed, the old files into the staging folder; if that fails, it is
/// undone.
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
    let (new, old) = (staging.join("new"), staging.join("old"));
    let changed = changes.changed.iter().map(|(path, (_, text))| (path, text));
    let mut folder = None;
    for (path, text) in changed.chain(&changes.missing) {
        let staged = new.join(path);
        let mut stage = || -> io::Result<()> {
            // Paths come in order, so that those of a folder come one after the other.
            if folder.as_deref() != staged.parent() {
                folder = staged.parent().map(Path::to_path_buf);
                folder.iter().try_for_each(fs::create_dir_all)?;
            }
            fs::write(&staged, text)
        };
        stage().map_err(|error| explain(error, "write", &out.join(path)))?;
    }
    for (index, path) in changes.changed.keys().enumerate() {
        let target = out.join(path);
        let mut replace = || -> io::Result<()> {
            done.rename(&target, &old.join(index.to_string()))?;
            done.rename(&new.join(path), &target)
        };
        replace().map_err(|error| explain(error, "replace", &target))?;
    }
    for path in topmost_missing(changes.missing.keys(), out) {
        let target = out.join(path);
        done.rename(&new.join(path), &target)
            .map_err(|error| explain(error, "write", &target))?;
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

/// Of each file that is not there, itself or the first folder on the way to it that is not there
/// either: with that, all that is in it is put in place.
fn topmost_missing<'a>(files: impl Iterator<Item = &'a String>, out: &Path) -> BTreeSet<&'a Path> {
    let mut is_there: HashMap<&Path, bool> = HashMap::new();
    let mut is_there = |folder| {
        let looked_at = is_there.entry(folder);
        *looked_at.or_insert_with(|| out.join(folder).symlink_metadata().is_ok())
    };
    let topmost = files.map(Path::new).map(|file| {
        let folders: Vec<&Path> = file.ancestors().skip(1).collect();
        let mut from_the_top = folders.into_iter().rev();
        from_the_top
            .find(|folder| !is_there(folder))
            .unwrap_or(file)
    });
    topmost.collect()
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
