//! The problems of all stages: which of them are reported, and where.

use std::collections::HashSet;
use std::ops::Range;

use crate::code::{Code, Severity};
use crate::diagnostic::Diagnostics;
use crate::problem::Problem;
use crate::source::Source;
use crate::source::pointer::Pointer;

/// The problems that the stages have found in a description.
#[derive(Debug)]
pub(crate) struct Problems<'s> {
    pub(crate) source: &'s Source<'s>,
    deny_warnings: bool,
    pub(crate) list: Vec<Problem>,
}

impl<'s> Problems<'s> {
    pub(crate) fn new(source: &'s Source<'s>, deny_warnings: bool) -> Self {
        Problems {
            source,
            deny_warnings,
            list: Vec::new(),
        }
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    /// The problems of places that are unclear.
    pub(crate) fn unclear(&mut self) -> impl Iterator<Item = &mut Problem> {
        let list = self.list.iter_mut();
        list.filter(|problem| problem.is_unclear())
    }

    /// The places of what has been found.
    pub(crate) fn places(&self) -> HashSet<Pointer> {
        let places = self.list.iter().map(|problem| problem.at.pointer());
        places.cloned().collect()
    }

    /// The objects that have an invalid value under one of their keys, or lack a key.
    pub(crate) fn wrong_objects(&self) -> HashSet<Pointer> {
        let of_objects = self.list.iter().filter_map(|problem| match problem.code {
            Code::WrongType | Code::UnknownValue => problem.at.pointer().parent(),
            Code::MissingKey | Code::WrongReference => Some(problem.at.pointer().clone()),
            _ => None,
        });
        of_objects.collect()
    }

    /// Adds the problem that ends the run, and returns the diagnostics.
    pub(crate) fn fail(mut self, problem: Problem) -> Diagnostics {
        self.list.push(problem);
        self.into_diagnostics()
    }

    /// Finds the spans, and drops the problems that only follow from others.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        let wrong_objects = self.wrong_objects();
        let has_cause = self.list.iter().any(|problem| {
            !problem.follows && (problem.severity == Severity::Error || self.deny_warnings)
        });
        let list = self.list.into_iter();
        let list = list.filter(|problem| !problem.follows || !has_cause);
        let mut located: Vec<(Range<usize>, Problem)> = list
            .map(|problem| (self.source.locate(&problem.at), problem))
            .collect();
        let wrong_spans: HashSet<Range<usize>> = located
            .iter()
            .filter(|(_, problem)| problem.code.is_cause())
            .map(|(span, _)| span.clone())
            .collect();
        located.retain(|(span, problem)| {
            let place = problem.at.pointer();
            let object = place.parent();
            let is_in_wrong_object = wrong_objects.contains(place)
                || object.is_some_and(|object| wrong_objects.contains(&object));
            problem.code.is_cause() || (!wrong_spans.contains(span) && !is_in_wrong_object)
        });
        if self.deny_warnings {
            for (_, problem) in &mut located {
                problem.severity = Severity::Error;
            }
        }
        let located = located.into_iter();
        let located = located.map(|(span, problem)| problem.at(span));
        self.source.diagnostics(located.collect())
    }

    /// The warnings.
    ///
    /// # Errors
    ///
    /// All diagnostics, if there is an error or warnings are denied. If `failed` of the `operations`
    /// cannot be generated, the last line says what [`Options::keep_going`] does about it.
    ///
    /// [`Options::keep_going`]: crate::Options::keep_going
    pub(crate) fn into_warnings(
        self,
        failed: usize,
        operations: usize,
    ) -> Result<Diagnostics, Diagnostics> {
        let deny_warnings = self.deny_warnings;
        let diagnostics = self.into_diagnostics();
        if diagnostics.count().0 == 0 {
            return Ok(diagnostics);
        }
        let rest = operations.saturating_sub(failed);
        Err(match deny_warnings || failed == 0 {
            true => diagnostics,
            false if rest == 0 => diagnostics.with_note("note: `--keep-going` leaves no operation".to_owned()),
            false => diagnostics.with_note(format!(
                "help: `--keep-going` generates {rest} of {operations} operations and leaves out the \
                 others"
            )),
        })
    }
}
