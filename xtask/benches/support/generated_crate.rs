//! A generated crate, and how long the compiler takes for it alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{run, scratch, time_once};

/// A generated crate whose dependencies are built.
pub struct GeneratedCrate {
    folder: PathBuf,
}

impl GeneratedCrate {
    /// Builds the crate in `folder` and its dependencies. Returns the errors of cargo if it fails.
    pub fn build(folder: &Path, cargo: Command) -> Result<Self, String> {
        let manifest = folder.join("Cargo.toml");
        let text =
            fs::read_to_string(&manifest).map_err(|_| "there is no Cargo.toml".to_owned())?;
        // Otherwise, cargo would look for the crate in the workspace around it.
        fs::write(&manifest, format!("{text}\n[workspace]\n")).expect("it can be written");
        copy_lock_file(folder);
        let generated = GeneratedCrate {
            folder: folder.to_owned(),
        };
        let (_, output) = run(&mut generated.command(cargo)).expect("cargo starts");
        match output.status.success() {
            true => Ok(generated),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Returns the time to compile the crate again, without its dependencies.
    pub fn compile(&self) -> Duration {
        let root = self.folder.join("src/lib.rs");
        let text = fs::read(&root).expect("the crate has a root");
        fs::write(&root, text).expect("it can be written");
        time_once(&mut self.command(cargo()))
    }

    fn command(&self, mut cargo: Command) -> Command {
        cargo.args(["build", "--quiet"]).current_dir(&self.folder);
        cargo.env("CARGO_TARGET_DIR", scratch("target"));
        // An incremental build would reuse the last one, because nothing has changed.
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo
    }
}

/// Returns cargo for a package outside of this workspace. It uses no network.
pub fn cargo() -> Command {
    let mut cargo = cargo_with_network();
    cargo.arg("--offline");
    cargo
}

/// Returns cargo for a package outside of this workspace.
pub fn cargo_with_network() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Variables that cargo sets for this program must not reach another cargo.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_") && name != "CARGO_HOME" {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Copies the lock file of this workspace. Cargo removes the packages that the crate does not need.
pub fn copy_lock_file(folder: &Path) {
    let lock = xtask::workspace().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("it is there");
}
