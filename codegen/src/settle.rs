//! Decides which operations are generated, and which problems stop the run: those that an operation
//! needs.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::code::{Code, Meaning, Severity};
use crate::definition_graph::users_of;
use crate::ir::{Api, Operation};
use crate::options::Options;
use crate::problem::{At, Problem};
use crate::problems::Problems;
use crate::reachability::{Links, Needs, Reachability};
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
    if problems.unclear().next().is_none() && options.only.is_empty() {
        return Vec::new();
    }
    let reachability = Reachability::new(api, links());
    let needs = reachability.needs();
    if !options.only.is_empty() {
        retain_needed(problems, &needs);
    }
    let unclear = Unclear::find(api, problems, &needs);
    let mut failing: HashMap<Pointer, Vec<Code>> = HashMap::new();
    for (code, places) in &unclear.places {
        for operation in reachability.operations_reaching(places) {
            failing.entry(operation).or_default().push(*code);
        }
    }
    let failed = api.operations().filter_map(|operation| {
        let codes = failing.get(&operation.at)?.clone();
        let operation = operation.id.clone();
        Some(LeftOut { operation, codes })
    });
    let lost = unclear.paths.into_iter();
    let lost = lost.map(|(operation, codes)| LeftOut { operation, codes });
    let all: Vec<LeftOut> = failed.chain(lost).collect();
    let is_anything_left = api.operations().any(|it| !failing.contains_key(&it.at));
    if all.is_empty() || (options.keep_going && is_anything_left) {
        let places: Vec<Pointer> = unclear.places.into_values().flatten().collect();
        let operations: HashSet<Pointer> = failing.into_keys().collect();
        problems.extend(reports(api, &operations));
        leave_out(api, &places, &operations);
        for problem in problems.unclear() {
            problem.severity = Severity::Warning;
        }
    }
    all
}

/// Removes the problems of paths and components that no operation needs.
fn retain_needed(problems: &mut Problems<'_>, needs: &Needs<'_>) {
    let parts = ["paths", "components"].map(|key| Pointer::root().child(key));
    problems.list.retain(|problem| {
        let place = problem.at.pointer();
        let around = place.parent();
        let is_in = |part| around.as_ref().is_some_and(|it| it.is_within(part));
        let is_in_part = parts.iter().any(is_in);
        problem.code.meaning() == Meaning::Nothing
            || !is_in_part
            || !needs.operations(place).is_empty()
    });
}

/// What is unclear.
#[derive(Default)]
struct Unclear {
    /// The places, by the codes of their problems.
    places: BTreeMap<Code, Vec<Pointer>>,
    /// The paths whose operations are unknown, with the codes of their problems.
    paths: BTreeMap<String, Vec<Code>>,
}

impl Unclear {
    /// Finds what is unclear, and notes in each problem the operations that need its place. Problems that no
    /// operation needs become warnings.
    fn find(api: &Api, problems: &mut Problems<'_>, needs: &Needs<'_>) -> Self {
        let mut by_path: HashMap<Pointer, Vec<&Operation>> = HashMap::new();
        for operation in api.operations() {
            if let Some(path) = operation.at.parent() {
                by_path.entry(path).or_default().push(operation);
            }
        }
        let mut unclear = Unclear::default();
        for problem in problems.unclear() {
            let place = problem.at.pointer();
            let places = unclear.places.entry(problem.code).or_default();
            if let Some(operations) = by_path.get(place) {
                // What is wrong with a path is wrong with its operations.
                problem.needed_by = operations.iter().map(|it| it.id.clone()).collect();
                places.extend(operations.iter().map(|operation| operation.at.clone()));
                continue;
            }
            if let Some(path) = path_of(place) {
                let codes = unclear.paths.entry(path.clone()).or_default();
                codes.push(problem.code);
                problem.needed_by = Box::new([path]);
                continue;
            }
            problem.needed_by = needs.operations(place).into();
            if problem.needed_by.is_empty() {
                problem.severity = Severity::Warning;
            }
            places.push(place.clone());
        }
        unclear
    }
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

/// Removes these operations with the types that are defined in them, and the types that contain one of
/// the `unclear` places, directly or through other types.
fn leave_out(api: &mut Api, unclear: &[Pointer], operations: &HashSet<Pointer>) {
    let unclear: HashSet<&str> = unclear.iter().flat_map(Pointer::prefixes).collect();
    let broken = users_of(&api.types, |definition| {
        unclear.contains(definition.at.as_str())
    });
    let broken: HashSet<String> = broken.into_iter().map(str::to_owned).collect();
    api.types.retain(|definition| {
        let mut around = definition.at.prefixes();
        !broken.contains(&definition.name) && !around.any(|place| operations.contains(place))
    });
    for module in &mut api.modules {
        module
            .operations
            .retain(|operation| !operations.contains(&operation.at));
    }
    api.modules.retain(|module| !module.operations.is_empty());
}
