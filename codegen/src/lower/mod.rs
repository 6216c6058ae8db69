//! Lowers openapiv3's types to the IR: resolves references, chooses names, classifies types.

mod definitions;
mod direction;
mod discriminators;
mod enums;
mod form_bodies;
mod form_properties;
mod inheritance;
mod keywords;
mod limits;
mod merge;
mod merged;
mod nullability;
mod objects;
mod operations;
mod parameters;
mod recursion;
mod request_bodies;
mod resolve;
mod responses;
mod scc;
mod schema_site;
mod schemas;
mod security;
mod servers;
mod tag_properties;
mod tag_search;
mod unions;
mod variants;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};

use crate::chains::End;
use crate::code::Code;
use crate::ir;
use crate::names::{Chosen, Scope};
use crate::problem::{At, Problem};
use crate::problems::Problems;
use crate::source::Source;
use crate::source::pointer::Pointer;
use schema_site::SchemaSite;
use tag_properties::TagProperties;

/// Lowers a document. Reports what cannot be lowered, and lowers the rest, so that the next stage can
/// report what it finds.
pub(crate) fn lower<'a, 's: 'a>(document: &'a OpenAPI, problems: &mut Problems<'s>) -> ir::Api {
    let mut lowering = Lowering {
        document,
        source: problems.source,
        problems: Vec::new(),
        reported: HashSet::new(),
        wrong: problems.wrong_objects(),
        checked: problems.places(),
        type_names: Scope::of_types(),
        components: IndexMap::new(),
        nullable: HashSet::new(),
        ends: HashMap::new(),
        direct_subtypes: HashMap::new(),
        inline: HashMap::new(),
        definitions: Vec::new(),
        security_schemes: Vec::new(),
        listed: RefCell::default(),
        tag_properties: RefCell::default(),
        copies: 0,
    };
    lowering.security_schemes = lowering.lower_security_schemes();
    lowering.name_components();
    lowering.resolve_components();
    lowering.find_nullable_components();
    lowering.find_direct_subtypes();
    lowering.lower_components();
    let modules = lowering.lower_operations();
    lowering.settle_recursion();
    let mut types = lowering.definitions;
    direction::mark_directions(&modules, &mut types);
    let api = ir::Api {
        title: document.info.title.clone(),
        description: document.info.description.clone(),
        version: document.info.version.clone(),
        servers: document.servers.iter().map(servers::server).collect(),
        security_schemes: lowering.security_schemes,
        modules,
        types,
    };
    problems.extend(lowering.problems);
    api
}

/// The state that all parts of this stage share.
struct Lowering<'a> {
    document: &'a OpenAPI,
    source: &'a Source<'a>,
    problems: Vec<Problem>,
    reported: HashSet<(String, At)>,
    /// The objects with a wrong key or value, which the check has reported.
    wrong: HashSet<Pointer>,
    /// The places that the check has reported.
    checked: HashSet<Pointer>,
    type_names: Scope,
    /// The component schemas, by name. `name_hint` is the Rust name.
    components: IndexMap<&'a str, SchemaSite<'a>>,
    /// The component schemas that accept null.
    nullable: HashSet<&'a str>,
    /// The component at the end of the chain of references of each component.
    ends: HashMap<&'a str, End<&'a str>>,
    /// The components whose `allOf` refers to each component.
    direct_subtypes: HashMap<&'a str, Vec<&'a str>>,
    /// The types of inline schemas, by the locations of all schemas that they merge; none while the
    /// type is being determined.
    inline: HashMap<Vec<Pointer>, Option<ir::Type>>,
    definitions: Vec<ir::TypeDefinition>,
    security_schemes: Vec<ir::SecurityScheme>,
    /// The components at the end of the references of each list of variants, by its address.
    listed: RefCell<HashMap<*const ReferenceOr<Schema>, HashSet<&'a str>>>,
    /// The properties of components that can tell variants apart.
    tag_properties: RefCell<HashMap<&'a str, TagProperties<'a>>>,
    /// The number of properties and values that merges have copied.
    copies: usize,
}

impl Lowering<'_> {
    fn problem(&mut self, problem: Problem) {
        // A schema that several schemas merge is lowered for each of them.
        if self
            .reported
            .insert((problem.message.clone(), problem.at.clone()))
        {
            self.problems.push(problem);
        }
    }

    /// Reports a part of the description that the client leaves out without harm, if it is there.
    pub(super) fn not_in_client(&mut self, what: &str, at: Pointer) {
        let node = self.source.root.at(&at);
        if node.is_none_or(|node| node.entries().is_empty()) {
            return;
        }
        self.problem(
            Problem::new(
                Code::NotInClient,
                format!("{what} are not part of the client"),
                At::Key(at),
                "the client does not use this",
            )
            .help("the operation itself is generated"),
        );
    }

    /// The name that was chosen for a text of the description. Reports a name that differs from it.
    fn named(&mut self, chosen: Chosen, text: &str, at: At) -> String {
        if let Some(reason) = chosen.altered {
            self.problem(
                Problem::new(
                    Code::AlteredName,
                    format!("`{text}` is named `{}` in Rust", chosen.name),
                    at,
                    reason,
                )
                .help("to choose the name, rename it in the description"),
            );
        }
        chosen.name
    }
}
