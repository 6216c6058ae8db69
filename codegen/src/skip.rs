//! Leaves out the operations that reach what is not generated.

use std::collections::{HashMap, HashSet};

use crate::code::Code;
use crate::diagnostic::Severity;
use crate::findings::Findings;
use crate::ir::{Api, Operation, Type, TypeDefinition};
use crate::problem::At;
use crate::source::pointer::Pointer;

/// Leaves those operations out, with the types that only they need, and makes warnings of what they
/// reach. What is not tied to an operation stays an error.
pub(crate) fn leave_out(api: &mut Api, findings: &mut Findings<'_>) {
    let definitions = Definitions::of(api);
    let made_of: Vec<(&Operation, Vec<&Pointer>)> = api
        .operations()
        .map(|operation| (operation, definitions.places(operation)))
        .collect();
    let mut out: HashSet<Pointer> = HashSet::new();
    let mut gone: Vec<Pointer> = Vec::new();
    for problem in findings.problems_mut() {
        let (Code::NotGenerated, At::Key(place) | At::Value(place)) = (problem.code, &problem.at)
        else {
            continue;
        };
        let reaching: Vec<Pointer> = made_of
            .iter()
            .filter(|(operation, places)| reaches(operation, places, place))
            .map(|(operation, _)| operation.at.clone())
            .collect();
        let is_of_a_type = api
            .types
            .iter()
            .any(|definition| place.is_within(&definition.at));
        if reaching.is_empty() && !is_of_a_type {
            continue;
        }
        out.extend(reaching);
        gone.push(place.clone());
        problem.severity = Severity::Warning;
    }
    let broken: HashSet<&str> = api
        .types
        .iter()
        .filter(|definition| gone.iter().any(|place| place.is_within(&definition.at)))
        .map(|definition| definition.name.as_str())
        .collect();
    let kept: HashSet<String> = api
        .types
        .iter()
        .filter(|definition| {
            let mut held = definitions.held(definition.types()).into_iter();
            !broken.contains(definition.name.as_str()) && !held.any(|name| broken.contains(name))
        })
        .map(|definition| definition.name.clone())
        .collect();
    for module in &mut api.modules {
        module
            .operations
            .retain(|operation| !out.contains(&operation.at));
    }
    api.modules.retain(|module| !module.operations.is_empty());
    api.types
        .retain(|definition| kept.contains(&definition.name));
}

/// Whether an operation cannot be made without what is at `place`.
fn reaches(operation: &Operation, places: &[&Pointer], place: &Pointer) -> bool {
    if *place == operation.security_at || places.iter().any(|other| place.is_within(other)) {
        return true;
    }
    // The path item: what stands beside its operations is shared by all of them.
    let shared = ["parameters", "servers"];
    operation.at.parent().is_some_and(|path| {
        let mut shared = shared.iter();
        place.is_within(&path) && shared.any(|key| place.is_within(&path.child(key)))
    })
}

/// The definitions and security schemes of an API, by name.
struct Definitions<'a> {
    types: HashMap<&'a str, &'a TypeDefinition>,
    schemes: HashMap<&'a str, &'a Pointer>,
}

impl<'a> Definitions<'a> {
    fn of(api: &'a Api) -> Self {
        let types = api.types.iter();
        let schemes = api.security_schemes.iter();
        Definitions {
            types: types
                .map(|definition| (definition.name.as_str(), definition))
                .collect(),
            schemes: schemes
                .map(|scheme| (scheme.name.as_str(), &scheme.at))
                .collect(),
        }
    }

    /// The places of all that an operation is made of.
    fn places(&self, operation: &'a Operation) -> Vec<&'a Pointer> {
        let mut places = vec![&operation.at];
        places.extend(operation.parameters.iter().map(|parameter| &parameter.at));
        places.extend(operation.body.iter().map(|body| &body.at));
        places.extend(operation.answers.iter().map(|answer| &answer.at));
        let schemes = operation.security.iter().flatten();
        places.extend(schemes.filter_map(|name| self.schemes.get(name.as_str())));
        let names = self.held(operation.values()).into_iter();
        places.extend(names.filter_map(|name| Some(&self.types.get(name)?.at)));
        places
    }

    /// The names of all definitions that these types are made of.
    fn held(&self, types: Vec<&'a Type>) -> HashSet<&'a str> {
        let mut names = HashSet::new();
        let mut queue = types;
        while let Some(value) = queue.pop() {
            for part in value.parts() {
                let Type::Named(name) = part else { continue };
                if names.insert(name.as_str())
                    && let Some(definition) = self.types.get(name.as_str())
                {
                    queue.extend(definition.types());
                }
            }
        }
        names
    }
}
