//! The differences between two descriptions, in the API's own terms, and what each means for programs
//! that use the generated client.
//!
//! The rules follow from the shape of the output. Structs and enums are non-exhaustive, so that fields
//! and values can be added. The types of requests have `new`, which takes the required fields. Required
//! parameters are arguments of methods, and optional ones are fields of a struct.

mod bodies;
mod fields;
mod operations;
mod parameters;
mod security;
mod type_names;
mod types;

use std::fmt;

use crate::diagnostic::Diagnostics;
use crate::names::type_name;
use crate::options::{Files, Options};
use crate::pipeline;
use crate::plan::Plan;

/// What a change means for programs that use the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impact {
    /// Some programs do not compile any more.
    Breaking,
    /// All programs compile, but some of them send or receive something else.
    Behaviour,
    /// All programs compile and do the same as before.
    Compatible,
}

impl Impact {
    fn as_str(self) -> &'static str {
        match self {
            Impact::Breaking => "breaking",
            Impact::Behaviour => "behaviour",
            Impact::Compatible => "compatible",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for programs.
    pub impact: Impact,
    /// What changed and, where that is not obvious, what follows for programs.
    pub text: String,
}

/// The differences between two descriptions: operations first, then types, in the order of the new
/// description. `Display` prints one line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// Number of changes with this impact.
    pub fn count(&self, impact: Impact) -> usize {
        let changes = self.0.iter().filter(|change| change.impact == impact);
        changes.count()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Change { impact, text } in &self.0 {
            writeln!(f, "  {:<10}  {text}", impact.as_str())?;
        }
        Ok(())
    }
}

/// Compares the description `old` with `new`, which is generated with `options`. Messages call the old
/// one `old_path`; `old_files` are the files that it refers to.
///
/// # Errors
///
/// If one of the two cannot be generated. Errors of the old one are reported first.
pub fn changes(
    old: &[u8],
    old_path: &str,
    old_files: &Files,
    new: &[u8],
    options: &Options,
) -> Result<Changes, Diagnostics> {
    // The run that generates the client reports warnings.
    let new_options = Options {
        deny_warnings: false,
        ..options.clone()
    };
    let old_options = Options {
        spec_path: old_path.to_owned(),
        files: old_files.clone(),
        ..new_options.clone()
    };
    let old = pipeline::lower(old, &old_options)?.api;
    let new = pipeline::lower(new, &new_options)?.api;
    let mut diff = ApiDiff {
        old: &Plan::of(&old, &old_options),
        new: &Plan::of(&new, &new_options),
        renamed: Vec::new(),
        changes: Vec::new(),
    };
    diff.api();
    diff.operations();
    diff.types();
    Ok(Changes(diff.changes))
}

/// Compares the plans of two clients, and collects the differences.
struct ApiDiff<'a> {
    old: &'a Plan<'a>,
    new: &'a Plan<'a>,
    /// The old and the new IDs of renamed operations, as their types begin with them.
    renamed: Vec<(String, String)>,
    changes: Vec<Change>,
}

impl ApiDiff<'_> {
    fn breaking(&mut self, text: impl Into<String>) {
        self.change(Impact::Breaking, text);
    }

    fn behaviour(&mut self, text: impl Into<String>) {
        self.change(Impact::Behaviour, text);
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

    /// Reports an item that was added or removed, and returns the two items of any other pair.
    fn kept<'t, T>(
        &mut self,
        pair: Pair<'t, T>,
        subject: impl Fn(&T) -> String,
    ) -> Option<(&'t T, &'t T)> {
        match pair {
            Pair::Added(item) => self.compatible(format!("{} added", subject(item))),
            Pair::Removed(item) => self.breaking(format!("{} removed", subject(item))),
            Pair::Both(old, new) => return Some((old, new)),
        }
        None
    }

    fn rename(&mut self, old_id: &str, new_id: &str) {
        self.renamed.push((type_name(old_id), type_name(new_id)));
    }

    /// Returns the new name of an old type. It differs if the type is named after a renamed
    /// operation.
    fn new_name(&self, old: &str) -> String {
        let is_there = |name: &str| self.new.types.get(name).is_some();
        let mut renamed = self.renamed.iter().filter_map(|(before, after)| {
            let rest = old.strip_prefix(before.as_str())?;
            Some(format!("{after}{rest}")).filter(|name| is_there(name))
        });
        match is_there(old) {
            true => old.to_owned(),
            false => renamed.next().unwrap_or_else(|| old.to_owned()),
        }
    }
}

/// An item of two lists.
enum Pair<'t, T> {
    Added(&'t T),
    Removed(&'t T),
    Both(&'t T, &'t T),
}

/// Pairs the items of two lists: those of the new list in their order, then the removed ones.
fn pairs<'t, T>(old: &'t [T], new: &'t [T], is_same: impl Fn(&T, &T) -> bool) -> Vec<Pair<'t, T>> {
    let kept = new.iter().map(|item| {
        let before = old.iter().find(|other| is_same(other, item));
        before.map_or(Pair::Added(item), |before| Pair::Both(before, item))
    });
    let removed = old
        .iter()
        .filter(|item| !new.iter().any(|other| is_same(item, other)));
    kept.chain(removed.map(Pair::Removed)).collect()
}
