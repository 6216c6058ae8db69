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
    shown(&inside(path, root).unwrap_or_else(|| path.to_path_buf()))
}

/// Returns the path for the header of a generated file: relative to the workspace if it is inside,
/// otherwise the bare file name, so that the header is the same on every machine.
pub(crate) fn header_name(path: &Path, root: &Path) -> String {
    match inside(path, root) {
        Some(relative) => shown(&relative),
        None => shown(Path::new(path.file_name().unwrap_or_default())),
    }
}

/// Returns the path with slashes. Bytes that are not UTF-8 and characters that would end the line or
/// reorder it are escaped.
pub(crate) fn shown(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => text.push('/'),
                '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    text.extend(character.escape_unicode());
                }
                _ if character.is_control() => text.extend(character.escape_default()),
                _ => text.push(character),
            }
        }
        let bytes = chunk.invalid().iter();
        text.extend(bytes.map(|byte| format!("\\x{byte:02X}")));
    }
    text
}

fn inside(path: &Path, root: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).ok()?;
    let root = fs::canonicalize(root).ok()?;
    path.strip_prefix(root).ok().map(Path::to_path_buf)
}
