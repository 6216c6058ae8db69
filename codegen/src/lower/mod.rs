//! From openapiv3's types to the ir: references resolved, names chosen, types classified.

mod bodies;
mod choices;
mod endless;
mod enums;
mod forms;
mod graph;
mod inputs;
mod limits;
mod merge;
mod null;
mod objects;
mod operations;
mod parameters;
mod part;
mod resolve;
mod responses;
mod schemas;
mod security;
mod structure;
mod tags;
mod view;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};

use crate::code::Code;
use crate::findings::Findings;
use crate::ir;
use crate::names::{Chosen, Scope};
use crate::openapi::reference::component_name;
use crate::problem::{At, Problem};
use crate::source::Source;
use crate::source::pointer::Pointer;

/// Lowers a document, and says all that stands in the way. If anything does, the rest is lowered
/// all the same, so that the next stage can tell what it finds.
pub(crate) fn lower<'a, 's: 'a>(document: &'a OpenAPI, findings: &mut Findings<'s>) -> ir::Api {
    let mut lowering = Lowering {
        document,
        source: findings.source(),
        problems: Vec::new(),
        told: HashSet::new(),
        wrong: findings.wrong_objects(),
        type_names: Scope::of_types(),
        components: IndexMap::new(),
        nullable: HashSet::new(),
        inline: HashMap::new(),
        definitions: Vec::new(),
    };
    lowering.name_components();
    lowering.find_nullable_components();
    lowering.lower_components();
    let modules = lowering.lower_operations();
    lowering.settle_circles();
    let security_schemes = lowering.lower_security_schemes();
    let servers = lowering.lower_servers();
    let mut types = lowering.definitions;
    inputs::mark_inputs(&modules, &mut types);
    let api = ir::Api {
        title: document.info.title.clone(),
        description: document.info.description.clone(),
        version: document.info.version.clone(),
        servers,
        security_schemes,
        modules,
        types,
    };
    findings.extend(lowering.problems);
    api
}

/// What all parts of this stage share.
struct Lowering<'a> {
    document: &'a OpenAPI,
    source: &'a Source<'a>,
    problems: Vec<Problem>,
    told: HashSet<(String, At)>,
    /// The objects with a wrong key or value, of which the check has told.
    wrong: HashSet<Pointer>,
    type_names: Scope,
    /// The component schemas by their names in the document, with what is known of each.
    components: IndexMap<&'a str, Component<'a>>,
    /// The component schemas that take null.
    nullable: HashSet<&'a str>,
    /// The types of inline schemas, by where all that they merge stands; none while it is found.
    inline: HashMap<Vec<Pointer>, Option<ir::Type>>,
    definitions: Vec<ir::TypeDefinition>,
}

/// A component schema.
struct Component<'a> {
    schema: &'a ReferenceOr<Schema>,
    at: Pointer,
    /// Its name in Rust.
    name: String,
}

impl<'a> Lowering<'a> {
    /// The component schema that a reference names, and its key.
    fn component(&self, reference: &str) -> Option<(&'a str, &Component<'a>)> {
        let name = component_name(reference, "schemas")?;
        let (key, component) = self.components.get_key_value(&*name)?;
        Some((key, component))
    }

    fn problem(&mut self, problem: Problem) {
        // What several schemas merge is looked at again for each.
        if self
            .told
            .insert((problem.message.clone(), problem.at.clone()))
        {
            self.problems.push(problem);
        }
    }

    /// The name that was chosen for a text of the description; says so if it is not the obvious one.
    fn named(&mut self, chosen: Chosen, text: &str, at: At) -> String {
        if let Some(reason) = chosen.altered {
            self.problem(
                Problem::new(
                    Code::AlteredName,
                    format!("`{text}` is called `{}` in Rust", chosen.name),
                    at,
                    reason,
                )
                .help("if the name matters, choose another in the description"),
            );
        }
        chosen.name
    }
}
