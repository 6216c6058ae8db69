//! Whether null is a value of a schema, by the rules of `openapi::nullability`.

use std::collections::HashMap;

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::{RefOrSchema, SchemaSite};
use crate::openapi::nullability::NullFacts;

impl<'a> Lowering<'a> {
    pub(super) fn all_accept_null(&self, sites: &[SchemaSite<'a>]) -> bool {
        sites.iter().all(|site| self.accepts_null(site.target))
    }

    /// Finds the components that accept null: first those that do by themselves, then the components
    /// that combine these, until there are no more.
    pub(super) fn find_nullable_components(&mut self) {
        let mut dependents: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for (key, component) in &self.components {
            let mut queue = vec![component.target];
            while let Some(target) = queue.pop() {
                match target {
                    RefOrSchema::Schema(schema) => {
                        let keywords = Keywords::of(schema);
                        let combined = [keywords.all_of, keywords.any_of, keywords.one_of];
                        queue.extend(combined.into_iter().flatten().map(RefOrSchema::of));
                    }
                    RefOrSchema::Reference(reference) => {
                        if let Some((target, _)) = self.component(reference) {
                            dependents.entry(target).or_default().push(key);
                        }
                    }
                }
            }
        }
        let mut queue: Vec<&'a str> = self.components.keys().copied().collect();
        while let Some(key) = queue.pop() {
            if self.nullable.contains(key) {
                continue;
            }
            let component = self.components.get(key);
            if component.is_some_and(|component| self.accepts_null(component.target)) {
                self.nullable.insert(key);
                queue.extend(dependents.remove(key).into_iter().flatten());
            }
        }
    }

    fn accepts_null(&self, target: RefOrSchema<'a>) -> bool {
        let schema = match target {
            RefOrSchema::Schema(schema) => schema,
            RefOrSchema::Reference(reference) => {
                let component = self.component(reference);
                return component.is_some_and(|(key, _)| self.nullable.contains(key));
            }
        };
        let keywords = Keywords::of(schema);
        let facts = NullFacts {
            is_nullable: schema.schema_data.nullable,
            has_null_in_enum: keywords.enumeration.iter().any(|value| value.is_null()),
            constrains: !keywords.is_bare(),
            all_of: keywords.all_of.iter().map(RefOrSchema::of).collect(),
            any_of: keywords.any_of.iter().map(RefOrSchema::of).collect(),
            one_of: keywords.one_of.iter().map(RefOrSchema::of).collect(),
        };
        facts.accept_null(|target| self.accepts_null(*target))
    }

    /// Whether null is the only value of a schema.
    pub(super) fn is_null_alone(&self, target: RefOrSchema<'a>) -> bool {
        let values = self.keywords_of(target).unwrap_or_default().enumeration;
        !values.is_empty() && values.iter().all(|value| value.is_null())
    }
}
