//! Object schemas: their fields, and what they hold besides.

use openapiv3::{AdditionalProperties, Schema};

use super::Lowering;
use super::schemas::Lowered;
use super::view::View;
use crate::ir::{Field, Presence, Shape, Type};
use crate::names::{Case, Scope};
use crate::problem::At;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, view: &View<'a>, at: &Pointer, hint: &str) -> Lowered {
        let values = match view.additional {
            Some(AdditionalProperties::Any(true)) => Some(Type::Any),
            Some(AdditionalProperties::Schema(schema)) => {
                let place = at.child("additionalProperties");
                Some(self.type_of(schema, &place, &format!("{hint}Value")))
            }
            Some(AdditionalProperties::Any(false)) | None => None,
        };
        let properties = match view.properties {
            Some(properties) if !properties.is_empty() => properties,
            _ => {
                return Lowered::Type(match values {
                    None | Some(Type::Any) => Type::FreeForm,
                    Some(values) => Type::Map(Box::new(values)),
                });
            }
        };
        let mut scope = Scope::with(&["new"]);
        let mut fields: Vec<Field> = Vec::new();
        for (wire_name, property) in properties {
            let place = at.child("properties").child(wire_name);
            let required = view.required.contains(wire_name);
            let chosen = scope.choose(wire_name, Case::Snake);
            let name = self.named(chosen, wire_name, At::Key(place.clone()));
            let value = self.boxed_type_of(property, &place, &format!("{hint} {wire_name}"));
            let schema = property.as_item().map(|schema| &**schema);
            fields.push(self.field(wire_name, name, value, required, schema, place));
        }
        for field in &mut fields {
            if matches!(field.presence, Presence::Nullable | Presence::Patch) {
                field.clear_name = scope.claim(format!("clear_{}", field.name));
            }
        }
        let constructor = view.required.iter();
        let constructor = constructor
            .filter_map(|name| fields.iter().position(|field| field.wire_name == *name))
            .collect();
        Lowered::Definition(Shape::Struct {
            rest: values.map(|values| (scope.claim("additional_properties".to_owned()), values)),
            constructor,
            fields,
        })
    }

    fn field(
        &self,
        wire_name: &str,
        name: String,
        value: Type,
        required: bool,
        schema: Option<&Schema>,
        at: Pointer,
    ) -> Field {
        let data = schema.map(|schema| &schema.schema_data);
        Field {
            wire_name: wire_name.to_owned(),
            name,
            clear_name: String::new(),
            presence: match (required, value.is_nullable()) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::Patch,
            },
            value: value.non_null().clone(),
            description: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            example: data.and_then(|data| data.example.clone()),
            at,
        }
    }
}
