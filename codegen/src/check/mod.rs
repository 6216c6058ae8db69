//! Checks the node tree against OpenAPI 3.0: the structure of every object, and what the objects mean.
//! Reports all problems at once, but none that only follows from another.

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

use crate::code::Code;
use crate::openapi::objects::OPENAPI;
use crate::problem::{At, Problem};
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Node, Source};
use references::{Component, End};

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

/// What the parts of the check share.
struct Checker<'a> {
    root: &'a Node,
    problems: Vec<Problem>,
    /// The objects with an error in their own keys.
    malformed: HashSet<*const Node>,
    /// Every Schema Object.
    schemas: Vec<Located<'a>>,
    /// The objects that have examples next to a schema.
    example_holders: Vec<Located<'a>>,
    references: Vec<Reference<'a>>,
    /// What each reference resolves to, by its text.
    ends: HashMap<&'a str, End<'a>>,
    /// The entries of `components`, by section and name.
    components: HashMap<(&'a str, &'a str), Component<'a>>,
}

/// An object and its location.
#[derive(Clone)]
struct Located<'a> {
    node: &'a Node,
    at: Pointer,
}

/// A Reference Object.
struct Reference<'a> {
    target: &'a str,
    /// The text of the reference.
    at: Pointer,
    /// The section of `components` that it has to refer to.
    section: &'static str,
    object: &'static str,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, message: String, at: At, label: &str, help: &str) {
        let problem = Problem::new(code, message, at, label);
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }

    /// Whether an object has an error in its own keys, so that a missing key may be a misspelt one.
    fn is_malformed(&self, node: &Node) -> bool {
        self.malformed.contains(&std::ptr::from_ref(node))
    }
}
