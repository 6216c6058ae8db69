//! Checks the node tree against OpenAPI: the structure of every object, and what the objects mean.
//! Reports all problems at once, but none that only follows from another.

mod checker;
mod departures;
mod duplicates;
mod example_keys;
mod examples;
mod extensions;
mod operations;
mod other_version;
mod pages;
mod parameters;
mod reading;
mod references;
mod schemas;
mod security;
mod structure;
pub(crate) mod suggest;
mod tags;
mod unknown_keys;
mod unused_components;
mod validation;

use std::collections::{HashMap, HashSet};
use std::mem::take;

use self::checker::{Located, Reference};
use crate::code::Code;
use crate::openapi::objects::OPENAPI;
use crate::openapi::reference::Reference as Target;
use crate::openapi::version::Version;
use crate::problem::Problem;
use crate::reachability::Links;
use crate::readings::Readings;
use crate::source::Node;
use crate::source::pointer::{LazyPointer, Pointer};

pub(crate) use self::checker::Checker;

impl<'a> Checker<'a> {
    /// Checks the structure of a document of this version, its keys and the types of their values, and
    /// collects what the other checks need.
    pub(crate) fn structure(root: &'a Node, version: Version) -> Self {
        let mut checker = Checker {
            root,
            version,
            problems: Vec::new(),
            malformed: HashSet::new(),
            schemas: Vec::new(),
            example_holders: Vec::new(),
            references: Vec::new(),
            unused: HashSet::new(),
            is_unused: false,
            readings: Readings::default(),
            ends: HashMap::new(),
            components: references::components(root),
        };
        checker.object(root, &LazyPointer::To(&Pointer::root()), &OPENAPI);
        checker
    }

    /// Whether the document has parts that are written differently in OpenAPI 3.0.
    pub(crate) fn is_to_rewrite(&self) -> bool {
        let is_rewritten = |problem: &Problem| {
            matches!(
                problem.code,
                Code::OtherVersion | Code::BadStatus | Code::RelativePath
            )
        };
        self.version > Version::V3_0 || self.problems.iter().any(is_rewritten)
    }

    /// What is wrong with a document that is then rewritten. What is unclear is found again, at its
    /// place in the rewritten document.
    pub(crate) fn found_as_written(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.retain(|problem| !problem.is_unclear());
        problems
    }

    /// As [`Self::structure`], of a document that was rewritten to OpenAPI 3.0. Reports only what
    /// [`Self::found_as_written`] leaves out.
    pub(crate) fn rewritten_structure(root: &'a Node) -> Self {
        let mut checker = Checker::structure(root, Version::V3_0);
        checker.problems.retain(Problem::is_unclear);
        checker
    }

    /// Checks the meaning of a document of OpenAPI 3.0. Returns all problems that were found.
    pub(crate) fn meaning(&mut self) -> Vec<Problem> {
        self.check_references();
        self.check_operations();
        self.check_schemas();
        self.check_examples();
        take(&mut self.problems)
    }

    /// The links between the places of the description that the client uses.
    pub(crate) fn links(self) -> Links {
        let is_used = |place: &Pointer| !place.prefixes().any(|it| self.unused.contains(it));
        let references = self.references.into_iter();
        let references = references.filter(|reference| is_used(&reference.at));
        let references = references.map(|reference| {
            let target = match Target::local(reference.target) {
                Some(target) => target,
                None => {
                    Pointer::root().descend(["components", reference.section, reference.target])
                }
            };
            (reference.at, target)
        });
        Links {
            references: references.collect(),
            unused: self.unused,
        }
    }
}
