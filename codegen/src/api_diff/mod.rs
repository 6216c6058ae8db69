//! What changed between two descriptions, in the API's own terms, and which of it breaks programs
//! that use the generated client.
//!
//! The rules follow from the shape of the output: structs and enums are non-exhaustive, so that
//! fields and values can be added; types that callers make have `new`, which takes the required
//! fields; required parameters are arguments of methods, and optional ones are fields of a struct.

mod contents;
mod fields;
mod operations;
mod parameters;
mod security;
mod types;
mod values;

use std::fmt;

use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::pipeline;
use crate::plan::Plan;

/// What a change means for a program that uses the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impact {
    /// Some program that compiled does not compile any more.
    Breaking,
    /// Every program that compiled still does.
    Compatible,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for programs.
    pub impact: Impact,
    /// What changed and, where that is not plain, what follows for programs.
    pub text: String,
}

/// What changed between two descriptions: operations first, then types, in the new one's order.
/// `Display` shows a line for each, and none where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// How many changes are breaking, and how many are compatible.
    pub fn count(&self) -> (usize, usize) {
        let is_breaking = |change: &&Change| change.impact == Impact::Breaking;
        let breaking = self.0.iter().filter(is_breaking).count();
        (breaking, self.0.len() - breaking)
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Change { impact, text } in &self.0 {
            let impact = match impact {
                Impact::Breaking => "breaking",
                Impact::Compatible => "compatible",
            };
            writeln!(f, "  {impact:<10}  {text}")?;
        }
        Ok(())
    }
}

/// Compares the description `old` with `new`. `options` are those that `new` is generated with;
/// `old_path` is the path of the other one, as messages name it.
///
/// # Errors
///
/// If one of them cannot be generated: what is wrong with the old one first.
pub fn changes(
    old: &[u8],
    old_path: &str,
    new: &[u8],
    options: &Options,
) -> Result<Changes, Diagnostics> {
    // Of warnings, the run that generates has told.
    let new_options = Options {
        deny_warnings: false,
        ..options.clone()
    };
    let old_options = Options {
        spec_path: old_path.to_owned(),
        ..new_options.clone()
    };
    let old = pipeline::lower(old, &old_options, &mut |_| ())?.api;
    let new = pipeline::lower(new, &new_options, &mut |_| ())?.api;
    let mut diff = ApiDiff {
        old: &Plan::of(&old, &old_options),
        new: &Plan::of(&new, &new_options),
        changes: Vec::new(),
    };
    diff.api();
    diff.operations();
    diff.types();
    Ok(Changes(diff.changes))
}

/// Compares the plans of two clients, and collects what differs.
struct ApiDiff<'a> {
    old: &'a Plan<'a>,
    new: &'a Plan<'a>,
    changes: Vec<Change>,
}

impl ApiDiff<'_> {
    fn breaking(&mut self, text: impl Into<String>) {
        self.change(Impact::Breaking, text);
    }

    fn compatible(&mut self, text: impl Into<String>) {
        self.change(Impact::Compatible, text);
    }

    fn change(&mut self, impact: Impact, text: impl Into<String>) {
        let text = text.into();
        self.changes.push(Change { impact, text });
    }

    fn deprecation(&mut self, subject: &str, old: bool, new: bool) {
        match (old, new) {
            (false, true) => self.compatible(format!("{subject} is deprecated")),
            (true, false) => self.compatible(format!("{subject} is no longer deprecated")),
            (true, true) | (false, false) => {}
        }
    }
}
