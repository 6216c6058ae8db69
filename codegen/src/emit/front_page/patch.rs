//! Examples of a field that may be left out and may be null, of the API's own types.

use serde_json::Value;

use super::super::Context;
use super::super::example::Maker;
use super::Word;
use crate::ir::{Access, Field, Presence, Scalar, Shape, Type, TypeDefinition};
use crate::names::snake_name;

/// The texts of the examples that the API's types allow, with their words.
pub(super) fn examples(context: &Context<'_>) -> Vec<(&'static str, Vec<Word>)> {
    let structs = || {
        let types = context.api.types.iter();
        types.filter_map(|definition| match &definition.shape {
            Shape::Struct {
                fields,
                constructor,
                ..
            } => Some((definition, fields, constructor.is_empty())),
            _ => None,
        })
    };
    let written = structs()
        .filter(|(definition, _, is_empty)| definition.is_constructible && *is_empty)
        .find_map(|(definition, fields, _)| {
            let mut fields = patches(fields);
            fields.find_map(|field| written(context, definition, field))
        });
    let of_kind = |is_constructible| {
        structs()
            .filter(|(definition, ..)| definition.is_constructible == is_constructible)
            .find_map(|(definition, fields, _)| Some(read(definition, patches(fields).next()?)))
    };
    let read = of_kind(false).or_else(|| of_kind(true));
    let texts = [
        (include_str!("patch_write.md"), written),
        (include_str!("patch_read.md"), read),
    ];
    texts
        .into_iter()
        .filter_map(|(text, words)| Some((text, words?)))
        .collect()
}

fn patches(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields
        .iter()
        .filter(|field| field.presence == Presence::Patch && !field.deprecated)
        .filter(|field| field.access == Access::Both)
}

/// The words of an example that sets the field, if its example is certain to be sent as it stands.
fn written(context: &Context<'_>, definition: &TypeDefinition, field: &Field) -> Option<Vec<Word>> {
    let example = field.example.as_ref()?;
    if !context.is_text(&field.value)
        && !matches!(field.value, Type::Scalar(Scalar::Boolean | Scalar::Int64))
    {
        return None;
    }
    let mut maker = Maker::new(context);
    let value = maker.argument(&field.value, example)?;
    if !maker.import().is_empty() {
        return None;
    }
    let text = |value: &Value| {
        let name = Value::from(field.wire_name.as_str());
        let text = format!("{{{name}:{value}}}");
        (!text.contains("\"#")).then(|| format!("r#\"{text}\"#"))
    };
    Some(vec![
        ("type", vec![definition.name.clone()]),
        ("setter", vec![field.name.clone()]),
        ("clear", vec![field.clear_name.clone()]),
        ("value", vec![value.to_string()]),
        ("null_text", vec![text(&Value::Null)?]),
        ("value_text", vec![text(example)?]),
    ])
}

/// The words of an example that reads the field.
fn read(definition: &TypeDefinition, field: &Field) -> Vec<Word> {
    vec![
        ("type", vec![definition.name.clone()]),
        ("variable", vec![snake_name(&definition.name)]),
        ("field", vec![field.name.clone()]),
    ]
}
