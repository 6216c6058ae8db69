//! What all stages have found, and what of it is told.

use std::collections::HashSet;
use std::ops::Range;

use crate::code::Code;
use crate::code::Severity;
use crate::diagnostic::Diagnostics;
use crate::problem::Problem;
use crate::source::Source;
use crate::source::pointer::Pointer;

/// What the stages have found so far.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    source: &'s Source<'s>,
    deny_warnings: bool,
    problems: Vec<Problem>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(source: &'s Source<'s>, deny_warnings: bool) -> Self {
        Findings {
            source,
            deny_warnings,
            problems: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// The description that they are of.
    pub(crate) fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// Forgets the findings that this is false for.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Problem) -> bool) {
        self.problems.retain(keep);
    }

    /// The findings, for a stage that weighs them anew.
    pub(crate) fn problems_mut(&mut self) -> &mut [Problem] {
        &mut self.problems
    }

    /// The objects that have a wrong key, or a wrong value under one.
    pub(crate) fn wrong_objects(&self) -> HashSet<Pointer> {
        let is_of_shape = |problem: &&Problem| {
            matches!(
                problem.code,
                Code::UnknownKey | Code::MisplacedKey | Code::WrongType | Code::UnknownValue
            )
        };
        let errors = self.problems.iter().filter(is_of_shape);
        errors
            .filter_map(|problem| problem.at.pointer().parent())
            .collect()
    }

    /// Whether there is an error among them, which the next stage must not meet.
    pub(crate) fn has_errors(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.severity == Severity::Error)
    }

    /// All of it, for a run that ends here.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        let deny = self.deny_warnings;
        let wrong_objects = self.wrong_objects();
        // What only follows from a mistake that was told is no mistake of ours.
        let is_internal = |problem: &Problem| problem.code == Code::Internal;
        let only_internal = self
            .problems
            .iter()
            .all(|problem| is_internal(problem) || problem.severity == Severity::Warning);
        let told = self.problems.into_iter();
        let told = told.filter(|problem| only_internal || !is_internal(problem));
        let mut found: Vec<(Range<usize>, Problem)> = told
            .map(|problem| (self.source.locate(&problem.at), problem))
            .collect();
        // A warning or a refusal about the very text that an error is about follows from that, and
        // so may a refusal of an object that has a mistake of its own.
        let is_certain = |problem: &Problem| {
            problem.code.severity() == Severity::Error && problem.code != Code::NotGenerated
        };
        let wrong: HashSet<Range<usize>> = found
            .iter()
            .filter(|(_, problem)| is_certain(problem))
            .map(|(span, _)| span.clone())
            .collect();
        found.retain(|(span, problem)| {
            let is_of_wrong_object =
                problem.code == Code::NotGenerated && wrong_objects.contains(problem.at.pointer());
            is_certain(problem) || (!wrong.contains(span) && !is_of_wrong_object)
        });
        if deny {
            for (_, problem) in &mut found {
                problem.severity = Severity::Error;
            }
        }
        let found = found.into_iter();
        let found = found.map(|(span, problem)| problem.moved(|_| span));
        Diagnostics::new(self.source.path, self.source.text, found.collect())
    }

    /// The warnings, if there is nothing worse.
    pub(crate) fn into_warnings(self) -> Result<Diagnostics, Diagnostics> {
        let fails = self.has_errors() || (self.deny_warnings && !self.problems.is_empty());
        let diagnostics = self.into_diagnostics();
        if fails {
            Err(diagnostics)
        } else {
            Ok(diagnostics)
        }
    }
}
