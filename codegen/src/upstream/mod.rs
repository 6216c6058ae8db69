//! Compares a description with the document that the vendor publishes, for the operations that the
//! description has.
//!
//! Both are read as trees of nodes, not as APIs: a client need not be generated from the vendor's
//! document, and each difference has a location in both texts. Both are rewritten to OpenAPI 3.0, so that
//! their versions may differ.
//!
//! Compared are the server URLs; the operations with their security, parameters, bodies and responses;
//! names of response headers; media types; and of schemas everything that a value depends on: type,
//! format, nullability, enum, properties, limits such as `maxLength`, `deprecated`. A departure can be
//! listed for each of these, as [`openapi::departure`](crate::openapi::departure) says.
//!
//! Not compared, as a client does not depend on them or the description rewrites them on purpose:
//! texts, examples, defaults, `readOnly` and `writeOnly`, the schemas of response headers, servers of a
//! path or an operation, server variables, callbacks, links, discriminators, the encoding of forms,
//! names of components, tags and operation ids.

mod departures;
mod differences;
mod document;
mod finding;
mod operations;
mod parameters;
mod report;
mod schema;
mod schemas;
mod security;
mod servers;

use std::collections::{HashSet, VecDeque};

use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::pipeline;
use crate::source::{self, Node, Source};
use departures::Declared;
pub use departures::Departure;
use document::{Document, Located};
use finding::Finding;
pub use report::{Difference, Place, Report};

/// Compares the description `ours` with the vendor's document `theirs`. Reports every difference that
/// the description does not list as a departure, and every departure that matches no difference.
///
/// # Errors
///
/// Fails if the description has errors, or the vendor's document is not an OpenAPI 3 document.
pub fn upstream(
    ours: &[u8],
    theirs: &[u8],
    theirs_path: &str,
    options: &Options,
) -> Result<Report, Diagnostics> {
    pipeline::lower(ours, options)?;
    let ours = document::read(ours, &options.spec_path)?;
    let theirs = document::read(theirs, theirs_path)?;
    let mut diff = UpstreamDiff::new(&ours.root, &theirs.root);
    diff.servers();
    let operations = diff.operations();
    diff.compare_schemas();
    diff.unused_departures();
    let departures = diff.declared.len();
    let findings = diff.found.into_iter().map(|(finding, _)| finding);
    Ok(Report::new(
        &ours, &theirs, findings, operations, departures,
    ))
}

/// The departures that a description lists, in the order of the text.
///
/// # Errors
///
/// Fails if the description is not well-formed.
pub fn departures(text: &[u8], path: &str) -> Result<Vec<Departure>, Diagnostics> {
    let source: Source<'_> = source::read(text, path)?;
    let declared = departures::declared(&source.root);
    Ok(declared.into_iter().map(|one| one.departure).collect())
}

/// The comparison of two documents.
struct UpstreamDiff<'a> {
    ours: Document<'a>,
    theirs: Document<'a>,
    /// Differences, each with the declared departures that might explain it. A difference is reported
    /// only if every such departure explains another one.
    found: Vec<(Finding, Vec<usize>)>,
    declared: Vec<Declared>,
    /// Pairs of schemas that are still to be compared, each with its name.
    queue: VecDeque<(String, Located<'a>, Located<'a>)>,
    /// Pairs of schemas that were compared.
    seen: HashSet<(*const Node, *const Node)>,
}

impl<'a> UpstreamDiff<'a> {
    fn new(ours: &'a Node, theirs: &'a Node) -> Self {
        UpstreamDiff {
            ours: Document::new(ours),
            theirs: Document::new(theirs),
            found: Vec::new(),
            declared: departures::declared(ours),
            queue: VecDeque::new(),
            seen: HashSet::new(),
        }
    }

    /// Reports the departures that match no difference, instead of the differences that they may have
    /// been meant for.
    fn unused_departures(&mut self) {
        let declared = &self.declared;
        self.found.retain(|(_, candidates)| {
            let mut candidates = candidates.iter();
            !candidates.any(|index| declared[*index].is_stale())
        });
        let paths = self.theirs.root.place_of("paths");
        let stale = declared.iter().filter_map(|one| one.stale(&paths));
        let stale: Vec<Finding> = stale.collect();
        let stale = stale.into_iter().map(|found| (found, Vec::new()));
        self.found.extend(stale);
    }
}
