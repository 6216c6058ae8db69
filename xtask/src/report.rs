//! The messages of `cargo xtask codegen` about files.

use std::path::Path;

use diffy::DiffOptions;

use crate::file_changes::FileChanges;
use crate::paths::shown;

/// Maximum length of the diff of one file, in lines.
const DIFF_LINES: usize = 60;

/// A comparison of the output with the crate, to be reported.
pub(crate) struct Report<'a> {
    pub(crate) changes: &'a FileChanges,
    /// The folder of the crate, as messages show it.
    pub(crate) out: &'a str,
    /// The description, as messages show it.
    pub(crate) spec: &'a str,
    /// The command that brings the crate up to date.
    pub(crate) command: String,
}

impl Report<'_> {
    pub(crate) fn up_to_date(&self) -> String {
        format!(
            "{}/src is up to date: {} files",
            self.out, self.changes.unchanged
        )
    }

    pub(crate) fn written(&self) -> String {
        let FileChanges {
            changed,
            missing,
            stale,
            unchanged,
            ..
        } = self.changes;
        let paths = (changed.keys().map(|path| ("changed", Path::new(path))))
            .chain(missing.keys().map(|path| ("new", Path::new(path))))
            .chain(stale.iter().map(|path| ("removed", path.as_path())));
        let line = |(word, path)| format!("{word}: {}/{}\n", self.out, shown(path));
        let mut text: String = paths.map(line).collect();
        text.push_str(&format!(
            "{}/src: {} files written, {} removed, {unchanged} up to date",
            self.out,
            changed.len() + missing.len(),
            stale.len(),
        ));
        text
    }

    /// Every difference, with its diff, and the command that brings the crate up to date.
    pub(crate) fn out_of_date(&self) -> String {
        let Report {
            changes,
            out,
            spec,
            command,
        } = self;
        let mut text = format!("error: {out}/src does not match {spec}\n");
        for (path, (present, new)) in &changes.changed {
            text.push_str(&format!("\nchanged: {out}/{path}\n{}", diff(present, new)));
        }
        for (path, new) in &changes.missing {
            text.push_str(&format!("\nmissing: {out}/{path}\n{}", diff("", new)));
        }
        for path in &changes.stale {
            let path = shown(path);
            text.push_str(&format!("\nstale: {out}/{path} is no longer generated\n"));
        }
        if !changes.changed.is_empty() || !changes.missing.is_empty() || !changes.stale.is_empty() {
            text.push_str(&format!("\nhelp: to bring it up to date, run: {command}\n"));
        }
        if !changes.foreign.is_empty() {
            text.push_str(&format!("\n{}\n", self.foreign()));
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Files in the generated folder that the generator did not write.
    pub(crate) fn foreign(&self) -> String {
        let mut text = String::new();
        for path in &self.changes.foreign {
            text.push_str(&format!(
                "error: {}/{} was not written by the generator, so it is left alone\n",
                self.out,
                shown(path)
            ));
        }
        text.push_str(&format!(
            "help: {}/src holds generated files only; move or delete the file, then run: {}",
            self.out, self.command
        ));
        text
    }
}

/// Returns a diff: `-` for the present text, `+` for the new one.
fn diff(present: &str, new: &str) -> String {
    let mut options = DiffOptions::new();
    options.set_context_len(2);
    let text = options.create_patch(present, new).to_string();
    // The first two lines name the files.
    let lines: Vec<&str> = text.lines().skip(2).collect();
    let mut shown: String = lines
        .iter()
        .take(DIFF_LINES)
        .map(|line| format!("    {line}\n"))
        .collect();
    if lines.len() > DIFF_LINES {
        shown.push_str(&format!(
            "    ... {} more lines\n",
            lines.len() - DIFF_LINES
        ));
    }
    shown
}
