//! Merges a schema with the members of its `allOf`.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::merged::{Additional, Choice, Located, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use crate::code::Code;
use crate::openapi::extension::{FORMAT, JSON_TEXT, TUPLE};
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::problem::{At, Problem};

/// Components whose `allOf` refers to each other in a longer chain than this are rejected, so that the
/// merge neither overflows the stack nor takes quadratic time.
pub(super) const MAX_DEPTH: usize = 64;

/// Merges that copy more properties and values of enums than this, all together, are rejected.
const MAX_COPIES: usize = 1_000_000;

/// How many schemas of one property are searched for one that is the same.
const MAX_COMPARED: usize = 64;

impl<'a> Lowering<'a> {
    /// Adds the keywords of a schema.
    pub(super) fn absorb(&mut self, site: &SchemaSite<'a>, merged: &mut Merged<'a>) {
        match site.target {
            RefOrSchema::Schema(schema) => self.absorb_schema(schema, site, merged),
            RefOrSchema::Reference(reference) => {
                let Some((key, component)) = self.component(reference) else {
                    self.unresolved(reference, &site.at);
                    merged.is_rejected = true;
                    return;
                };
                // It adds nothing to itself, and its keywords are merged already.
                if merged.ancestors.contains(&key) {
                    return;
                }
                if merged.ancestors.len() >= MAX_DEPTH {
                    let what = format!("an `allOf` of more than {MAX_DEPTH} levels");
                    self.problem(Problem::unsupported(what, At::Value(site.blame_at.clone())));
                    merged.is_rejected = true;
                    return;
                }
                let target = SchemaSite {
                    blame_at: site.blame_at.clone(),
                    ..component.clone()
                };
                if !merged.seen.insert(key) {
                    return;
                }
                merged.ancestors.push(key);
                self.absorb(&target, merged);
                merged.ancestors.pop();
            }
        }
    }

    fn absorb_schema(
        &mut self,
        schema: &'a Schema,
        site: &SchemaSite<'a>,
        merged: &mut Merged<'a>,
    ) {
        let keywords = Keywords::of(schema);
        let properties = keywords.properties.map_or(0, IndexMap::len);
        self.copies += properties + keywords.enumeration.len();
        if self.copies > MAX_COPIES {
            let what =
                format!("a description whose `allOf` copy more than {MAX_COPIES} properties");
            self.problem(Problem::unsupported(what, At::Value(site.blame_at.clone())));
            merged.is_rejected = true;
            return;
        }
        for member in site.members(&keywords) {
            // Contradictions are between the members of the schema that merges them.
            let blame_at = match site.blame_at == site.at {
                true => member.at.clone(),
                false => site.blame_at.clone(),
            };
            self.absorb(&SchemaSite { blame_at, ..member }, merged);
        }
        let stated = |value: String| Located {
            value,
            at: site.blame_at.clone(),
        };
        if let Some(json_type) = keywords.json_type {
            self.narrow_type(stated(json_type.to_owned()), merged);
        }
        merged.is_unsigned |= self.is_unsigned(&site.at);
        merged.client_format = client_format(schema).or(merged.client_format);
        let extensions = &schema.schema_data.extensions;
        merged.is_tuple |= extensions.contains_key(TUPLE);
        merged.is_json_text |= extensions.contains_key(JSON_TEXT);
        if let Some(format) = keywords.format.clone() {
            self.narrow_format(stated(format), merged);
        }
        if !keywords.enumeration.is_empty() {
            self.narrow_values(&keywords, site, merged);
            merged.enumerating = Some(schema);
        }
        for (name, property) in keywords.properties.into_iter().flatten() {
            let at = site.at.child("properties").child(name);
            let name_hint = format!("{} {name}", site.name_hint);
            let mut property = SchemaSite::new(property, at, name_hint);
            if site.blame_at != site.at {
                property.blame_at = site.blame_at.clone();
            }
            add(property, merged.properties.entry(name).or_default());
        }
        let required = keywords.required.iter().map(String::as_str);
        merged.required.extend(required);
        if let Some(additional) = keywords.additional {
            narrow_additional(additional, site, merged);
        }
        if let Some(items) = keywords.items {
            let items = SchemaSite::new(
                items,
                site.at.child("items"),
                format!("{}Item", site.name_hint),
            );
            add(items, &mut merged.items);
        }
        let discriminator = schema.schema_data.discriminator.as_ref();
        for (key, list) in [("anyOf", keywords.any_of), ("oneOf", keywords.one_of)] {
            // The choice is made, if a base lists the schemas that inherit from it, and one of these is
            // being merged.
            let subtypes = merged.ancestors.split_last();
            let is_chosen = subtypes.is_some_and(|(_, subtypes)| self.lists_one_of(list, subtypes));
            if !list.is_empty() && !is_chosen {
                merged.choices.push(Choice {
                    at: site.at.child(key),
                    variants: site.listed(key, list),
                    discriminator,
                });
            }
        }
    }

    fn narrow_type(&mut self, stated: Located<String>, merged: &mut Merged<'a>) {
        let Some(before) = &mut merged.json_type else {
            merged.json_type = Some(stated);
            return;
        };
        match (before.value.as_str(), stated.value.as_str()) {
            (one, other) if one == other => {}
            ("number", "integer") => *before = stated,
            ("integer", "number") => {}
            (one, other) => {
                let what = format!("one is of type {one}, and one of type {other}");
                merged.is_impossible = true;
                self.contradiction(&what, At::Value(stated.at));
            }
        }
    }

    /// Keeps the narrower format. Strings of two formats are strings.
    fn narrow_format(&mut self, stated: Located<String>, merged: &mut Merged<'a>) {
        let Some(before) = &merged.format else {
            merged.format = Some(stated);
            return;
        };
        let formats = [&before.value, &stated.value].map(|name| Format::of_name(name));
        match formats {
            [_, None] => {}
            [Some(one), Some(other)] if one == other => {}
            [Some(one), Some(other)]
                if one.json_type() == JsonType::String && other.json_type() == JsonType::String =>
            {
                let what = format!(
                    "one has the format {}, and one the format {}",
                    one.name(),
                    other.name()
                );
                merged.format = None;
                self.contradiction(&what, At::Value(stated.at));
            }
            [Some(one), Some(other)] if !one.includes(other) => {}
            [_, Some(_)] => merged.format = Some(stated),
        }
    }

    /// Reports that no value matches all of the schemas.
    fn contradiction(&mut self, what: &str, at: At) {
        self.problem(
            Problem::new(
                Code::Contradiction,
                format!("no value matches all of these schemas: {what}"),
                at,
                "contradicts another one",
            )
            .help(
                "correct one of them; the client leaves out a variant that has no values, and \
                 elsewhere accepts any JSON",
            ),
        );
    }

    /// Keeps only the values that all lists contain.
    fn narrow_values(
        &mut self,
        keywords: &Keywords<'a>,
        site: &SchemaSite<'a>,
        merged: &mut Merged<'a>,
    ) {
        let Some(before) = &mut merged.enumeration else {
            merged.enumeration = Some(keywords.enumeration.clone());
            return;
        };
        let stated: HashSet<&Value> = keywords.enumeration.iter().collect();
        before.retain(|value| stated.contains(value));
        if before.is_empty() {
            let what = "their enums have no common value";
            merged.is_impossible = true;
            self.contradiction(what, At::Value(site.blame_at.clone()));
        }
    }
}

/// The value of `x-client-format`.
pub(super) fn client_format(schema: &Schema) -> Option<&str> {
    schema.schema_data.extensions.get(FORMAT.key)?.as_str()
}

/// Adds a schema that values also match, unless it is one of the first, which avoids a type for two schemas
/// that are the same.
fn add<'a>(site: SchemaSite<'a>, sites: &mut Vec<SchemaSite<'a>>) {
    let mut first = sites.iter().take(MAX_COMPARED);
    if first.all(|other| other.target != site.target) {
        sites.push(site);
    }
}

fn narrow_additional<'a>(
    additional: &'a AdditionalProperties,
    site: &SchemaSite<'a>,
    merged: &mut Merged<'a>,
) {
    let stated = match additional {
        AdditionalProperties::Any(true) => Additional::Any,
        AdditionalProperties::Any(false) => Additional::None,
        AdditionalProperties::Schema(schema) => match &**schema {
            ReferenceOr::Item(schema) if Keywords::of(schema).is_anything() => Additional::Any,
            schema => Additional::Typed(vec![SchemaSite::new(
                schema,
                site.at.child("additionalProperties"),
                format!("{}Value", site.name_hint),
            )]),
        },
    };
    merged.additional = match (std::mem::take(&mut merged.additional), stated) {
        (Additional::None, _) | (_, Additional::None) => Additional::None,
        (Additional::Typed(mut sites), Additional::Typed(more)) => {
            more.into_iter().for_each(|site| add(site, &mut sites));
            Additional::Typed(sites)
        }
        (Additional::Typed(sites), _) | (_, Additional::Typed(sites)) => Additional::Typed(sites),
        (_, stated) => stated,
    };
}
