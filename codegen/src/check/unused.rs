//! Components that nothing outside the components leads to, not even by way of others.

use std::collections::{HashMap, HashSet};

use super::Checker;
use super::references::unescaped;
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::Entry;
use crate::source::pointer::Pointer;

/// The sections whose entries are referred to by `$ref`.
const SECTIONS: [&str; 8] = [
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
];

/// An entry of the components, and its section.
type Component<'a> = (&'static str, &'a Entry);

impl<'a> Checker<'a> {
    pub(super) fn check_unused(&mut self, used_schemes: &HashSet<&str>) {
        let sections = SECTIONS.iter();
        let components: Vec<Component<'a>> = sections
            .flat_map(|section| self.section(section).iter().map(|entry| (*section, entry)))
            .collect();
        let used = self.used(&components);
        let of_schemas = components
            .into_iter()
            .filter(|(section, entry)| !used.contains(&(*section, entry.key.as_str())));
        let schemes = self.section("securitySchemes").iter();
        let schemes = schemes
            .filter(|entry| !used_schemes.contains(entry.key.as_str()))
            .map(|entry| ("securitySchemes", entry));
        let unused: Vec<Component<'a>> = of_schemas.chain(schemes).collect();
        for (section, entry) in unused {
            self.problems.push(
                Problem::new(
                    Code::UnusedComponent,
                    format!("`{}` in `components/{section}` is not used", entry.key),
                    At::Key(Pointer::root().descend(["components", section, &entry.key])),
                    "nothing leads here",
                )
                .help("take it out, or refer to it"),
            );
        }
    }

    /// The sections and names of the components that are used.
    fn used(&self, components: &[Component<'a>]) -> HashSet<(&'static str, &'a str)> {
        let by_name: HashMap<(&str, &str), &Component<'a>> = components
            .iter()
            .map(|component| ((component.0, component.1.key.as_str()), component))
            .collect();
        // What each component leads to; what stands outside of all of them comes first.
        let mut within: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
        let mut queue: Vec<&str> = Vec::new();
        for reference in &self.references {
            let holder = reference.at.component().unwrap_or_default();
            match by_name.get(&(holder.0.as_str(), holder.1.as_str())) {
                Some((section, entry)) => within
                    .entry((section, &entry.key))
                    .or_default()
                    .push(reference.target),
                None => queue.push(reference.target),
            }
        }
        let mut used = HashSet::new();
        while let Some(target) = queue.pop() {
            let Some((section, name)) = named(target) else {
                continue;
            };
            let Some((section, entry)) = by_name.get(&(section, name.as_str())) else {
                continue;
            };
            let component = (*section, entry.key.as_str());
            if used.insert(component) {
                queue.extend(within.get(&component).into_iter().flatten());
            }
        }
        used
    }
}

/// The section and the name of the component that a reference leads to.
fn named(target: &str) -> Option<(&str, String)> {
    let (section, name) = target.strip_prefix("#/components/")?.split_once('/')?;
    Some((section, unescaped(name)))
}
