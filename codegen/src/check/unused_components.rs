//! Components that no operation uses, neither directly nor by way of other components.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::code::Code;
use crate::openapi::reference::component;
use crate::problem::At;
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
            self.report(
                Code::UnusedComponent,
                format!("`{name}` in `components/{section}` is not used"),
                At::Key(Pointer::root().descend(["components", section, name])),
                "no operation uses it",
                "remove it, or refer to it",
            );
        }
    }

    fn used(&self) -> HashSet<Key<'a>> {
        let component_of = |(section, name): (&str, &str)| -> Option<Key<'a>> {
            Some(self.components.get(&(section, name))?.key)
        };
        let target_of =
            |target| component_of(component(target).as_ref().map(|(a, b)| (&**a, &**b))?);
        // The references in each component; those outside of all components come first.
        let mut within: HashMap<Key<'a>, Vec<Key<'a>>> = HashMap::new();
        let mut queue: Vec<Key<'a>> = Vec::new();
        for reference in &self.references {
            let Some(target) = target_of(reference.target) else {
                continue;
            };
            let holder = reference.at.component();
            match holder.and_then(|(section, name)| component_of((&section, &name))) {
                Some(holder) => within.entry(holder).or_default().push(target),
                None => queue.push(target),
            }
        }
        // A discriminator selects schemas by their names, and schemas that extend its own.
        let schemas = self
            .root
            .get("components")
            .map(|it| it.value.entries_of("schemas"));
        for entry in schemas.into_iter().flatten() {
            let own = component_of(("schemas", &entry.key));
            if let Some(discriminator) = entry.value.value("discriminator")
                && let Some(own) = own
            {
                let names = discriminator.entries_of("mapping").iter();
                let names = names.filter_map(|it| component_of(("schemas", it.value.string()?)));
                within.entry(own).or_default().extend(names);
            }
            let bases = entry.value.items_of("allOf").iter();
            for base in bases.filter_map(|member| target_of(member.value("$ref")?.string()?)) {
                let schema = self.components.get(&base).map(|component| component.node);
                if schema.is_some_and(|schema| schema.get("discriminator").is_some()) {
                    within.entry(base).or_default().extend(own);
                }
            }
        }
        let mut used = HashSet::new();
        while let Some(target) = queue.pop() {
            if used.insert(target) {
                queue.extend(within.get(&target).into_iter().flatten());
            }
        }
        used
    }
}
