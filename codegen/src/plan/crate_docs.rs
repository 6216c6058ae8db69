//! What the examples of the crate's documentation are made of.

use serde_json::Value;

use super::definitions::DefinitionKind;
use super::examples::response_variable;
use super::expressions::Maker;
use super::structs::Struct;
use super::types::Types;
use super::{Plan, operations, structs};
use crate::ir::{
    Access, BodyKind, EnumKind, Field, Operation, Presence, ResponseShape, Scalar, Shape, Type,
    TypeDefinition,
};
use crate::openapi::format::Format;

/// The call of the first operation with enough examples.
pub(crate) struct ExampleCall<'p, 'a> {
    pub(crate) operation: &'p operations::Operation<'a>,
    /// The definitions that the example names.
    pub(crate) names: Vec<&'a str>,
    /// The statement that makes the body.
    pub(crate) body: Option<String>,
    /// The method and its arguments.
    pub(crate) method: String,
    /// The variable that holds the response.
    pub(crate) response: String,
}

/// An example that reads a field which is absent, null or a value.
pub(crate) struct PatchRead<'a> {
    pub(crate) definition: &'a TypeDefinition,
    pub(crate) field: &'a Field,
}

/// An example that writes a field which is absent, null or a value.
pub(crate) struct PatchWrite<'a> {
    pub(crate) definition: &'a TypeDefinition,
    pub(crate) setter: &'a str,
    /// Method that sets the field to null.
    pub(crate) clear_name: String,
    /// The argument of the setter.
    pub(crate) value: String,
    /// The JSON of the body with that value.
    pub(crate) value_text: String,
    /// The JSON of the body with null.
    pub(crate) null_text: String,
}

/// The longest call that fits on a line.
const LONGEST_CALL: usize = 85;

impl<'a> Plan<'a> {
    /// Returns the call for the examples of the page: of a featured operation, or else of one that returns
    /// JSON.
    pub(crate) fn example_call(&self) -> Option<ExampleCall<'_, 'a>> {
        let calls = |wanted: fn(&Operation) -> bool| {
            let mut operations = self.operations().filter(move |it| wanted(it.ir));
            operations.find_map(|operation| call(&self.types, operation))
        };
        let is_json = |operation: &Operation| match &operation.success {
            ResponseShape::Single(body) => body.kind == BodyKind::Json,
            _ => false,
        };
        let featured = calls(|operation| operation.is_featured);
        featured
            .or_else(|| calls(is_json))
            .or_else(|| calls(|_| true))
    }

    /// Returns the first field that can be absent, null or a value in a struct that callers make of
    /// nothing.
    pub(crate) fn patch_write(&self) -> Option<PatchWrite<'a>> {
        let structs = self.structs();
        let mut structs = structs.filter(|(ir, it)| ir.is_constructible && it.has_default());
        structs.find_map(|(definition, planned)| {
            let mut fields = patches(planned);
            fields.find_map(|field| written(&self.types, definition, field))
        })
    }

    /// Returns the first such field in a struct that callers read.
    pub(crate) fn patch_read(&self) -> Option<PatchRead<'a>> {
        let first = |is_constructible| {
            let structs = self.structs();
            let mut structs = structs.filter(|(ir, _)| ir.is_constructible == is_constructible);
            structs.find_map(|(definition, planned)| {
                let field = patches(planned).next()?.ir;
                Some(PatchRead { definition, field })
            })
        };
        first(false).or_else(|| first(true))
    }

    /// Returns the name of the first enum of strings, preferably one that callers pass.
    pub(crate) fn first_string_enum(&self) -> Option<&'a str> {
        let mut enums =
            self.definitions.iter().map(|it| it.ir).filter(|it| {
                matches!(it.shape, Shape::Enum(EnumKind::Strings, _)) && !it.deprecated
            });
        let first = enums.next()?;
        let passed = enums.find(|it| it.is_constructible && !first.is_constructible);
        Some(&passed.unwrap_or(first).name)
    }

    fn structs(&self) -> impl Iterator<Item = (&'a TypeDefinition, &Struct<'a>)> {
        self.definitions.iter().filter_map(|it| match &it.kind {
            DefinitionKind::Struct(planned) => Some((it.ir, planned)),
            DefinitionKind::Union(_) | DefinitionKind::Other => None,
        })
    }
}

fn call<'p, 'a>(
    types: &Types<'a>,
    planned: &'p operations::Operation<'a>,
) -> Option<ExampleCall<'p, 'a>> {
    let operation = planned.ir;
    let is_streamed = match &operation.success {
        ResponseShape::Single(body) | ResponseShape::Optional(body) => body.kind.is_stream(),
        ResponseShape::Empty | ResponseShape::Redirect | ResponseShape::Enum(_) => false,
    };
    if operation.deprecated || is_streamed {
        return None;
    }
    let mut maker = Maker::new(types);
    let value = match &operation.body {
        Some(body) => {
            let content = body.contents.first()?;
            let is_struct = matches!(types.shape_of(&content.value), Some(Shape::Struct(_)));
            // A struct is made by a statement of its own.
            if !is_struct || !matches!(content.kind, BodyKind::Json | BodyKind::Form) {
                return None;
            }
            Some(maker.bare_body(content)?)
        }
        None => None,
    };
    let body = value.is_some().then(|| "&body".to_owned());
    let arguments = maker.arguments(operation, body)?.join(", ");
    let method = format!("{}({arguments})", operation.name);
    (method.len() <= LONGEST_CALL).then(|| ExampleCall {
        operation: planned,
        body: value.map(|value| format!("let body = {value};")),
        response: response_variable(operation).to_owned(),
        names: maker.example(String::new()).names.into_iter().collect(),
        method,
    })
}

fn patches<'p, 'a>(planned: &'p Struct<'a>) -> impl Iterator<Item = &'p structs::Field<'a>> {
    planned.fields.iter().filter(|field| {
        let is_plain = !field.ir.deprecated && field.ir.access == Access::Both;
        is_plain && field.ir.presence == Presence::Patch
    })
}

/// Returns the example that writes a field, if the field's example is certain to be sent as it is.
fn written<'a>(
    types: &Types<'a>,
    definition: &'a TypeDefinition,
    field: &structs::Field<'a>,
) -> Option<PatchWrite<'a>> {
    let example = field.ir.example.as_ref()?;
    let is_plain = matches!(
        field.ir.value,
        Type::Scalar(Scalar::Boolean | Scalar::Format(Format::Int64))
    );
    if !types.is_string(&field.ir.value) && !is_plain {
        return None;
    }
    let mut maker = Maker::new(types);
    let value = maker.argument(&field.ir.value, example)?;
    // The example imports nothing but the struct.
    if !maker.example(String::new()).names.is_empty() {
        return None;
    }
    let text = |value: &Value| {
        let name = Value::from(field.ir.wire_name.as_str());
        let text = format!("{{{name}:{value}}}");
        (!text.contains("\"#")).then(|| format!("r#\"{text}\"#"))
    };
    Some(PatchWrite {
        definition,
        setter: &field.ir.name,
        clear_name: field.clear_name.clone()?,
        value_text: text(example)?,
        null_text: text(&Value::Null)?,
        value,
    })
}
