//! Compares parameters.

use std::ops::Range;

use super::UpstreamDiff;
use super::document::{Document, Located};
use super::finding::Comparison;
use crate::openapi::departure::KeywordValue;
use crate::openapi::path_template::PathTemplate;
use crate::openapi::style::{Location, Style};

/// A parameter, by its location and its name.
struct Parameter<'a> {
    /// Such as `query limit`. Path parameters are matched by their order, and have our names.
    name: String,
    located: Located<'a>,
}

impl<'a> UpstreamDiff<'a> {
    pub(super) fn parameters(
        &mut self,
        id: &str,
        ours: (&str, &Located<'a>, &Located<'a>),
        theirs: (&str, &Located<'a>, &Located<'a>),
    ) {
        let (path, item, operation) = ours;
        let (their_path, their_item, their_operation) = theirs;
        let here = parameters(&self.ours, item, operation, &|name| name.to_owned());
        let names: Vec<&str> = PathTemplate::parse(path).names().collect();
        let their_names: Vec<&str> = PathTemplate::parse(their_path).names().collect();
        let there = parameters(&self.theirs, their_item, their_operation, &|name| {
            let position = their_names.iter().position(|other| *other == name);
            let name = position
                .and_then(|at| names.get(at).copied())
                .unwrap_or(name);
            name.to_owned()
        });
        let subject = format!("`{id}`");
        let list = |list: &[Parameter<'_>]| -> Vec<(String, Range<usize>)> {
            let list = list.iter();
            list.map(|one| (one.name.clone(), one.located.place_of("name")))
                .collect()
        };
        let place = |operation: &Located<'_>, item: &Located<'_>| {
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
            let ours = std::slice::from_ref(&here.located);
            let theirs = std::slice::from_ref(&there.located);
            self.switch("required", ours, theirs, false, &subject);
            self.switch("deprecated", ours, theirs, false, &subject);
            self.style(&subject, &here.located, &there.located);
            let schemas = (here.located.get("schema"), there.located.get("schema"));
            if let (Some(here), Some(there)) = schemas {
                self.schemas(&subject, here, there);
            }
        }
    }

    fn style(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let style = |located: &Located<'a>| {
            let location = located.text("in").and_then(Location::of_key);
            let usual = location.unwrap_or(Location::Path).default_style();
            located.text("style").unwrap_or(usual.key())
        };
        let (here, there) = (style(ours), style(theirs));
        let (ours, theirs) = (std::slice::from_ref(ours), std::slice::from_ref(theirs));
        let upstream = KeywordValue::Text(there.to_owned());
        let comparison = Comparison::of("style", ours, theirs, upstream);
        let message = format!("{subject} has the style {here} here, but {there} upstream");
        let message = (here != there).then_some(message);
        self.report(&comparison, message);
        if here == there {
            let usual = Style::of_key(here).is_some_and(Style::explodes_by_default);
            self.switch("explode", ours, theirs, usual, subject);
        }
    }
}

/// The parameters of an operation, and the parameters of its path that it does not replace.
fn parameters<'a>(
    document: &Document<'a>,
    item: &Located<'a>,
    operation: &Located<'a>,
    rename: &dyn Fn(&str) -> String,
) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let own = operation.items_of("parameters").into_iter();
    for located in own.chain(item.items_of("parameters")) {
        let located = document.resolve(located);
        let (Some(location), Some(name)) = (located.text("in"), located.text("name")) else {
            continue;
        };
        let name = match location {
            "path" => rename(name),
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        let name = format!("{location} {name}");
        if !parameters.iter().any(|other| other.name == name) {
            parameters.push(Parameter { name, located });
        }
    }
    parameters
}
