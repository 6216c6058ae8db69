//! What is said of a run.

use diffy::DiffOptions;

use crate::compare::Changes;

/// The longest diff that is shown of one file, in lines.
const DIFF_LINES: usize = 60;

/// What there is to report.
pub(crate) struct Report<'a> {
    pub(crate) changes: &'a Changes,
    /// The folder of the crate, as shown.
    pub(crate) out: &'a str,
    /// The description, as shown.
    pub(crate) spec: &'a str,
    /// The command that brings the crate up to date.
    pub(crate) mend: String,
}

impl Report<'_> {
    pub(crate) fn up_to_date(&self) -> String {
        format!(
            "{}/src is up to date: {} files",
            self.out, self.changes.unchanged
        )
    }

    pub(crate) fn written(&self) -> String {
        let mut text = String::new();
        let groups = [
            ("changed", self.changes.changed.keys().collect::<Vec<_>>()),
            ("new", self.changes.missing.keys().collect()),
            ("removed", self.changes.stale.iter().collect()),
        ];
        for (word, paths) in groups {
            for path in paths {
                text.push_str(&format!("{word}: {}/{path}\n", self.out));
            }
        }
        let Changes {
            changed,
            missing,
            stale,
            unchanged,
            ..
        } = self.changes;
        text.push_str(&format!(
            "{}/src: {} files written, {} removed, {unchanged} up to date",
            self.out,
            changed.len() + missing.len(),
            stale.len(),
        ));
        text
    }

    /// Everything that differs, each with its diff, and the command that mends it.
    pub(crate) fn drift(&self) -> String {
        let Report {
            changes,
            out,
            spec,
            mend,
        } = self;
        let mut text = format!("error: {out}/src does not match {spec}\n");
        for (path, (has, wanted)) in &changes.changed {
            text.push_str(&format!("\nchanged: {out}/{path}\n{}", diff(has, wanted)));
        }
        for (path, wanted) in &changes.missing {
            text.push_str(&format!("\nmissing: {out}/{path}\n{}", diff("", wanted)));
        }
        for path in &changes.stale {
            text.push_str(&format!("\nstale: {out}/{path} is no longer generated\n"));
        }
        if !changes.changed.is_empty() || !changes.missing.is_empty() || !changes.stale.is_empty() {
            text.push_str(&format!("\nhelp: to bring it up to date, run: {mend}\n"));
        }
        if !changes.foreign.is_empty() {
            text.push_str(&format!("\n{}\n", self.foreign()));
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// The files that the generator has not written.
    pub(crate) fn foreign(&self) -> String {
        let mut text = String::new();
        for path in &self.changes.foreign {
            text.push_str(&format!(
                "error: {}/{path} was not written by the generator, which therefore leaves it alone\n",
                self.out
            ));
        }
        text.push_str(&format!(
            "help: everything in {}/src is generated; move the file elsewhere, or delete it, and \
             then run: {}",
            self.out, self.mend
        ));
        text
    }
}

/// What would change, `-` as it is and `+` as it should be.
fn diff(has: &str, wanted: &str) -> String {
    let mut options = DiffOptions::new();
    options.set_context_len(2);
    let text = options.create_patch(has, wanted).to_string();
    // Without the two lines that name the files.
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
