//! `cargo xtask ci`: runs `.ci/run`.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::failure::Failure;

/// Runs `.ci/run` in the workspace `root`, and returns its exit status.
///
/// # Errors
///
/// Fails if bash cannot be started.
pub fn run(root: &Path) -> Result<ExitCode, Failure> {
    let status = Command::new("bash")
        .current_dir(root)
        .arg(".ci/run")
        .status()
        .map_err(|error| Failure::new(format!("error: cannot run `bash .ci/run`: {error}")))?;
    // There is no code if a signal ended the process.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
