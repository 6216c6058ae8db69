//! A schema or a reference to one, and where it is.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::keywords::Keywords;
use crate::source::pointer::Pointer;

/// A schema or a reference at a location, and what to name the type that is made of it.
#[derive(Clone)]
pub(super) struct SchemaSite<'a> {
    pub(super) target: RefOrSchema<'a>,
    pub(super) at: Pointer,
    /// The location to report if it contradicts another schema of the same `allOf`: in the schema with
    /// the `allOf`.
    pub(super) blame_at: Pointer,
    pub(super) name_hint: String,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum RefOrSchema<'a> {
    Reference(&'a str),
    Schema(&'a Schema),
}

impl<'a> RefOrSchema<'a> {
    pub(super) fn of<S: Borrow<Schema>>(schema: &'a ReferenceOr<S>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => RefOrSchema::Reference(reference),
            ReferenceOr::Item(schema) => RefOrSchema::Schema(schema.borrow()),
        }
    }
}

impl<'a> SchemaSite<'a> {
    pub(super) fn new<S: Borrow<Schema>>(
        schema: &'a ReferenceOr<S>,
        at: Pointer,
        name_hint: impl Into<String>,
    ) -> Self {
        SchemaSite {
            target: RefOrSchema::of(schema),
            blame_at: at.clone(),
            at,
            name_hint: name_hint.into(),
        }
    }

    /// The schema, unless it is a reference.
    pub(super) fn schema(&self) -> Option<&'a Schema> {
        match self.target {
            RefOrSchema::Schema(schema) => Some(schema),
            RefOrSchema::Reference(_) => None,
        }
    }

    /// The members of its `allOf`.
    pub(super) fn members(&self, keywords: &Keywords<'a>) -> Vec<SchemaSite<'a>> {
        self.listed("allOf", keywords.all_of)
    }

    /// The schemas in a list of it.
    pub(super) fn listed(&self, key: &str, list: &'a [ReferenceOr<Schema>]) -> Vec<SchemaSite<'a>> {
        let place = self.at.child(key);
        let sites = list.iter().enumerate();
        sites
            .map(|(index, schema)| SchemaSite::new(schema, place.child(index), &self.name_hint))
            .collect()
    }
}
