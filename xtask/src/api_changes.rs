//! What changed in the API: compares the description with the committed one, or with another file.

use std::path::{Path, PathBuf};
use std::process::Child;

use codegen::{Changes, Impact, Options, Output};

use crate::failure::Failure;
use crate::{other_files, paths};

/// The description to compare with.
pub(crate) enum Base {
    /// A file that the user named.
    File(PathBuf),
    /// The committed description. Git reads it while the generator works.
    Committed(Child),
    /// None: the description is not that of the workspace, or git is not installed.
    None,
}

impl Base {
    /// Selects the file `base` if there is one. Otherwise starts git if `spec` is the description
    /// of the workspace.
    pub(crate) fn select(base: Option<&Path>, spec: &Path, root: &Path) -> Base {
        if let Some(path) = base {
            return Base::File(path.to_path_buf());
        }
        if spec != paths::own_spec(root) {
            return Base::None;
        }
        let git = other_files::git_show("openapi.yaml", root).spawn();
        git.map_or(Base::None, Base::Committed)
    }

    /// Summarizes what changed from this description to `text`; `None` if they are the same, or if
    /// there is no description to compare with.
    pub(crate) fn summarize_changes(
        self,
        text: &[u8],
        output: &Output,
        options: &Options,
        root: &Path,
    ) -> Result<Option<String>, Failure> {
        let (base, files, name, is_requested) = match self {
            Base::None => return Ok(None),
            Base::File(path) => {
                let text = paths::read(&path, root)?;
                let files = other_files::beside(&path);
                (text, files, paths::display(&path, root), true)
            }
            // Fails outside a repository, and before the first commit.
            Base::Committed(git) => match git.wait_with_output() {
                Ok(output) if output.status.success() => {
                    let files = other_files::committed(root);
                    (output.stdout, files, "the last commit".to_owned(), false)
                }
                _ => return Ok(None),
            },
        };
        // Git may have converted the line ends.
        let lines = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\r').collect();
        let is_same = Vec::<u8>::eq(&lines(text), &lines(&base));
        if is_same && output.other_files.is_empty() {
            return Ok(None);
        }
        match codegen::changes(&base, &name, &files, text, options) {
            Ok(changes) if is_same && changes.0.is_empty() => Ok(None),
            Ok(changes) => Ok(Some(summary(&changes, &name))),
            Err(diagnostics) if is_requested => Err(Failure::Description(diagnostics)),
            Err(_) => Ok(Some(format!(
                "cannot list the API changes since {name}: the description there has errors"
            ))),
        }
    }
}

fn summary(changes: &Changes, name: &str) -> String {
    if changes.0.is_empty() {
        return format!("no API change since {name}, only texts or layout");
    }
    format!(
        "API changes since {name}, {} of them breaking:\n{}",
        changes.count(Impact::Breaking),
        changes.to_string().trim_end()
    )
}
