//! Leaves out the operations that reach what is not generated.

use std::collections::{HashMap, HashSet};

use crate::code::Code;
use crate::code::Severity;
use crate::findings::Findings;
use crate::ir::{Api, Shape, Type, TypeDefinition};
use crate::openapi::reference;
use crate::source::pointer::Pointer;

/// Leaves those operations out, with the types that only they need, and makes warnings of what they
/// reach. What is not tied to an operation stays an error.
pub(crate) fn leave_out(api: &mut Api, findings: &mut Findings<'_>) {
    let source = findings.source();
    let ways = Ways::of(api, reference::all(&source.root));
    let components = Pointer::root().child("components");
    let mut out: HashSet<Pointer> = HashSet::new();
    let mut gone: Vec<Pointer> = Vec::new();
    for problem in findings.problems_mut() {
        if problem.code != Code::NotGenerated {
            continue;
        }
        let place = problem.at.pointer();
        let reaching = ways.operations_reaching(place);
        // What stands in the components and no operation reaches harms none.
        if reaching.is_empty() && !place.is_within(&components) {
            continue;
        }
        out.extend(reaching.into_iter().cloned());
        gone.push(place.clone());
        problem.severity = Severity::Warning;
    }
    let kept = sound_types(api, &gone);
    for module in &mut api.modules {
        module
            .operations
            .retain(|operation| !out.contains(&operation.at));
    }
    api.modules.retain(|module| !module.operations.is_empty());
    // What is defined within an operation goes with it.
    let is_out = |definition: &TypeDefinition| {
        let mut around = Some(definition.at.clone());
        std::iter::from_fn(|| {
            let place = around.take()?;
            around = place.parent();
            Some(place)
        })
        .any(|place| out.contains(&place))
    };
    api.types
        .retain(|definition| kept.contains(&definition.name) && !is_out(definition));
}

/// How operations come to the places of a description.
pub(crate) struct Ways {
    /// Where the references stand that lead to a place.
    references: HashMap<Pointer, Vec<Pointer>>,
    /// The operations that need all that is in a place.
    operations: HashMap<Pointer, Vec<Pointer>>,
}

impl Ways {
    pub(crate) fn of(api: &Api, references: Vec<(Pointer, Pointer)>) -> Self {
        let mut ways = Ways {
            references: HashMap::new(),
            operations: HashMap::new(),
        };
        for (from, target) in references {
            ways.references.entry(target).or_default().push(from);
        }
        // A schema leads to those that inherit from it, too, though they name it.
        let definitions = api.types.iter();
        let places: HashMap<&str, &Pointer> = definitions
            .map(|definition| (definition.name.as_str(), &definition.at))
            .collect();
        let unions = api.types.iter();
        for union in unions.filter(|other| matches!(other.shape, Shape::Union { .. })) {
            for part in union.types().into_iter().flat_map(Type::walk) {
                if let Type::Named(name) = part
                    && let Some(at) = places.get(name.as_str())
                {
                    let from = ways.references.entry((*at).clone()).or_default();
                    from.push(union.at.clone());
                }
            }
        }
        let schemes = api.security_schemes.iter();
        let schemes: HashMap<&str, &Pointer> = schemes
            .map(|scheme| (scheme.name.as_str(), &scheme.at))
            .collect();
        for operation in api.operations() {
            let mut places = vec![operation.at.clone(), operation.security_at.clone()];
            // What stands beside the operations of a path is shared by all of them.
            let path = operation.at.parent();
            let shared = |path: Pointer| ["parameters", "servers"].map(|key| path.child(key));
            places.extend(path.map(shared).into_iter().flatten());
            let names = operation.security.iter().flatten();
            let named = names.filter_map(|name| schemes.get(name.as_str()));
            places.extend(named.map(|at| (*at).clone()));
            for place in places {
                let operations = ways.operations.entry(place).or_default();
                operations.push(operation.at.clone());
            }
        }
        ways
    }

    /// The operations that cannot be made without what is at `place`, over references too.
    pub(crate) fn operations_reaching(&self, place: &Pointer) -> HashSet<&Pointer> {
        let mut operations = HashSet::new();
        let mut seen = HashSet::new();
        let mut queue = vec![place.clone()];
        while let Some(place) = queue.pop() {
            let mut around = Some(place);
            while let Some(place) = around {
                around = place.parent();
                operations.extend(self.operations.get(&place).into_iter().flatten());
                // Once is enough, for places that are in the same object too.
                if let Some(from) = self.references.get(&place)
                    && seen.insert(place)
                {
                    queue.extend(from.iter().cloned());
                }
            }
        }
        operations
    }
}

/// The names of the types that hold nothing of what is not there.
fn sound_types(api: &Api, gone: &[Pointer]) -> HashSet<String> {
    let types = api.types.iter();
    let types: HashMap<&str, &TypeDefinition> = types
        .map(|definition| (definition.name.as_str(), definition))
        .collect();
    let broken: HashSet<&str> = api
        .types
        .iter()
        .filter(|definition| gone.iter().any(|place| place.is_within(&definition.at)))
        .map(|definition| definition.name.as_str())
        .collect();
    let is_sound = |definition: &&TypeDefinition| {
        let mut held = held(&types, definition.types()).into_iter();
        !broken.contains(definition.name.as_str()) && !held.any(|name| broken.contains(name))
    };
    let sound = api.types.iter().filter(is_sound);
    sound.map(|definition| definition.name.clone()).collect()
}

/// The names of all definitions that these types are made of.
pub(crate) fn held<'a>(
    definitions: &HashMap<&'a str, &'a TypeDefinition>,
    types: Vec<&'a Type>,
) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    let mut queue = types;
    while let Some(value) = queue.pop() {
        for part in value.walk() {
            let Type::Named(name) = part else { continue };
            if names.insert(name.as_str())
                && let Some(definition) = definitions.get(name.as_str())
            {
                queue.extend(definition.types());
            }
        }
    }
    names
}
