//! Checks the node tree against OpenAPI 3.0: the structure of every object, and what the objects mean.
//! Reports all problems at once, but none that only follows from another.

mod checker;
mod departures;
mod duplicates;
mod example_keys;
mod examples;
mod extensions;
mod operations;
mod parameters;
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

use self::checker::{Checker, Located, Reference};
use crate::openapi::objects::OPENAPI;
use crate::openapi::reference::Reference as Target;
use crate::problem::Problem;
use crate::reachability::Links;
use crate::source::Source;
use crate::source::pointer::{LazyPointer, Pointer};

/// What the check finds.
pub(crate) struct Checked<'a> {
    /// Everything that is wrong with the description, in no particular order.
    pub(crate) problems: Vec<Problem>,
    references: Vec<Reference<'a>>,
    unused: HashSet<Pointer>,
}

impl Checked<'_> {
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

/// Checks a description.
pub(crate) fn check<'a>(source: &'a Source<'_>) -> Checked<'a> {
    let mut checker = Checker {
        root: &source.root,
        problems: Vec::new(),
        malformed: HashSet::new(),
        schemas: Vec::new(),
        example_holders: Vec::new(),
        references: Vec::new(),
        unused: HashSet::new(),
        ends: HashMap::new(),
        components: references::components(&source.root),
    };
    let root = Pointer::root();
    checker.object(&source.root, &LazyPointer::To(&root), &OPENAPI);
    checker.check_references();
    checker.check_operations();
    checker.check_schemas();
    checker.check_examples();
    Checked {
        problems: checker.problems,
        references: checker.references,
        unused: checker.unused,
    }
}
