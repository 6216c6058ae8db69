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
use crate::problem::Problem;
use crate::source::Source;
use crate::source::pointer::{LazyPointer, Pointer};

/// Everything that is wrong with a description, in no particular order.
pub(crate) fn check(source: &Source<'_>) -> Vec<Problem> {
    let mut checker = Checker {
        root: &source.root,
        problems: Vec::new(),
        malformed: HashSet::new(),
        schemas: Vec::new(),
        example_holders: Vec::new(),
        references: Vec::new(),
        ends: HashMap::new(),
        components: references::components(&source.root),
    };
    let root = Pointer::root();
    checker.object(&source.root, &LazyPointer::To(&root), &OPENAPI);
    checker.check_references();
    checker.check_operations();
    checker.check_schemas();
    checker.check_examples();
    checker.problems
}
