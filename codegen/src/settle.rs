//! Decides which operations are generated, and which problems stop the run: those that an operation
//! needs.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::code::{Code, Meaning, Severity};
use crate::ir::{Api, Operation};
use crate::leave_out;
use crate::options::Options;
use crate::problem::{At, Problem};
use crate::problems::Problems;
use crate::reachability::{Links, Reachability};
use crate::source::pointer::Pointer;

/// An operation that is left out because it needs a place that is unclear or not supported.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Its `operationId`, or else its method and path. If a whole path is unclear, the path.
    pub operation: String,
    /// The codes of the problems.
    pub codes: Vec<Code>,
}

/// Turns the errors that no operation of `api` needs into warnings and, with [`Options::keep_going`],
/// leaves out the operations that need the others. Removes the types that cannot be generated. Returns
/// the operations that cannot be generated.
pub(crate) fn settle(
    api: &mut Api,
    problems: &mut Problems<'_>,
    links: impl FnOnce() -> Links,
    options: &Options,
) -> Vec<LeftOut> {
    if !problems.iter().any(Problem::is_unclear) && options.only.is_empty() {
        return Vec::new();
    }
    let reachability = Reachability::new(api, links());
    let needs = reachability.needs();
    if !options.only.is_empty() {
        let parts = ["paths", "components"].map(|key| Pointer::root().child(key));
        problems.retain(|problem| {
            let place = problem.at.pointer();
            let is_in_part = parts
                .iter()
                .any(|part| place.parent().is_some_and(|it| it.is_within(part)));
            problem.code.meaning() == Meaning::Nothing || !is_in_part || needs.is_needed(place)
        });
    }
    let mut paths: HashMap<Pointer, Vec<&Operation>> = HashMap::new();
    for operation in api.operations() {
        if let Some(path) = operation.at.parent() {
            paths.entry(path).or_default().push(operation);
        }
    }
    let mut lost: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    let mut places: BTreeMap<Code, Vec<Pointer>> = BTreeMap::new();
    for problem in problems.iter_mut().filter(|problem| problem.is_unclear()) {
        let place = problem.at.pointer();
        let at = places.entry(problem.code).or_default();
        if let Some(operations) = paths.get(place) {
            // What is wrong with a path is wrong with its operations.
            problem.needed_by = operations.iter().map(|it| it.id.clone()).collect();
            at.extend(operations.iter().map(|operation| operation.at.clone()));
            continue;
        }
        if let Some(path) = path_of(place) {
            lost.entry(path.clone()).or_default().push(problem.code);
            problem.needed_by = Box::new([path]);
            continue;
        }
        problem.needed_by = needs.operations(place).into();
        if problem.needed_by.is_empty() {
            problem.severity = Severity::Warning;
        }
        at.push(place.clone());
    }

    let mut failing: HashMap<Pointer, Vec<Code>> = HashMap::new();
    for (code, places) in &places {
        for operation in reachability.operations_reaching(places) {
            failing.entry(operation).or_default().push(*code);
        }
    }
    let codes = |operation: &Operation| failing.get(&operation.at);
    let left_out = api.operations().filter_map(|operation| {
        let (operation, codes) = (operation.id.clone(), codes(operation)?.clone());
        Some(LeftOut { operation, codes })
    });
    let lost = lost.into_iter();
    let lost = lost.map(|(operation, codes)| LeftOut { operation, codes });
    let all: Vec<LeftOut> = left_out.chain(lost).collect();
    let is_anything_left = api.operations().any(|operation| codes(operation).is_none());
    if all.is_empty() || (options.keep_going && is_anything_left) {
        let places: Vec<Pointer> = places.into_values().flatten().collect();
        let operations: HashSet<Pointer> = failing.into_keys().collect();
        problems.extend(reports(api, &operations));
        leave_out::leave_out(api, &places, &operations);
        for problem in problems.iter_mut().filter(|problem| problem.is_unclear()) {
            problem.severity = Severity::Warning;
        }
    }
    all
}

/// The path, if a place is a path item or the reference in its place.
fn path_of(place: &Pointer) -> Option<String> {
    let keys: Vec<String> = place.keys().collect();
    match keys.as_slice() {
        [paths, path] if paths == "paths" => Some(path.clone()),
        [paths, path, key] if paths == "paths" && key == "$ref" => Some(path.clone()),
        _ => None,
    }
}

/// Reports each operation that is left out.
fn reports(api: &Api, left_out: &HashSet<Pointer>) -> Vec<Problem> {
    let operations = api.operations();
    let operations = operations.filter(|operation| left_out.contains(&operation.at));
    let report = |operation: &Operation| {
        let message = format!("the operation `{}` is left out", operation.id);
        let at = At::Key(operation.at.clone());
        Problem::new(
            Code::LeftOut,
            message,
            at,
            "it needs what cannot be generated",
        )
    };
    operations.map(report).collect()
}
