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

use std::collections::HashMap;
use std::fmt;

use crate::diagnostic::Diagnostics;
use crate::ir::{Api, TypeDefinition};
use crate::options::Options;
use crate::pipeline::understand;

/// What a change means for a program that uses the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Some program that compiled does not compile any more.
    Breaking,
    /// Every program that compiled still does.
    Compatible,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for programs.
    pub effect: Effect,
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
        let is_breaking = |change: &&Change| change.effect == Effect::Breaking;
        let breaking = self.0.iter().filter(is_breaking).count();
        (breaking, self.0.len() - breaking)
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Change { effect, text } in &self.0 {
            let effect = match effect {
                Effect::Breaking => "breaking",
                Effect::Compatible => "compatible",
            };
            writeln!(f, "  {effect:<10}  {text}")?;
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
    let old = understand(old, &old_options, &mut |_| ())?.api;
    let new = understand(new, &new_options, &mut |_| ())?.api;
    let mut comparer = Comparer {
        old: Side::of(&old, &old_options),
        new: Side::of(&new, &new_options),
        changes: Vec::new(),
    };
    comparer.api();
    comparer.operations();
    comparer.types();
    Ok(Changes(comparer.changes))
}

/// Goes through both descriptions, and notes what differs.
struct Comparer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    changes: Vec<Change>,
}

/// One of the two.
struct Side<'a> {
    api: &'a Api,
    options: &'a Options,
    definitions: HashMap<&'a str, &'a TypeDefinition>,
}

impl<'a> Side<'a> {
    fn of(api: &'a Api, options: &'a Options) -> Self {
        let definitions = api.types.iter();
        Side {
            api,
            options,
            definitions: definitions
                .map(|definition| (definition.name.as_str(), definition))
                .collect(),
        }
    }
}

impl Comparer<'_> {
    fn breaking(&mut self, text: impl Into<String>) {
        self.change(Effect::Breaking, text);
    }

    fn compatible(&mut self, text: impl Into<String>) {
        self.change(Effect::Compatible, text);
    }

    fn change(&mut self, effect: Effect, text: impl Into<String>) {
        let text = text.into();
        self.changes.push(Change { effect, text });
    }

    fn deprecation(&mut self, subject: &str, old: bool, new: bool) {
        match (old, new) {
            (false, true) => self.compatible(format!("{subject} is deprecated")),
            (true, false) => self.compatible(format!("{subject} is no longer deprecated")),
            (true, true) | (false, false) => {}
        }
    }
}
