//! Object schemas: their fields and their additional properties.

use std::collections::HashSet;

use super::Lowering;
use super::definitions::description;
use super::keywords::Keywords;
use super::merged::{Additional, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use crate::code::Code;
use crate::ir::{Access, Field, Presence, Shape, Struct, StructKind, Type};
use crate::names::{Casing, Scope};
use crate::openapi::extension::NULL_MEANS_ABSENT;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Merged<'_> {
    /// Whether it has keywords for objects.
    pub(super) fn is_object(&self) -> bool {
        !self.properties.is_empty() || !matches!(self.additional, Additional::Unspecified)
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, merged: &Merged<'a>, at: &Pointer, name_hint: &str) -> Lowered {
        let values = match &merged.additional {
            Additional::Any => Some(Type::Any),
            Additional::Typed(sites) => {
                let place = at.child("additionalProperties");
                Some(self.type_of_sites(sites, &place, &format!("{name_hint}Value")))
            }
            Additional::None | Additional::Unspecified => None,
        };
        if merged.properties.is_empty() {
            return Lowered::Type(match values {
                None | Some(Type::Any) => Type::FreeForm,
                Some(values) => Type::Map(Box::new(values)),
            });
        }
        let mut scope = Scope::with(&["new"]);
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, sites) in &merged.properties {
            let place = sites[0].at.clone();
            let chosen = scope.choose(wire_name, Casing::Snake);
            let name = self.named(chosen, wire_name, At::Key(place));
            let required = merged.required.contains(*wire_name);
            fields.push(self.field(wire_name, name, sites, required, at, name_hint));
        }
        // As many fields as properties: none is left out.
        let constructor = merged.required.iter();
        let constructor = constructor
            .filter_map(|name| merged.properties.get_index_of(name))
            .collect();
        Lowered::Definition(Shape::Struct(Struct {
            kind: StructKind::Objects,
            rest: values,
            constructor,
            fields,
        }))
    }

    fn field(
        &mut self,
        wire_name: &str,
        name: String,
        sites: &[SchemaSite<'a>],
        required: bool,
        at: &Pointer,
        name_hint: &str,
    ) -> Field {
        // A property that several members define is located in the schema that merges them.
        let place = match sites {
            [only] => only.at.clone(),
            _ => at.child("properties").child(wire_name),
        };
        let value = self.type_of_sites(sites, &place, &format!("{name_hint} {wire_name}"));
        let schemas = || sites.iter().filter_map(SchemaSite::schema);
        let is_patch = !required && self.all_accept_null(sites);
        let null_means_absent = self.null_means_absent(sites, is_patch);
        Field {
            wire_name: wire_name.to_owned(),
            name,
            presence: match (required, value.is_nullable()) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, _) if is_patch && !null_means_absent => Presence::Patch,
                (false, _) => Presence::Optional,
            },
            access: self.access(sites, &place),
            value: value.non_null().clone(),
            description: schemas().find_map(description),
            deprecated: schemas().any(|schema| schema.schema_data.deprecated),
            default: schemas().find_map(|schema| schema.schema_data.default.clone()),
            limits: sites
                .iter()
                .flat_map(|site| self.limits(&site.at))
                .collect(),
            example: schemas().find_map(|schema| schema.schema_data.example.clone()),
            at: place,
        }
    }

    /// Whether the server treats null as it treats an absent property.
    fn null_means_absent(&mut self, sites: &[SchemaSite<'a>], is_patch: bool) -> bool {
        let key = NULL_MEANS_ABSENT.key;
        let stated = |site: &&SchemaSite<'a>| {
            let schema = site.schema()?;
            schema.schema_data.extensions.get(key)?.as_bool()
        };
        let Some(site) = sites.iter().find(|site| stated(site) == Some(true)) else {
            return false;
        };
        if !is_patch {
            self.problem(
                Problem::new(
                    Code::IdleExtension,
                    format!("`{key}` has no effect here"),
                    At::Key(site.at.child(key)),
                    "ignored",
                )
                .help("move it to a property that is optional and nullable"),
            );
        }
        is_patch
    }

    /// The access of a property, by its own keywords and those of the schemas it refers to or merges.
    fn access(&mut self, sites: &[SchemaSite<'a>], at: &Pointer) -> Access {
        let mut read_only = false;
        let mut write_only = false;
        let mut queue: Vec<RefOrSchema<'a>> = sites.iter().map(|site| site.target).collect();
        let mut seen = HashSet::new();
        while let Some(target) = queue.pop() {
            match target {
                RefOrSchema::Schema(schema) => {
                    read_only |= schema.schema_data.read_only;
                    write_only |= schema.schema_data.write_only;
                    queue.extend(Keywords::of(schema).all_of.iter().map(RefOrSchema::of));
                }
                RefOrSchema::Reference(reference) => {
                    if let Some(component) = self.end_of(reference)
                        && seen.insert(component.at.as_str())
                    {
                        queue.push(component.target);
                    }
                }
            }
        }
        match (read_only, write_only) {
            (true, true) => {
                self.problem(
                    Problem::new(
                        Code::Contradiction,
                        "a property is both `readOnly` and `writeOnly`",
                        At::Key(at.clone()),
                        "neither has an effect",
                    )
                    .help("remove one of the two"),
                );
                Access::Both
            }
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) => Access::Both,
        }
    }
}
