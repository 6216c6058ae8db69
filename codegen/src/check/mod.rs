//! Checks the node tree against OpenAPI: first the structure of every object, as the document is written,
//! and then, in its form of OpenAPI 3.0, what the objects mean. Reports all problems at once, but none
//! that only follows from another.

mod checker;
mod duplicates;
mod example_keys;
mod examples;
mod limits;
mod operations;
mod parameters;
mod references;
mod schemas;
mod security;
mod structure;
pub(crate) mod suggest;
mod tags;
mod unused_components;
mod validation;

use std::mem::take;

use self::checker::Located;
use crate::openapi::reference::Reference as Target;
use crate::problem::Problem;
use crate::reachability::Links;
use crate::source::pointer::Pointer;

pub(crate) use self::checker::Checker;
pub(crate) use self::structure::Structure;

impl Checker<'_> {
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
        let references = references
            .filter_map(|reference| Some((reference.at, Target::local(reference.target)?)));
        Links {
            references: references.collect(),
            unused: self.unused,
        }
    }
}
