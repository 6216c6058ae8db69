//! A schema where it stands: of several such, merged, a type is made.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::view::View;
use crate::source::pointer::Pointer;

/// A schema, and what to call the type that is made of it.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) written: Written<'a>,
    pub(super) at: Pointer,
    /// Where to mark it as one of several that contradict each other: within the schema that merges
    /// them.
    pub(super) via: Pointer,
    pub(super) hint: String,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Written<'a> {
    Reference(&'a str),
    Schema(&'a Schema),
}

impl<'a> Part<'a> {
    pub(super) fn new<S: Borrow<Schema>>(
        schema: &'a ReferenceOr<S>,
        at: Pointer,
        hint: impl Into<String>,
    ) -> Self {
        let written = match schema {
            ReferenceOr::Reference { reference } => Written::Reference(reference),
            ReferenceOr::Item(schema) => Written::Schema(schema.borrow()),
        };
        Part {
            written,
            via: at.clone(),
            at,
            hint: hint.into(),
        }
    }

    /// The schema, if it stands here itself.
    pub(super) fn schema(&self) -> Option<&'a Schema> {
        match self.written {
            Written::Schema(schema) => Some(schema),
            Written::Reference(_) => None,
        }
    }

    /// The members of its `allOf`.
    pub(super) fn members(&self, view: &View<'a>) -> Vec<Part<'a>> {
        self.listed("allOf", view.all_of)
    }

    /// The schemas listed under a key of it.
    pub(super) fn listed(&self, key: &str, list: &'a [ReferenceOr<Schema>]) -> Vec<Part<'a>> {
        let place = self.at.child(key);
        let parts = list.iter().enumerate();
        parts
            .map(|(index, schema)| Part::new(schema, place.child(index), &self.hint))
            .collect()
    }
}
