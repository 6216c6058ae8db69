//! `cargo xtask ci`: everything that continuous integration checks.

use std::path::Path;
use std::process::{Command, ExitCode};

/// Runs `.ci/run` in the workspace `root`, and passes on its exit status.
///
/// # Errors
///
/// If it cannot be started.
pub fn run(root: &Path) -> Result<ExitCode, String> {
    let status = Command::new("bash")
        .current_dir(root)
        .arg(".ci/run")
        .status()
        .map_err(|error| format!("error: cannot run `bash .ci/run`: {error}"))?;
    // Without a code, it was ended by a signal.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
