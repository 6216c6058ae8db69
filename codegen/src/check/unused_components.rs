//! Components that no operation uses, neither directly nor by way of other components.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::code::Code;
use crate::openapi::reference::{component, reference_of};
use crate::problem::At;
use crate::source::pointer::Pointer;
use crate::source::{Entry, Node};

impl<'a> Checker<'a> {
    pub(super) fn check_unused_components(&mut self, used_schemes: &HashSet<&str>) {
        let used = self.used();
        for section in self.root.entries_of("components") {
            let unused = section.value.entries().iter().filter(|entry| {
                let name = entry.key.as_str();
                match section.key.as_str() {
                    "securitySchemes" => !used_schemes.contains(name),
                    section if section.starts_with("x-") => false,
                    _ => !used.contains(&std::ptr::from_ref(&entry.value)),
                }
            });
            for Entry { key: name, .. } in unused {
                let section = &section.key;
                self.report(
                    Code::UnusedComponent,
                    format!("`{name}` in `components/{section}` is not used"),
                    At::Key(Pointer::root().descend(["components", section, name])),
                    "no operation uses it",
                    "remove it, or refer to it",
                );
            }
        }
    }

    fn used(&self) -> HashSet<*const Node> {
        let component_of = |section: &str, name: &str| -> Option<*const Node> {
            Some(*self.components.get(&(section, name))?)
        };
        let target_of = |reference: &str| {
            let (section, name) = component(reference)?;
            component_of(&section, &name)
        };
        // The references in each component; those outside of all components come first.
        let mut within: HashMap<*const Node, Vec<*const Node>> = HashMap::new();
        let mut queue: Vec<*const Node> = Vec::new();
        for reference in &self.references {
            let Some(target) = target_of(reference.target) else {
                continue;
            };
            let holder = reference.at.component();
            match holder.and_then(|(section, name)| component_of(&section, &name)) {
                Some(holder) => within.entry(holder).or_default().push(target),
                None => queue.push(target),
            }
        }
        // A discriminator selects schemas that extend its own, too.
        for Entry { value: schema, .. } in self.section("schemas") {
            let bases = schema.items_of("allOf").iter().filter_map(reference_of);
            for base in bases {
                if let Some((section, name)) = component(base)
                    && let Some(base) = self.components.get(&(&*section, &*name))
                    && base.get("discriminator").is_some()
                {
                    within.entry(*base).or_default().push(schema);
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
