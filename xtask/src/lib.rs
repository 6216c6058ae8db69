//! The maintainer's commands. Reading and writing files, arguments and printing are here; what is
//! written is made by the `codegen` crate.

pub mod args;
mod base;
pub mod ci;
pub mod codegen;
mod compare;
mod help;
mod report;
pub mod upstream;
mod write;

use std::path::{Path, PathBuf};

/// The workspace's folder: the one that cargo runs this in, or was built in.
pub fn workspace() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}
