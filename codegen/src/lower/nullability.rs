//! Whether null is a value of a schema, by the rules of `openapi::nullability`.

use std::collections::HashMap;

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::{RefOrSchema, SchemaSite};
use crate::openapi::nullability::NullFacts;

impl<'a> Lowering<'a> {
    pub(super) fn all_accept_null(&self, sites: &[SchemaSite<'a>]) -> bool {
        sites.iter().all(|site| self.accepts_null(site))
    }

    /// Finds the components that accept null: first those that do by themselves, then the components
    /// that combine these, until there are no more.
    pub(super) fn find_nullable_components(&mut self) {
        let mut dependents: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for (key, component) in &self.components {
            let mut queue = vec![component.clone()];
            while let Some(site) = queue.pop() {
                match site.target {
                    RefOrSchema::Schema(schema) => queue.extend(combined(&site, schema)),
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
            if component.is_some_and(|component| self.accepts_null(component)) {
                self.nullable.insert(key);
                queue.extend(dependents.remove(key).into_iter().flatten());
            }
        }
    }

    fn accepts_null(&self, site: &SchemaSite<'a>) -> bool {
        let schema = match site.target {
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
            all_of: site.members(&keywords),
            any_of: site.listed("anyOf", keywords.any_of),
            one_of: site.listed("oneOf", keywords.one_of),
        };
        facts.accept_null(|site| self.accepts_null(site))
    }

    /// Whether null is the only value of a schema.
    pub(super) fn is_null_alone(&self, site: &SchemaSite<'a>) -> bool {
        let keywords = self.keywords_of(site.target).unwrap_or_default();
        let values = keywords.enumeration;
        !values.is_empty() && values.iter().all(|value| value.is_null())
    }
}

/// The schemas that a schema combines.
fn combined<'a>(site: &SchemaSite<'a>, schema: &'a openapiv3::Schema) -> Vec<SchemaSite<'a>> {
    let keywords = Keywords::of(schema);
    let mut combined = site.members(&keywords);
    combined.extend(site.listed("anyOf", keywords.any_of));
    combined.extend(site.listed("oneOf", keywords.one_of));
    combined
}
