//! The maintainer's commands. This crate parses arguments, reads and writes files, and prints; the
//! `codegen` crate makes the contents of the files.

mod api_changes;
pub mod args;
pub mod ci;
pub mod codegen;
mod failure;
mod file_changes;
mod help;
mod manifest;
mod other_files;
mod paths;
mod report;
pub mod upstream;
mod write;

pub use failure::Failure;
pub use paths::workspace;
