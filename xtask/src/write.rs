//! Writes changed files. A run that fails changes nothing. A run that is killed may leave some files
//! renamed and others not; the next run writes the rest.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::file_changes::FileChanges;

/// The staging folder. It is beside the files because a rename works only within one file system.
const STAGING: &str = ".codegen";

/// The staging folder of a crate, locked against other runs. Without the lock, its contents belong to
/// another run, which may have to restore them.
///
/// Dropping it removes the folder, also one that a killed run left behind.
pub(crate) struct Staging<'a> {
    out: &'a Path,
    folder: PathBuf,
    done: Journal,
    _lock: File,
}

impl<'a> Staging<'a> {
    /// Creates and locks the staging folder of `out`.
    pub(crate) fn open(out: &'a Path) -> io::Result<Self> {
        let folder = out.join(STAGING);
        // A symbolic link would make the run write and delete elsewhere.
        for folder in [&folder, &out.join("src")] {
            if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
                return Err(not_a(folder, "folder"));
            }
        }
        let mut done = Journal::default();
        let lock = done.create_folder(&folder).and_then(|()| lock(&folder));
        match lock {
            Ok(lock) => Ok(Staging {
                out,
                folder,
                done,
                _lock: lock,
            }),
            Err(error) => {
                done.remove_created_folders();
                Err(error)
            }
        }
    }

    /// Applies the changes.
    ///
    /// Writes every new text to the staging folder first, so that a full disk is noticed before anything
    /// changes. Then renames files and new folders into place, and old files into the staging folder. If
    /// a rename fails, undoes those before it.
    pub(crate) fn apply(mut self, changes: &FileChanges) -> io::Result<()> {
        let result = stage_and_move(changes, self.out, &self.folder, &mut self.done);
        match result {
            Ok(()) => self.done = Journal::default(),
            Err(_) => self.done.undo(),
        }
        result
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // A staging folder that cannot be removed does no harm to the crate.
        let _ = fs::remove_dir_all(&self.folder);
        self.done.remove_created_folders();
    }
}

fn stage_and_move(
    changes: &FileChanges,
    out: &Path,
    staging: &Path,
    done: &mut Journal,
) -> io::Result<()> {
    for folder in ["new", "old"] {
        match fs::remove_dir_all(staging.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir(staging.join(folder))?,
        }
    }
    let (new, old) = (staging.join("new"), staging.join("old"));
    let changed = changes.changed.iter().map(|(path, (_, text))| (path, text));
    let mut folder = None;
    for (path, text) in changed.chain(&changes.missing) {
        let staged = new.join(path);
        let mut stage = || -> io::Result<()> {
            // The paths are sorted, so the files of one folder are adjacent.
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

/// Returns, for each missing file, its topmost missing ancestor, or the file itself. Renaming that
/// folder moves everything in it at once.
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

/// Locks the staging folder against other runs. The system releases the lock when the file is closed,
/// even if the process is killed.
fn lock(staging: &Path) -> io::Result<File> {
    let path = staging.join("lock");
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(not_a(&path, "file"));
    }
    let open = || File::options().create(true).append(true).open(&path);
    let file = open()?;
    let conflict = || io::Error::other("another run is writing to the same folder");
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(conflict()),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // The run that held the lock may have removed this file, and a third one may have created another.
    match open()?.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(file),
        Ok(()) => Err(conflict()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn not_a(path: &Path, what: &str) -> io::Error {
    io::Error::other(format!(
        "{} is not a {what}; delete it, then run the command again",
        path.display()
    ))
}

fn explain(error: io::Error, what: &str, path: &Path) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot {what} {}: {error}", path.display()),
    )
}

fn remove_empty_folders(file: &Path, top: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != top) {
        // Fails for a folder that is not empty.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// The steps so far, so that they can be undone.
#[derive(Default)]
struct Journal {
    renamed: Vec<(PathBuf, PathBuf)>,
    created: Vec<PathBuf>,
}

impl Journal {
    /// Creates a folder and its missing ancestors.
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
            // If this fails too, the first error is the one to report.
            let _ = fs::rename(to, from);
        }
    }

    fn remove_created_folders(&mut self) {
        while let Some(folder) = self.created.pop() {
            let _ = fs::remove_dir(folder);
        }
    }
}
