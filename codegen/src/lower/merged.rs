//! A schema merged with the members of its `allOf`.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Discriminator, Schema};
use serde_json::Value;

use super::schema_site::SchemaSite;
use crate::source::pointer::Pointer;

/// The type-relevant keywords of schemas that a value has to match at once: of an `allOf`, merged into
/// one schema.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub(super) json_type: Option<Located<String>>,
    pub(super) format: Option<Located<String>>,
    /// The format that the client decodes in place of `format`.
    pub(super) client_format: Option<&'a str>,
    /// Whether the bounds of integers are beyond `i64`.
    pub(super) is_unsigned: bool,
    pub(super) enumeration: Option<Vec<Value>>,
    /// The schema with the `enum`, which may describe its values.
    pub(super) enumerating: Option<&'a Schema>,
    pub(super) properties: IndexMap<&'a str, Vec<SchemaSite<'a>>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Additional<'a>,
    pub(super) items: Vec<SchemaSite<'a>>,
    /// Whether the items are the variants of an `anyOf` in their order.
    pub(super) is_tuple: bool,
    /// Whether the value is a string with the JSON of the items.
    pub(super) is_json_text: bool,
    pub(super) choices: Vec<Choice<'a>>,
    /// The components that are being merged, which cannot be members of themselves.
    pub(super) ancestors: Vec<&'a str>,
    /// The components that are already merged.
    pub(super) seen: HashSet<&'a str>,
    /// An error is reported.
    pub(super) is_rejected: bool,
    /// No value matches all of the schemas.
    pub(super) is_impossible: bool,
    /// The number of variants that other choices combine with those of this schema, or 0.
    pub(super) combinations: usize,
}

/// A value of a keyword, and the location to report.
#[derive(Clone)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) at: Pointer,
}

/// Values of keys that are no properties.
#[derive(Clone, Default)]
pub(super) enum Additional<'a> {
    #[default]
    Unspecified,
    None,
    Any,
    Typed(Vec<SchemaSite<'a>>),
}

/// An `anyOf` or a `oneOf`.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub(super) at: Pointer,
    pub(super) variants: Vec<SchemaSite<'a>>,
    pub(super) discriminator: Option<&'a Discriminator>,
}

impl Merged<'_> {
    /// Whether nothing says what a value is.
    pub(super) fn is_bare(&self) -> bool {
        self.json_type.is_none() && self.has_only_type()
    }

    /// Whether nothing but its `type` says what a value is.
    pub(super) fn has_only_type(&self) -> bool {
        self.choices.is_empty()
            && self.format.is_none()
            && self.enumeration.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_empty()
            && !matches!(self.additional, Additional::Any | Additional::Typed(_))
    }

    pub(super) fn json_type(&self) -> Option<&str> {
        self.json_type.as_ref().map(|stated| stated.value.as_str())
    }
}
