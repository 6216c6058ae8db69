//! What the parts of the check share.

use std::collections::{HashMap, HashSet};

use crate::code::Code;
use crate::openapi::version::Version;
use crate::problem::{At, Problem};
use crate::readings::Readings;
use crate::source::Node;
use crate::source::pointer::Pointer;

/// The state of a check.
pub(crate) struct Checker<'a> {
    pub(super) root: &'a Node,
    pub(super) version: Version,
    pub(crate) problems: Vec<Problem>,
    /// The objects with an error in their own keys.
    pub(super) malformed: HashSet<*const Node>,
    /// Every Schema Object.
    pub(super) schemas: Vec<Located<'a>>,
    /// The objects that have examples next to a schema.
    pub(super) example_holders: Vec<Located<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    /// The places that the client does not use.
    pub(super) unused: HashSet<Pointer>,
    /// Whether the current place is in one of them.
    pub(super) is_unused: bool,
    /// How the parser reads what OpenAPI does not allow.
    pub(crate) readings: Readings<'a>,
    /// What each reference resolves to, by its text.
    pub(super) ends: HashMap<&'a str, End<'a>>,
    /// The entries of `components`, by section and name.
    pub(super) components: HashMap<(&'a str, &'a str), Component<'a>>,
}

/// An object and its location.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) node: &'a Node,
    pub(super) at: Pointer,
}

/// A Reference Object.
pub(super) struct Reference<'a> {
    pub(super) target: &'a str,
    /// The text of the reference.
    pub(super) at: Pointer,
    /// The section of `components` that it has to refer to.
    pub(super) section: &'static str,
    pub(super) object: &'static str,
}

/// An entry of `components`.
pub(super) struct Component<'a> {
    /// Its section and its name.
    pub(super) key: (&'a str, &'a str),
    pub(super) node: &'a Node,
}

/// The object at the end of a chain of references.
#[derive(Clone)]
pub(super) enum End<'a> {
    Object(Located<'a>),
    /// A reference in the chain does not resolve.
    Broken,
    Cycle,
}

impl Checker<'_> {
    pub(super) fn report(&mut self, code: Code, message: String, at: At, label: &str, help: &str) {
        let problem = Problem::new(code, message, at, label);
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }

    /// Whether an object has an error in its own keys, so that a missing key may be a misspelt one.
    pub(super) fn is_malformed(&self, node: &Node) -> bool {
        self.malformed.contains(&std::ptr::from_ref(node))
    }
}
