//! The other files that a description refers to.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use codegen::Files;

/// Returns the files in the folder of a description and below. Others are not read, nor is anything
/// from the network.
pub(crate) fn beside(spec: &Path) -> Files {
    let folder = match spec.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => Path::new(".").to_path_buf(),
    };
    Files::new(move |path| {
        let found = |path: &Path| path.canonicalize().map_err(|error| error.to_string());
        let file = found(&folder.join(path))?;
        // A symbolic link may lead outside too.
        if !file.starts_with(found(&folder)?) {
            return Err("it is outside of the folder of the description".to_owned());
        }
        fs::read(file).map_err(|error| error.to_string())
    })
}

/// Returns the committed files beside the description of the workspace `root`.
pub(crate) fn committed(root: &Path) -> Files {
    let root = root.to_path_buf();
    Files::new(move |path| match git_show(path, &root).output() {
        Ok(output) if output.status.success() => Ok(output.stdout),
        _ => Err("it is not committed".to_owned()),
    })
}

/// Returns the command that prints the committed version of a file in the folder of the description.
pub(crate) fn git_show(path: &str, root: &Path) -> Command {
    let mut git = Command::new("git");
    // The path in git's notation is relative to the folder git runs in.
    git.current_dir(root)
        .args(["show", &format!("HEAD:./spec/{path}")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    git
}
