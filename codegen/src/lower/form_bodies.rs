//! Bodies that are forms: how each property stands in them.

use std::borrow::Borrow;
use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Encoding, MediaType, QueryStyle, ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::limits::limits;
use crate::ir::{
    Access, BodyKind, Field, FormProperty, FormStyle, PartEncoding, Presence, Shape, Type,
    TypeDefinition,
};
use crate::names::{Casing, Scope, type_name};
use crate::openapi::media_type::essence;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// The properties of a form's schema, with those of the schemas that it combines.
#[derive(Default)]
struct Properties<'a> {
    list: IndexMap<&'a str, (&'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
    /// Whether there may be others.
    is_open: bool,
    /// Whether they are those of several schemas to choose from.
    is_choice: bool,
    description: Option<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The properties of `application/x-www-form-urlencoded` whose style is not the usual one.
    pub(super) fn form_properties(
        &mut self,
        content: &MediaType,
        at: &Pointer,
    ) -> Vec<FormProperty> {
        let mut properties = Vec::new();
        for (name, encoding) in &content.encoding {
            let at = at.child("encoding").child(name);
            let style = self.form_style(encoding, &at);
            if style != FormStyle::Exploded || encoding.allow_reserved {
                properties.push(FormProperty {
                    name: name.clone(),
                    style,
                    allow_reserved: encoding.allow_reserved,
                });
            }
        }
        properties
    }

    fn form_style(&mut self, encoding: &Encoding, at: &Pointer) -> FormStyle {
        if let Some(media_type) = &encoding.content_type {
            match BodyKind::of(media_type) {
                BodyKind::Json => return FormStyle::Json,
                BodyKind::Text if essence(media_type) == "text/plain" => {}
                _ => {
                    let what = format!("a property of a form as `{media_type}`");
                    let at = At::Value(at.child("contentType"));
                    self.problem(Problem::not_generated(what, at));
                }
            }
        }
        let explode = at.child("explode");
        match &encoding.style {
            Some(QueryStyle::DeepObject) => FormStyle::Deep,
            Some(QueryStyle::SpaceDelimited) if !encoding.explode => FormStyle::Joined("%20"),
            Some(QueryStyle::PipeDelimited) if !encoding.explode => FormStyle::Joined("|"),
            // openapiv3 takes one that is not there for false.
            None | Some(QueryStyle::Form)
                if !encoding.explode && self.source.root.at(&explode).is_some() =>
            {
                FormStyle::Joined(",")
            }
            _ => FormStyle::Exploded,
        }
    }

    /// Defines the type of a `multipart/form-data` body. One whose parts are not known has none.
    pub(super) fn multipart(&mut self, content: &'a MediaType, id: &str, at: &Pointer) -> Type {
        let Some(schema) = &content.schema else {
            return Type::Any;
        };
        let schema_at = at.child("schema");
        let Some(properties) = self.properties(schema, &schema_at, 0) else {
            return Type::Any;
        };
        if properties.list.is_empty() {
            return Type::Any;
        }
        let mut scope = Scope::with(&["new"]);
        let mut fields: Vec<Field> = Vec::new();
        let mut encodings = Vec::new();
        for (wire_name, (schema, at)) in &properties.list {
            let chosen = scope.choose(wire_name, Casing::Snake);
            let name = self.named(chosen, wire_name, At::Key(at.clone()));
            let is_required = properties.required.contains(wire_name);
            let encoding = content.encoding.get(*wire_name);
            let hint = format!("{id} {wire_name}");
            let (value, encoding) = self.part(schema, encoding, &hint, at);
            let item = schema.as_item();
            let data = item.map(|schema| &schema.schema_data);
            encodings.push(encoding);
            fields.push(Field {
                wire_name: (*wire_name).to_owned(),
                name,
                // There is no null in a form, but what is not there.
                presence: match is_required && !value.is_nullable() {
                    true => Presence::Required,
                    false => Presence::Optional,
                },
                access: Access::Both,
                value: value.non_null().clone(),
                description: data.and_then(|data| data.description.clone()),
                deprecated: data.is_some_and(|data| data.deprecated),
                default: data.and_then(|data| data.default.clone()),
                limits: item.map(|schema| limits(schema)).unwrap_or_default(),
                example: data.and_then(|data| data.example.clone()),
                at: at.clone(),
            });
        }
        let constructor = properties.required.iter();
        let constructor = constructor
            .filter_map(|name| fields.iter().position(|field| field.wire_name == *name))
            .filter(|index| fields[*index].presence == Presence::Required)
            .collect();
        let is_open = properties.is_open;
        let rest = is_open.then(|| Type::Array(Box::new(Type::FormPart)));
        let name = self.type_names.claim(type_name(&format!("{id} form")));
        let mut description = match properties.description {
            Some(words) => words.to_owned(),
            None => format!("The parts of the body of `{id}`."),
        };
        if properties.is_choice {
            description.push_str("\n\nThere is a choice of forms; these are the parts of all.");
        }
        self.definitions.push(TypeDefinition {
            at: schema_at,
            name: name.clone(),
            description: Some(description),
            deprecated: false,
            default: None,
            limits: Vec::new(),
            is_constructible: true,
            shape: Shape::Multipart {
                fields,
                encodings,
                constructor,
                rest,
            },
        });
        Type::Named(name)
    }

    /// The type of a part's value, and how it stands in the body.
    fn part(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        encoding: Option<&Encoding>,
        hint: &str,
        at: &Pointer,
    ) -> (Type, PartEncoding) {
        let listed = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // Of several media types the caller says which.
        let content_type = listed.filter(|text| !text.contains([',', '*']));
        let is_text =
            |text: &str| BodyKind::of(text) == BodyKind::Json || essence(text) == "text/plain";
        let has_headers = encoding.is_some_and(|encoding| !encoding.headers.is_empty());
        let item = self.item(schema);
        let is_file = self.is_file(item.unwrap_or(schema));
        let is_bytes = is_file || has_headers || !listed.is_none_or(is_text);
        let value = match (is_bytes, item) {
            (false, _) => self.type_of(schema, at, hint),
            (true, Some(_)) => Type::Array(Box::new(Type::FormPart)),
            (true, None) => Type::FormPart,
        };
        let encoding = PartEncoding {
            content_type: content_type.map(str::to_owned),
            is_file,
        };
        (value, encoding)
    }

    /// The properties that an object has, over references and combinations of schemas. Of schemas
    /// to choose from, what only some have may be left out. None if this is no object.
    fn properties(
        &self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        depth: usize,
    ) -> Option<Properties<'a>> {
        let (schema, at) = self.followed(target(schema), at)?;
        if depth > 32 {
            return None;
        }
        let keywords = Keywords::of(schema);
        let combines = ["allOf", "oneOf", "anyOf"].into_iter().zip([
            keywords.all_of,
            keywords.one_of,
            keywords.any_of,
        ]);
        let is_combined = combines.clone().any(|(_, list)| !list.is_empty());
        if !is_combined && !matches!(keywords.json_type, Some("object") | None) {
            return None;
        }
        let mut all = Properties {
            is_open: matches!(
                keywords.additional,
                Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_))
            ),
            is_choice: !keywords.one_of.is_empty() || !keywords.any_of.is_empty(),
            description: schema.schema_data.description.as_deref(),
            ..Properties::default()
        };
        for (name, property) in keywords.properties.into_iter().flatten() {
            let place = at.child("properties").child(name);
            all.list.insert(name, (property, place));
        }
        all.required
            .extend(keywords.required.iter().map(String::as_str));
        for (key, list) in combines {
            let mut required_in_all: Option<Vec<&str>> = None;
            for (index, schema) in list.iter().enumerate() {
                let place = at.child(key).child(index);
                let one = self.properties(schema, &place, depth + 1)?;
                for (name, property) in one.list {
                    all.list.entry(name).or_insert(property);
                }
                all.is_open |= one.is_open;
                match (&mut required_in_all, key) {
                    (_, "allOf") => all.required.extend(one.required),
                    (Some(names), _) => names.retain(|name| one.required.contains(name)),
                    (none, _) => *none = Some(one.required),
                }
            }
            all.required.extend(required_in_all.into_iter().flatten());
        }
        let mut seen = HashSet::new();
        all.required.retain(|name| seen.insert(*name));
        Some(all)
    }

    /// The schema itself: what stands here, or what the reference here leads to.
    fn followed(
        &self,
        target: Result<&'a Schema, &'a str>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        let (mut target, mut at) = (target, at.clone());
        for _ in 0..=self.components.len() {
            let reference = match target {
                Ok(schema) => return Some((schema, at)),
                Err(reference) => reference,
            };
            let (_, component) = self.component(reference)?;
            at = component.at.clone();
            target = self::target(component.schema);
        }
        None
    }

    /// The schema of the items, if this is a list.
    fn item(&self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<&'a ReferenceOr<Box<Schema>>> {
        let (schema, _) = self.followed(target(schema), &Pointer::root())?;
        let keywords = Keywords::of(schema);
        keywords
            .items
            .filter(|_| keywords.json_type == Some("array"))
    }

    fn is_file(&self, schema: &'a ReferenceOr<Box<Schema>>) -> bool {
        let schema = self.followed(target(schema), &Pointer::root());
        schema.is_some_and(|(schema, _)| {
            let keywords = Keywords::of(schema);
            keywords.json_type == Some("string") && keywords.format.as_deref() == Some("binary")
        })
    }
}

/// The schema, or the reference to it.
fn target<T: Borrow<Schema>>(schema: &ReferenceOr<T>) -> Result<&Schema, &str> {
    match schema {
        ReferenceOr::Item(schema) => Ok(schema.borrow()),
        ReferenceOr::Reference { reference } => Err(reference),
    }
}
