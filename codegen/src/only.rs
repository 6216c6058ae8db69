//! Keeps the part of an API that is asked for.

use std::collections::{HashMap, HashSet};

use crate::check::suggest::nearest;
use crate::code::Code;
use crate::findings::Findings;
use crate::ir::{Api, Type, TypeDefinition};
use crate::openapi::reference;
use crate::problem::{At, Problem};
use crate::skip::{Ways, held};
use crate::source::pointer::Pointer;

/// Keeps the operations of these tags, at these paths or with these identifiers, and the types that
/// they need. What is not generated and none of them reaches is no error then.
pub(crate) fn keep(api: &mut Api, only: &[String], findings: &mut Findings<'_>) {
    for wanted in only {
        let names = || {
            let modules = api.modules.iter();
            let tags = modules.filter_map(|module| module.tag.as_deref());
            let operations = api.operations();
            tags.chain(operations.flat_map(|it| [it.path.as_str(), it.id.as_str()]))
        };
        if !names().any(|name| name == wanted) {
            let problem = Problem::new(
                Code::NothingSelected,
                format!("`{wanted}` is no tag, path or operation of this description"),
                At::Key(Pointer::root().child("paths")),
                "nothing here is called so",
            );
            findings.add(problem.help(match nearest(wanted, names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "tags, paths and `operationId`s are taken as they stand here".to_owned(),
            }));
        }
    }
    let ways = Ways::of(api, reference::all(&findings.source().root));
    let is_wanted = |name: &str| only.iter().any(|wanted| wanted == name);
    let mut kept: HashSet<Pointer> = HashSet::new();
    for module in &mut api.modules {
        let is_of_tag = module.tag.as_deref().is_some_and(is_wanted);
        module
            .operations
            .retain(|it| is_of_tag || is_wanted(&it.path) || is_wanted(&it.id));
        kept.extend(
            module
                .operations
                .iter()
                .map(|operation| operation.at.clone()),
        );
    }
    api.modules.retain(|module| !module.operations.is_empty());

    let names = needed(api, &kept);
    api.types
        .retain(|definition| names.contains(&definition.name));
    let components = Pointer::root().child("components");
    findings.retain(|problem| {
        let place = problem.at.pointer();
        let reaching = ways.operations_reaching(place);
        problem.code != Code::NotGenerated
            || reaching.iter().any(|operation| kept.contains(*operation))
            || (reaching.is_empty() && !place.is_within(&components))
    });
}

/// The types that these operations define or are made of.
fn needed(api: &Api, operations: &HashSet<Pointer>) -> HashSet<String> {
    let types = api.types.iter();
    let definitions: HashMap<&str, &TypeDefinition> = types
        .map(|definition| (definition.name.as_str(), definition))
        .collect();
    let own = api.types.iter().filter(|definition| {
        let mut around = Some(definition.at.clone());
        std::iter::from_fn(|| {
            let place = around.take()?;
            around = place.parent();
            Some(place)
        })
        .any(|place| operations.contains(&place))
    });
    let own: Vec<&TypeDefinition> = own.collect();
    let of_own = own.iter().flat_map(|definition| definition.types());
    let of_operations = api.operations().flat_map(|operation| operation.values());
    let values: Vec<&Type> = of_operations.chain(of_own).collect();
    let names = held(&definitions, values).into_iter();
    let own = own.iter().map(|definition| definition.name.as_str());
    names.chain(own).map(str::to_owned).collect()
}
