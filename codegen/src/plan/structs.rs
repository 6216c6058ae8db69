//! Structs: the type of each field, what `new` takes, and how setters and rows treat each field.

use super::types::{Types, rust_type};
use crate::ir::{self, Access, PartEncoding, Presence, StructKind, Type, TypeDefinition};
use crate::names::Scope;

pub(crate) struct Struct<'a> {
    pub(crate) ir: &'a ir::Struct,
    pub(crate) fields: Vec<Field<'a>>,
    /// The field that holds every key that no other field names.
    pub(crate) rest: Option<Rest<'a>>,
}

pub(crate) struct Field<'a> {
    pub(crate) ir: &'a ir::Field,
    /// Type of the value, without what its absence adds.
    pub(crate) value_type: String,
    /// Type of the field.
    pub(crate) rust_type: String,
    /// Type of the argument of the setter.
    pub(crate) argument_type: String,
    pub(crate) argument: super::type_facts::Argument,
    pub(crate) in_constructor: bool,
    /// Whether the struct has a setter for the field.
    pub(crate) is_settable: bool,
    /// Name of the method that sets the field to null.
    pub(crate) clear_name: Option<String>,
    /// How the row of the field in the runtime's table reads and writes it.
    pub(crate) row: &'static str,
    /// Whether the row writes date-times.
    pub(crate) writes_rfc3339: bool,
    /// How the field is sent, if the struct is a multipart body.
    pub(crate) part: Option<MultipartField<'a>>,
}

/// How a field becomes parts of a multipart body.
pub(crate) struct MultipartField<'a> {
    pub(crate) encoding: &'a PartEncoding,
    /// Whether each item of a list is a part.
    pub(crate) is_list: bool,
    /// Whether the value is a part already.
    pub(crate) is_form_part: bool,
    pub(crate) has_rfc3339: bool,
}

pub(crate) struct Rest<'a> {
    /// Type of the values.
    pub(crate) value: &'a Type,
    pub(crate) name: String,
    pub(crate) rust_type: String,
    pub(crate) has_rfc3339: bool,
}

impl<'a> Struct<'a> {
    pub(super) fn of(
        types: &Types<'_>,
        definition: &'a TypeDefinition,
        shape: &'a ir::Struct,
    ) -> Self {
        let fields = &shape.fields;
        let encodings: &[PartEncoding] = match &shape.kind {
            StructKind::Forms(encodings) => encodings,
            StructKind::Objects | StructKind::OptionalParameters => &[],
        };
        let mut scope = Scope::with(&["new"]);
        for field in fields {
            scope.claim(field.name.clone());
        }
        let planned = fields.iter().enumerate().map(|(index, field)| {
            let is_nullable = matches!(field.presence, Presence::Nullable | Presence::Patch);
            let value_type = rust_type(&field.value);
            let has_rfc3339 = types.has_rfc3339(&field.value);
            let is_sent = definition.sends(field);
            Field {
                ir: field,
                rust_type: match field.presence {
                    Presence::Required => value_type.clone(),
                    Presence::Nullable | Presence::Optional | Presence::ResponseOnly => {
                        format!("Option<{value_type}>")
                    }
                    Presence::Patch => format!("Patch<{value_type}>"),
                },
                value_type,
                argument_type: types.argument_type(&field.value),
                argument: types.argument(&field.value),
                in_constructor: shape.constructor.contains(&index),
                is_settable: field.access != Access::ReadOnly || !definition.is_constructible,
                clear_name: is_nullable.then(|| scope.claim(format!("clear_{}", field.name))),
                row: row(field.presence, is_sent),
                writes_rfc3339: is_sent && has_rfc3339,
                part: encodings
                    .get(index)
                    .map(|encoding| part(types, field, encoding)),
            }
        });
        let fields = planned.collect();
        Struct {
            ir: shape,
            fields,
            rest: shape.rest.as_ref().map(|value| Rest {
                value,
                name: scope.claim("additional_properties".to_owned()),
                rust_type: rust_type(&match value {
                    Type::Any => Type::FreeForm,
                    other => Type::Map(Box::new(other.clone())),
                }),
                has_rfc3339: types.has_rfc3339(value),
            }),
        }
    }

    /// Whether the struct can be made of nothing.
    pub(crate) fn has_default(&self) -> bool {
        self.ir.constructor.is_empty()
    }

    /// Returns the fields that `new` takes, in order.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Field<'a>> {
        let indices = self.ir.constructor.iter();
        indices.map(|index| &self.fields[*index])
    }

    /// Returns the first argument of `new` of the same type as a field.
    pub(crate) fn same_in_constructor(&self, field: &Field<'_>) -> Option<&Field<'a>> {
        let mut arguments = self.arguments();
        arguments.find(|argument| argument.ir.value == field.ir.value)
    }

    /// Whether the table of the definition writes date-times.
    pub(super) fn writes_rfc3339(&self) -> bool {
        let in_rest = self.rest.iter().any(|rest| rest.has_rfc3339);
        let in_fields = || self.fields.iter().any(|field| field.writes_rfc3339);
        self.ir.kind != StructKind::OptionalParameters && (in_rest || in_fields())
    }
}

/// Returns how a row of the runtime's table reads and writes a field.
fn row(presence: Presence, is_sent: bool) -> &'static str {
    match (presence, is_sent) {
        (Presence::Nullable | Presence::Optional, false) | (Presence::ResponseOnly, _) => {
            "read_optional"
        }
        (Presence::Patch, false) => "read_patch",
        (Presence::Required, _) => "required",
        (Presence::Nullable, true) => "nullable",
        (Presence::Optional, true) => "optional",
        (Presence::Patch, true) => "patch",
    }
}

fn part<'a>(
    types: &Types<'_>,
    field: &ir::Field,
    encoding: &'a PartEncoding,
) -> MultipartField<'a> {
    let (is_list, item) = match types.resolve(&field.value) {
        Type::Array(item) => (true, types.resolve(item)),
        other => (false, other),
    };
    MultipartField {
        encoding,
        is_list,
        is_form_part: *item == Type::FormPart,
        has_rfc3339: types.has_rfc3339(item),
    }
}
