//! Bodies that are forms: how each property is encoded.

use std::collections::HashMap;

use openapiv3::{MediaType, ReferenceOr, Schema};

use super::Lowering;
use super::parameters::query_style;
use super::schema_site::RefOrSchema;
use crate::ir::{
    Access, BodyKind, Encoding, Field, FormProperty, Location, PartEncoding, Presence, Shape,
    Struct, StructKind, Type,
};
use crate::names::{Casing, Scope};
use crate::openapi::extension::CONTENT_TYPE;
use crate::openapi::media_type::essence;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The properties of `application/x-www-form-urlencoded` that do not have the default style.
    pub(super) fn form_properties(
        &mut self,
        content: &'a MediaType,
        at: &Pointer,
    ) -> Vec<FormProperty> {
        let known = content.schema.as_ref().and_then(|schema| {
            let target = RefOrSchema::of(schema);
            self.properties(target, at.child("schema"), &mut HashMap::new())
        });
        let known = known.unwrap_or_default().list;
        let mut properties = Vec::new();
        for (name, encoding) in &content.encoding {
            let at = at.child("encoding").child(name);
            // openapiv3 reads an absent `explode` as false.
            let has_explode = self.source.root.at(&at.child("explode")).is_some();
            let encoding = match &encoding.content_type {
                // The media type has an effect only where no style is given.
                _ if has_explode || encoding.style.is_some() || encoding.allow_reserved => {
                    let style = encoding.style.as_ref();
                    let style = style.map_or(Location::Query.default_style(), query_style);
                    Encoding::Style {
                        style,
                        explode: match has_explode {
                            true => encoding.explode,
                            false => style.explodes_by_default(),
                        },
                        allow_reserved: encoding.allow_reserved,
                    }
                }
                Some(media_type) if BodyKind::of(media_type) == BodyKind::Json => Encoding::Json {
                    media_type: media_type.clone(),
                },
                Some(media_type) => {
                    let schema = known.get(name.as_str());
                    if schema.is_some_and(|(schema, _)| !self.is_scalar(schema)) {
                        let what = format!(
                            "a form property with the media type `{media_type}` that is not a string"
                        );
                        let at = At::Value(at.child("contentType"));
                        self.problem(Problem::unsupported(what, at));
                    }
                    continue;
                }
                None => continue,
            };
            properties.push(FormProperty {
                name: name.clone(),
                encoding,
            });
        }
        properties
    }

    /// Defines the type of a `multipart/form-data` body, if its parts are known.
    pub(super) fn multipart(&mut self, content: &'a MediaType, id: &str, at: &Pointer) -> Type {
        let Some(schema) = &content.schema else {
            return Type::Any;
        };
        let schema_at = at.child("schema");
        let target = RefOrSchema::of(schema);
        let found = self.properties(target, schema_at.clone(), &mut HashMap::new());
        let Some(properties) = found else {
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
                // A form has no null: a null part is left out.
                presence: match is_required && !value.is_nullable() {
                    true => Presence::Required,
                    false => Presence::Optional,
                },
                access: Access::Both,
                value: value.non_null().clone(),
                description: data.and_then(|data| data.description.clone()),
                deprecated: data.is_some_and(|data| data.deprecated),
                default: data.and_then(|data| data.default.clone()),
                limits: self.limits(at),
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
        let mut description = match properties.description {
            Some(words) => words.to_owned(),
            None => format!("The parts of the body of `{id}`."),
        };
        if properties.has_variants {
            description.push_str(
                "\n\nThe body is one of several forms; these are the parts of all of them.",
            );
        }
        let shape = Shape::Struct(Struct {
            kind: StructKind::Forms(encodings),
            fields,
            constructor,
            rest,
        });
        Type::Named(self.define_own(&format!("{id} form"), description, shape, &schema_at))
    }

    /// The type of the value of a part, and how the part is encoded.
    fn part(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        encoding: Option<&openapiv3::Encoding>,
        hint: &str,
        at: &Pointer,
    ) -> (Type, PartEncoding) {
        let item = self.item(schema);
        let of_item = self.schema_of(RefOrSchema::of(item.unwrap_or(schema)));
        let content_type = |schema: &'a Schema| {
            let stated = schema.schema_data.extensions.get(CONTENT_TYPE);
            // The default of bytes.
            let stated = stated.and_then(|stated| stated.as_str());
            stated.filter(|stated| *stated != "application/octet-stream")
        };
        let stated = of_item.and_then(content_type);
        let listed = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let listed = listed.or(stated);
        // If there are several media types, the caller chooses one.
        let content_type = listed.filter(|text| !text.contains([',', '*']));
        let is_text =
            |text: &str| BodyKind::of(text) == BodyKind::Json || essence(text) == "text/plain";
        let has_headers = encoding.is_some_and(|encoding| !encoding.headers.is_empty());
        let is_file = self.is_file(item.unwrap_or(schema));
        // The string is the JSON itself.
        let is_encoded = stated.is_some_and(|text| BodyKind::of(text) == BodyKind::Json);
        let is_bytes = is_file || has_headers || is_encoded || !listed.is_none_or(is_text);
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

    /// The schema of the items of a list.
    fn item(&self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<&'a ReferenceOr<Box<Schema>>> {
        let keywords = self.keywords_of(RefOrSchema::of(schema))?;
        keywords
            .items
            .filter(|_| keywords.json_type == Some("array"))
    }

    fn is_scalar(&self, schema: &'a ReferenceOr<Box<Schema>>) -> bool {
        let keywords = self.keywords_of(RefOrSchema::of(schema));
        let json_type = keywords.and_then(|keywords| keywords.json_type);
        json_type.is_some_and(|json_type| !matches!(json_type, "array" | "object"))
    }

    fn is_file(&self, schema: &'a ReferenceOr<Box<Schema>>) -> bool {
        let keywords = self.keywords_of(RefOrSchema::of(schema));
        keywords.is_some_and(|keywords| {
            keywords.json_type == Some("string") && keywords.format.as_deref() == Some("binary")
        })
    }
}
