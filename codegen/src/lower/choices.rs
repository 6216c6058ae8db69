//! Schemas that offer a choice: of schemas, and of values.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::schemas::Lowered;
use super::view::View;
use crate::ir::{Alternative, Shape, Type, Variant};
use crate::names::{Case, Scope};
use crate::problem::At;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// `allOf`, `anyOf` or `oneOf`.
    pub(super) fn combination(
        &mut self,
        view: &View<'a>,
        key: &str,
        list: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        hint: &str,
    ) -> Lowered {
        let place = at.child(key);
        let lists = [view.all_of, view.any_of, view.one_of];
        let others = lists.iter().filter(|list| !list.is_empty()).count() > 1;
        if others || view.has_properties() || view.items.is_some() || !view.enumeration.is_empty() {
            let what = format!("`{key}` together with other keys that say what the value is");
            return self.not_generated(&what, At::Key(place));
        }
        if let [only] = list {
            return Lowered::Type(self.type_of(only, &place.child(0), hint));
        }
        if key == "allOf" {
            return self.not_generated("`allOf` of several schemas", At::Key(place));
        }
        let mut scope = Scope::with(&["Other"]);
        let mut alternatives = Vec::new();
        let mut nullable = false;
        for (index, schema) in list.iter().enumerate() {
            let value = self.type_of(schema, &place.child(index), &format!("{hint}Option"));
            nullable |= value.is_nullable();
            match value.non_null() {
                // These fit whatever comes, and so are what `Other` keeps.
                Type::Any | Type::FreeForm | Type::Refused => {}
                value => alternatives.push(Alternative {
                    name: scope.claim(alternative_name(value)),
                    value: value.clone(),
                }),
            }
        }
        if nullable {
            return self.not_generated("null as one of several alternatives", At::Key(place));
        }
        if alternatives.is_empty() {
            return Lowered::Type(Type::Any);
        }
        Lowered::Definition(Shape::Union(alternatives))
    }

    pub(super) fn enumeration(
        &mut self,
        schema: &Schema,
        view: &View<'_>,
        at: &Pointer,
    ) -> Lowered {
        let descriptions = schema.schema_data.extensions.get("x-enumDescriptions");
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants: Vec<Variant> = Vec::new();
        let values = view.enumeration.iter().enumerate();
        for (index, value) in values.filter(|(_, value)| !value.is_null()) {
            let (Value::String(text), Some("string") | None) = (value, view.kind) else {
                if view.kind == Some("string") {
                    // The check has told of it.
                    return Lowered::Type(Type::Refused);
                }
                let what = "an enum of values that are not all strings";
                return self.not_generated(what, At::Key(at.child("enum")));
            };
            if variants.iter().any(|variant| variant.text == *text) {
                continue;
            }
            let description = descriptions.and_then(|map| map.get(text)?.as_str());
            let chosen = scope.choose(text, Case::Camel);
            let place = At::Value(at.child("enum").child(index));
            variants.push(Variant {
                name: self.named(chosen, text, place),
                text: text.clone(),
                description: description.map(str::to_owned),
            });
        }
        if variants.is_empty() {
            return self.not_generated("an enum of null alone", At::Key(at.child("enum")));
        }
        Lowered::Definition(Shape::Enum(variants))
    }
}

/// The name of the variant that holds a value of this type.
fn alternative_name(value: &Type) -> String {
    match value {
        Type::Boolean => "Boolean".to_owned(),
        Type::Int32 | Type::Int64 => "Integer".to_owned(),
        Type::Float | Type::Double => "Number".to_owned(),
        Type::String => "Text".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::FormPart => "Part".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Any | Type::FreeForm | Type::Refused => "Any".to_owned(),
        Type::Array(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) => alternative_name(inner),
        Type::Named(name) => name.clone(),
    }
}
