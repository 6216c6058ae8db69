//! Resolves references to components.

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::{RefOrSchema, SchemaSite};
use crate::chains::{End, Link, ends};
use crate::code::Code;
use crate::openapi::reference::{Reference, component_name};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// A chain of references to other than schemas that is longer than this is rejected.
const MAX_CHAIN: usize = 64;

impl<'a> Lowering<'a> {
    /// The object and its location, with references to a section of the components resolved.
    pub(super) fn resolve<T>(
        &mut self,
        item: &'a ReferenceOr<T>,
        at: &Pointer,
        section: &str,
        components_of: fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        let (mut item, mut at) = (item, at.clone());
        for _ in 0..MAX_CHAIN {
            let reference = match item {
                ReferenceOr::Item(object) => return Some((object, at)),
                ReferenceOr::Reference { reference } => reference,
            };
            let found = component_name(reference, section).and_then(|name| {
                let components = components_of(self.document.components.as_ref()?);
                Some((components.get(&*name)?, name))
            });
            let Some((next, name)) = found else {
                self.unresolved(reference, &at);
                return None;
            };
            item = next;
            at = Pointer::root().descend(["components", section, &name]);
        }
        let what = format!("a chain of more than {MAX_CHAIN} references");
        self.problem(Problem::unsupported(what, At::Value(at)));
        None
    }

    /// Finds the schema at the end of the chain of references of each component.
    pub(super) fn resolve_components(&mut self) {
        self.ends = ends(self.components.keys().copied(), |key| {
            match self.components[key].target {
                RefOrSchema::Schema(_) => Link::Object(key),
                RefOrSchema::Reference(reference) => match self.component(reference) {
                    Some((key, _)) => Link::Reference(key),
                    None => Link::Nothing,
                },
            }
        });
    }

    /// The component schema that a reference names, and its key.
    pub(super) fn component(&self, reference: &str) -> Option<(&'a str, &SchemaSite<'a>)> {
        let name = component_name(reference, "schemas")?;
        let (key, component) = self.components.get_key_value(&*name)?;
        Some((key, component))
    }

    /// The component schema at the end of a chain of references.
    pub(super) fn end_of(&self, reference: &str) -> Option<&SchemaSite<'a>> {
        let (key, _) = self.component(reference)?;
        let End::Object(end) = self.ends.get(key)? else {
            return None;
        };
        self.components.get(end)
    }

    /// The schema itself, or the one at the end of a chain of references.
    pub(super) fn schema_of(&self, target: RefOrSchema<'a>) -> Option<&'a Schema> {
        match target {
            RefOrSchema::Schema(schema) => Some(schema),
            RefOrSchema::Reference(reference) => self.end_of(reference)?.schema(),
        }
    }

    pub(super) fn keywords_of(&self, target: RefOrSchema<'a>) -> Option<Keywords<'a>> {
        self.schema_of(target).map(Keywords::of)
    }

    /// Reports a reference that the check let pass, although it does not resolve. The check reports
    /// that references to other documents are not supported.
    pub(super) fn unresolved(&mut self, reference: &str, at: &Pointer) {
        let places = [Some(at.child("$ref")), Some(at.clone()), at.parent()];
        let mut places = places.into_iter().flatten();
        if Reference::is_external(reference) || places.any(|it| self.checked.contains(&it)) {
            return;
        }
        self.problem(Problem::new(
            Code::Internal,
            "this reference does not resolve",
            At::Value(at.child("$ref")),
            "the check found no fault with it",
        ));
    }
}
