//! Paths: the workspace, and how messages and file headers show a path.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Returns the root of the workspace that cargo runs this program in, or that it was built in.
pub fn workspace() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Returns the maintained description of the workspace `root`.
pub(crate) fn own_spec(root: &Path) -> PathBuf {
    root.join("spec/openapi.yaml")
}

/// Reads a file, and names it in the error.
pub(crate) fn read(path: &Path, root: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| {
        Failure::new(format!(
            "error: cannot read {}: {error}",
            display(path, root)
        ))
    })
}

/// Returns the path as messages show it: relative to the workspace if it is inside, otherwise as
/// given.
pub(crate) fn display(path: &Path, root: &Path) -> String {
    slashes(&inside(path, root).unwrap_or_else(|| path.to_path_buf()))
}

/// Returns the path for the header of a generated file: relative to the workspace if it is inside,
/// otherwise the bare file name, so that the header is the same on every machine.
pub(crate) fn header_name(path: &Path, root: &Path) -> String {
    match inside(path, root) {
        Some(relative) => slashes(&relative),
        None => slashes(Path::new(path.file_name().unwrap_or_default())),
    }
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn inside(path: &Path, root: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).ok()?;
    let root = fs::canonicalize(root).ok()?;
    path.strip_prefix(root).ok().map(Path::to_path_buf)
}
