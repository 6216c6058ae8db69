//! Compares a description with the document that the vendor publishes, for the operations that the
//! description has.
//!
//! Both are read as trees of nodes, not as APIs: what is upstream need not be anything that a client
//! can be generated from, and each difference is shown with its place in both texts. Texts, examples
//! and limits, such as a maximum, are not compared: they do not change the client.

mod departures;
mod document;
mod lists;
mod operations;
mod parameters;
mod places;
mod report;
mod schema;
mod schemas;
mod security;

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::openapi::departure::KeywordValue;
use crate::openapi::extension::DEPARTURES;
use crate::options::Options;
use crate::pipeline;
use crate::source::{self, Node, NodeKind, Source};
use departures::Declared;
pub use departures::Departure;
use document::{Document, Spot};
pub use report::{Difference, Place, Report};

/// Compares the description `ours` with the vendor's document `theirs`, and finds every difference
/// that the description does not list as wanted, and every listed one that is not there.
///
/// # Errors
///
/// If the description has mistakes, or the vendor's document is no OpenAPI 3 document.
pub fn upstream(
    ours: &[u8],
    theirs: &[u8],
    theirs_path: &str,
    options: &Options,
) -> Result<Report, Diagnostics> {
    pipeline::lower(ours, options, &mut |_| ())?;
    let ours = source::read(ours, &options.spec_path)?;
    let theirs = source::read(theirs, theirs_path)?;
    document::check(&theirs)?;
    let mut comparer = Comparer::new(&ours.root, &theirs.root);
    let operations = comparer.operations();
    comparer.compare_schemas();
    comparer.leftovers();
    Ok(Report::new(&ours, &theirs, comparer, operations))
}

/// The departures that a description lists, in the order of the text.
///
/// # Errors
///
/// If it is not well-formed.
pub fn departures(text: &[u8], path: &str) -> Result<Vec<Departure>, Diagnostics> {
    let source: Source<'_> = source::read(text, path)?;
    let declared = departures::declared(&source.root);
    Ok(declared.into_iter().map(|one| one.departure).collect())
}

/// Goes through both documents.
struct Comparer<'a> {
    ours: Document<'a>,
    theirs: Document<'a>,
    /// What is found, with the departures that are of the same place and key, if there are any: then
    /// it is told only if all of those have their use elsewhere.
    found: Vec<(Found, Vec<usize>)>,
    declared: Vec<Declared>,
    /// The pairs of schemas that are still to be compared, each with its name.
    queue: VecDeque<(String, Spot<'a>, Spot<'a>)>,
    /// Those that were.
    seen: HashSet<(*const Node, *const Node)>,
}

/// A difference, before its lines are known.
struct Found {
    message: String,
    ours: Range<usize>,
    ours_label: String,
    theirs: Range<usize>,
    theirs_label: String,
    help: String,
}

/// The value of a key of one object, on both sides.
struct Facet<'s, 'a> {
    /// Our object, and the objects that it is made of: any of them may list the departure.
    layers: &'s [Spot<'a>],
    key: &'static str,
    ours: Range<usize>,
    theirs: Range<usize>,
    /// What is upstream.
    upstream: KeywordValue,
}

impl<'a> Comparer<'a> {
    fn new(ours: &'a Node, theirs: &'a Node) -> Self {
        Comparer {
            ours: Document { root: ours },
            theirs: Document { root: theirs },
            found: Vec::new(),
            declared: departures::declared(ours),
            queue: VecDeque::new(),
            seen: HashSet::new(),
        }
    }

    /// Notes how a key differs, or that it does not, unless that is a departure that is listed.
    fn weigh(&mut self, facet: &Facet<'_, 'a>, differences: Vec<String>) {
        let differences = differences.into_iter();
        let differences =
            differences.map(|message| (message, facet.ours.clone(), facet.theirs.clone()));
        self.weigh_each(facet, differences.collect());
    }

    /// As [`Self::weigh`], with both places of each difference.
    fn weigh_each(
        &mut self,
        facet: &Facet<'_, 'a>,
        differences: Vec<(String, Range<usize>, Range<usize>)>,
    ) {
        let candidates = self.declared.iter().enumerate();
        let candidates: Vec<usize> = candidates
            .filter(|(_, declared)| declared.is_of(facet.layers, facet.key))
            .map(|(index, _)| index)
            .collect();
        let mut is_listed = false;
        for index in &candidates {
            let declared = &mut self.declared[*index];
            is_listed |= declared.meet(facet, !differences.is_empty());
        }
        if is_listed {
            return;
        }
        for (message, ours, theirs) in differences {
            let found = Found {
                message,
                ours,
                ours_label: "here".to_owned(),
                theirs,
                theirs_label: "upstream".to_owned(),
                help: format!(
                    "follow it, or, if it is wanted, list it in this object: {}: {{{}: \
                     {{upstream: {}, reason: ...}}}}",
                    DEPARTURES.key, facet.key, facet.upstream
                ),
            };
            self.found.push((found, candidates.clone()));
        }
    }

    /// What can only be told at the end: departures that do not apply, and differences that such a
    /// departure does not explain.
    fn leftovers(&mut self) {
        let declared = &self.declared;
        self.found.retain(|(_, candidates)| {
            let mut candidates = candidates.iter();
            !candidates.any(|index| declared[*index].is_stale())
        });
        let paths = self.theirs.root.get("paths");
        let paths = paths.map_or(0..0, |entry| entry.key_span.clone());
        let stale = declared.iter().filter_map(|one| one.stale(&paths));
        let stale: Vec<Found> = stale.collect();
        let stale = stale.into_iter().map(|found| (found, Vec::new()));
        self.found.extend(stale);
    }
}

/// The text of a scalar.
fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    }
}
