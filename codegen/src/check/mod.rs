//! Checks the node tree against OpenAPI 3.0: the shape of every object, and what the objects mean. All
//! of it is told at once, but nothing that only follows from another mistake.

mod departures;
mod extensions;
mod keys;
mod lists;
mod misnamed;
mod model;
mod operations;
mod references;
mod schemas;
mod security;
mod shape;
pub(crate) mod suggest;
mod unused;
mod values;

use std::collections::{HashMap, HashSet};

use crate::problem::Problem;
use crate::source::pointer::{LazyPointer, Pointer};
use crate::source::{Node, Source};

/// Everything that is wrong with a description, in no order.
pub(crate) fn check(source: &Source<'_>) -> Vec<Problem> {
    let mut checker = Checker {
        root: &source.root,
        problems: Vec::new(),
        misshapen: HashSet::new(),
        schemas: Vec::new(),
        carriers: Vec::new(),
        references: Vec::new(),
        targets: HashMap::new(),
    };
    let root = Pointer::root();
    checker.object(&source.root, &LazyPointer::To(&root), &model::OPENAPI);
    checker.check_references();
    checker.check_operations();
    checker.check_schemas();
    checker.check_values();
    checker.problems
}

/// What the parts of the check share.
struct Checker<'a> {
    root: &'a Node,
    problems: Vec<Problem>,
    /// The objects that have a mistake among their own keys.
    misshapen: HashSet<*const Node>,
    /// Every Schema Object, wherever it stands.
    schemas: Vec<Located<'a>>,
    /// The objects that hold examples of a schema beside it.
    carriers: Vec<Located<'a>>,
    references: Vec<Reference<'a>>,
    /// The objects that references lead to, by the text of the reference.
    targets: HashMap<&'a str, &'a Node>,
}

/// An object and its place.
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
    /// The section of the components that it has to lead to.
    section: &'static str,
    object: &'static str,
}

impl Checker<'_> {
    /// Whether an object has a mistake among its own keys, so that what it lacks may only be misspelt.
    fn is_misshapen(&self, node: &Node) -> bool {
        self.misshapen.contains(&std::ptr::from_ref(node))
    }
}
