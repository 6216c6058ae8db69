//! Components that no operation uses, neither directly nor by way of other components.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::code::Code;
use crate::openapi::reference::component;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The section and the name of a component.
type Key<'a> = (&'a str, &'a str);

impl<'a> Checker<'a> {
    pub(super) fn check_unused_components(&mut self, used_schemes: &HashSet<&str>) {
        let used = self.used();
        let mut unused = Vec::new();
        for section in self.root.entries_of("components") {
            for entry in section.value.entries() {
                let key = (section.key.as_str(), entry.key.as_str());
                let is_used = match key {
                    ("securitySchemes", name) => used_schemes.contains(name),
                    (section, _) if section.starts_with("x-") => true,
                    key => used.contains(&key),
                };
                if !is_used {
                    unused.push(key);
                }
            }
        }
        for (section, name) in unused {
            self.problems.push(
                Problem::new(
                    Code::UnusedComponent,
                    format!("`{name}` in `components/{section}` is not used"),
                    At::Key(Pointer::root().descend(["components", section, name])),
                    "no operation uses it",
                )
                .help("remove it, or refer to it"),
            );
        }
    }

    fn used(&self) -> HashSet<Key<'a>> {
        let component_of = |(section, name): (&str, &str)| -> Option<Key<'a>> {
            Some(self.components.get(&(section, name))?.key)
        };
        // The references in each component; those outside of all components come first.
        let mut within: HashMap<Key<'a>, Vec<&str>> = HashMap::new();
        let mut queue: Vec<&str> = Vec::new();
        for reference in &self.references {
            let holder = reference.at.component();
            let holder = holder.and_then(|(section, name)| component_of((&section, &name)));
            match holder {
                Some(holder) => within.entry(holder).or_default().push(reference.target),
                None => queue.push(reference.target),
            }
        }
        let mut used = HashSet::new();
        while let Some(target) = queue.pop() {
            let target = component(target);
            let target = target.and_then(|(section, name)| component_of((&section, &name)));
            if let Some(target) = target
                && used.insert(target)
            {
                queue.extend(within.get(&target).into_iter().flatten());
            }
        }
        used
    }
}
