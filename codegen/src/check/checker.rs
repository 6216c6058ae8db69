//! What the checks of the meaning share.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::structure::UNUSED;
use crate::chains::End;
use crate::code::Code;
use crate::openapi::object_model::Object;
use crate::openapi::objects::{HEADER, MEDIA_TYPE, OPENAPI, PARAMETER, PATH_ITEM, SCHEMA};
use crate::openapi::reference::{mapping_of, reference_of};
use crate::openapi::walk::walk;
use crate::problem::{At, Problem};
use crate::source::Node;
use crate::source::pointer::{LazyPointer, Pointer};

/// The state of a check of a document of OpenAPI 3.0 whose structure is right.
pub(crate) struct Checker<'a> {
    pub(super) root: &'a Node,
    pub(crate) problems: Vec<Problem>,
    /// The spans of the objects with an error in their own keys.
    pub(super) malformed: HashSet<Range<usize>>,
    /// Every Schema Object.
    pub(super) schemas: Vec<Located<'a>>,
    /// The objects that have examples next to a schema.
    pub(super) example_holders: Vec<Located<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    /// The places that the client does not use.
    pub(super) unused: HashSet<Pointer>,
    /// What each reference resolves to, by its text.
    pub(super) ends: HashMap<&'a str, End<Located<'a>>>,
    /// The entries of `components`, by section and name.
    pub(super) components: HashMap<(&'a str, &'a str), &'a Node>,
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

impl<'a> Checker<'a> {
    /// Collects what the checks need. What is wrong with the structure is known already.
    pub(crate) fn new(
        root: &'a Node,
        problems: Vec<Problem>,
        malformed: HashSet<Range<usize>>,
    ) -> Self {
        let mut checker = Checker {
            root,
            problems,
            malformed,
            schemas: Vec::new(),
            example_holders: Vec::new(),
            references: Vec::new(),
            unused: HashSet::new(),
            ends: HashMap::new(),
            components: components(root),
        };
        let at = Pointer::root();
        walk(
            root,
            &LazyPointer::To(&at),
            &OPENAPI,
            &mut |node, at, object| checker.collect(node, at, object),
        );
        checker
    }

    /// Returns whether the object may contain others.
    fn collect(&mut self, node: &'a Node, at: &LazyPointer<'_>, object: &'static Object) -> bool {
        if let Some(section) = object.section
            && let Some(target) = reference_of(node)
        {
            self.references.push(Reference {
                target,
                at: at.child("$ref").pointer(),
                section,
                object: object.name,
            });
            if !object.is(&PATH_ITEM) {
                return false;
            }
        }
        let located = || Located {
            node,
            at: at.pointer(),
        };
        if object.is(&SCHEMA) {
            let schema = located();
            self.add_mapping(node, &schema.at);
            self.schemas.push(schema);
        } else if [&MEDIA_TYPE, &PARAMETER, &HEADER]
            .iter()
            .any(|it| object.is(it))
        {
            self.example_holders.push(located());
        }
        let keys = node.entries().iter().map(|entry| entry.key.as_str());
        let unused = keys.filter(|key| UNUSED.contains(key) && object.has(key));
        self.unused
            .extend(unused.map(|key| at.child(key).pointer()));
        true
    }

    /// Notes the references in the mapping of a discriminator.
    fn add_mapping(&mut self, schema: &'a Node, at: &Pointer) {
        let references = mapping_of(schema).iter().filter_map(|entry| {
            Some(Reference {
                target: entry.value.string()?,
                at: at.descend(["discriminator", "mapping", &entry.key]),
                section: "schemas",
                object: SCHEMA.name,
            })
        });
        self.references.extend(references);
    }

    pub(super) fn report(&mut self, code: Code, message: String, at: At, label: &str, help: &str) {
        let problem = Problem::new(code, message, at, label);
        self.problems.push(problem.help(help));
    }

    /// Whether an object has an error in its own keys, so that a missing key may be a misspelt one.
    pub(super) fn is_malformed(&self, node: &Node) -> bool {
        self.malformed.contains(&node.span)
    }
}

/// The entries of `components`, by section and name.
fn components(root: &Node) -> HashMap<(&str, &str), &Node> {
    let sections = root.entries_of("components").iter();
    let entries = sections.flat_map(|section| {
        let entries = section.value.entries().iter();
        entries.map(|entry| ((section.key.as_str(), entry.key.as_str()), &entry.value))
    });
    entries.collect()
}
