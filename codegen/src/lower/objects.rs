//! Object schemas: their fields, and what they hold besides.

use super::Lowering;
use super::limits::limits;
use super::merge::{Additional, Merged};
use super::part::{Part, Written};
use super::schemas::{Lowered, description};
use super::view::View;
use crate::ir::{Access, Field, Presence, Shape, Type};
use crate::names::{Casing, Scope};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl Merged<'_> {
    /// Whether it says something that only objects have.
    pub(super) fn is_object(&self) -> bool {
        !self.properties.is_empty() || !matches!(self.additional, Additional::Unsaid)
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, merged: &Merged<'a>, at: &Pointer, hint: &str) -> Lowered {
        let values = match &merged.additional {
            Additional::Any => Some(Type::Any),
            Additional::Typed(parts) => {
                let place = at.child("additionalProperties");
                Some(self.type_of_parts(parts, &place, &format!("{hint}Value")))
            }
            Additional::None | Additional::Unsaid => None,
        };
        if merged.properties.is_empty() {
            return Lowered::Type(match values {
                None | Some(Type::Any) => Type::FreeForm,
                Some(values) => Type::Map(Box::new(values)),
            });
        }
        let mut scope = Scope::with(&["new"]);
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, parts) in &merged.properties {
            let [first, ..] = parts.as_slice() else {
                continue;
            };
            let place = first.at.clone();
            let chosen = scope.choose(wire_name, Casing::Snake);
            let name = self.named(chosen, wire_name, At::Key(place));
            let required = merged.required.contains(wire_name);
            fields.push(self.field(wire_name, name, parts, required, at, hint));
        }
        let constructor = merged.required.iter();
        let constructor = constructor
            .filter_map(|name| fields.iter().position(|field| field.wire_name == *name))
            .collect();
        Lowered::Definition(Shape::Struct {
            rest: values,
            constructor,
            fields,
        })
    }

    fn field(
        &mut self,
        wire_name: &str,
        name: String,
        parts: &[Part<'a>],
        required: bool,
        at: &Pointer,
        hint: &str,
    ) -> Field {
        // One that several members define stands in the schema that merges them.
        let place = match parts {
            [only] => only.at.clone(),
            _ => at.child("properties").child(wire_name),
        };
        let value = self.type_of_parts(parts, &place, &format!("{hint} {wire_name}"));
        let schemas = || parts.iter().filter_map(Part::schema);
        Field {
            wire_name: wire_name.to_owned(),
            name,
            presence: match (required, value.is_nullable()) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, _) if self.takes_null(parts) => Presence::Patch,
                (false, _) => Presence::Optional,
            },
            access: self.access(parts, &place),
            value: value.non_null().clone(),
            description: schemas().find_map(description),
            deprecated: schemas().any(|schema| schema.schema_data.deprecated),
            default: schemas().find_map(|schema| schema.schema_data.default.clone()),
            limits: schemas().flat_map(limits).collect(),
            example: schemas().find_map(|schema| schema.schema_data.example.clone()),
            at: place,
        }
    }

    /// Which way a property goes, as it, or what it refers to or merges, says.
    fn access(&mut self, parts: &[Part<'a>], at: &Pointer) -> Access {
        let mut read_only = false;
        let mut write_only = false;
        let mut queue: Vec<Part<'a>> = parts.to_vec();
        let mut seen = Vec::new();
        while let Some(part) = queue.pop() {
            match part.written {
                Written::Schema(schema) => {
                    read_only |= schema.schema_data.read_only;
                    write_only |= schema.schema_data.write_only;
                    queue.extend(part.members(&View::of(schema)));
                }
                Written::Reference(reference) => {
                    if let Some((key, component)) = self.component(reference)
                        && !seen.contains(&key)
                    {
                        queue.push(Part::new(component.schema, component.at.clone(), ""));
                        seen.push(key);
                    }
                }
            }
        }
        match (read_only, write_only) {
            (true, true) => {
                let what = "a property that is both `readOnly` and `writeOnly`";
                self.problem(Problem::not_generated(what, At::Key(at.clone())));
                Access::Both
            }
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) => Access::Both,
        }
    }
}
