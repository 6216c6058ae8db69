//! Compares parameters.

use std::ops::Range;

use super::document::{Document, Spot};
use super::{Comparer, Facet};
use crate::openapi::departure::KeywordValue;
use crate::openapi::path_template::PathTemplate;

/// A parameter, by where it stands and what it is called.
struct Parameter<'a> {
    /// As `query limit`. Those of the path are told by their order, and have our names.
    name: String,
    spot: Spot<'a>,
}

impl<'a> Comparer<'a> {
    pub(super) fn parameters(
        &mut self,
        id: &str,
        ours: (&str, &Spot<'a>, &Spot<'a>),
        theirs: (&str, &Spot<'a>, &Spot<'a>),
    ) {
        let (path, item, operation) = ours;
        let (their_path, their_item, their_operation) = theirs;
        let here = parameters(self.ours, item, operation, &|name| name.to_owned());
        let names: Vec<&str> = PathTemplate::parse(path).names().collect();
        let their_names: Vec<&str> = PathTemplate::parse(their_path).names().collect();
        let there = parameters(self.theirs, their_item, their_operation, &|name| {
            let position = their_names.iter().position(|other| *other == name);
            let name = position
                .and_then(|at| names.get(at).copied())
                .unwrap_or(name);
            name.to_owned()
        });
        let subject = format!("`{id}`");
        let list = |list: &[Parameter<'_>]| -> Vec<(String, Range<usize>)> {
            let list = list.iter();
            list.map(|one| (one.name.clone(), one.spot.place_of("name")))
                .collect()
        };
        let place = |operation: &Spot<'_>, item: &Spot<'_>| {
            let owner = match operation.node.get("parameters").is_none() {
                true if item.node.get("parameters").is_some() => item,
                _ => operation,
            };
            owner.place_of("parameters")
        };
        self.names(
            std::slice::from_ref(operation),
            "parameters",
            "parameter",
            &subject,
            (list(&here), place(operation, item)),
            (list(&there), place(their_operation, their_item)),
        );
        for here in here {
            let Some(there) = there.iter().find(|there| there.name == here.name) else {
                continue;
            };
            let subject = format!("parameter `{}` of {subject}", here.name);
            let layers = std::slice::from_ref(&here.spot);
            self.switch(layers, &there.spot, "required", false, &subject);
            self.switch(layers, &there.spot, "deprecated", false, &subject);
            self.style(&subject, &here.spot, &there.spot);
            let schemas = (here.spot.get("schema"), there.spot.get("schema"));
            if let (Some(here), Some(there)) = schemas {
                self.schemas(&subject, here, there);
            }
        }
    }

    fn style(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let style = |spot: &Spot<'a>| {
            let usual = match spot.text("in") {
                Some("query" | "cookie") => "form",
                _ => "simple",
            };
            spot.text("style").unwrap_or(usual)
        };
        let (here, there) = (style(ours), style(theirs));
        let facet = Facet {
            layers: std::slice::from_ref(ours),
            key: "style",
            ours: ours.place_of("style"),
            theirs: theirs.place_of("style"),
            upstream: KeywordValue::Text(there.to_owned()),
        };
        let message = format!("{subject} has the style {here} here, and {there} upstream");
        let message = (here != there).then_some(message);
        self.weigh(&facet, message.into_iter().collect());
        if here == there {
            let usual = here == "form";
            self.switch(facet.layers, theirs, "explode", usual, subject);
        }
    }
}

/// The parameters of an operation, and those of its path that it has not itself.
fn parameters<'a>(
    document: Document<'a>,
    item: &Spot<'a>,
    operation: &Spot<'a>,
    rename: &dyn Fn(&str) -> String,
) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let own = operation.items_of("parameters").into_iter();
    for spot in own.chain(item.items_of("parameters")) {
        let spot = document.resolve(spot);
        let (Some(location), Some(name)) = (spot.text("in"), spot.text("name")) else {
            continue;
        };
        let name = match location {
            "path" => rename(name),
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        let name = format!("{location} {name}");
        if !parameters.iter().any(|other| other.name == name) {
            parameters.push(Parameter { name, spot });
        }
    }
    parameters
}
