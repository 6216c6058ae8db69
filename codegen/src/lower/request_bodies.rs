//! Request bodies, and the media types of request bodies and responses.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::keywords::Keywords;
use super::schema_site::RefOrSchema;
use crate::code::Code;
use crate::ir::{Body, BodyKind, Content, Type};
use crate::openapi::extension::OF_ITEMS;
use crate::openapi::media_type::{self, ItemFormat};
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn body(
        &mut self,
        operation: &'a openapiv3::Operation,
        id: &str,
        at: &Pointer,
    ) -> Option<Body> {
        let (body, at) = (operation.request_body.as_ref()?, at.child("requestBody"));
        let (body, at) = self.resolve(body, &at, "requestBodies", |all| &all.request_bodies)?;
        let mut contents = Vec::new();
        for (media_type, content, kind) in self.media_types(&body.content) {
            let at = at.child("content").child(media_type);
            if content.extensions.contains_key(OF_ITEMS) {
                self.not_in_client("the items of a request body", at.child("schema"));
            }
            let mut lowered = self.content(media_type, content, kind, &format!("{id}Body"), &at);
            match lowered.kind {
                BodyKind::Form => lowered.properties = self.form_properties(content, &at),
                BodyKind::Multipart => lowered.value = self.multipart(content, id, &at),
                _ => {}
            }
            contents.push(lowered);
        }
        if contents.is_empty() {
            contents.push(Content {
                media_type: "*/*".to_owned(),
                kind: BodyKind::Bytes,
                value: Type::Any,
                properties: Vec::new(),
                example: None,
            });
        }
        Some(Body {
            required: body.required,
            contents,
        })
    }

    /// The media types of a response. The client does not decode forms.
    pub(super) fn response_contents(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        hint: &str,
        at: &Pointer,
    ) -> Vec<Content> {
        let mut contents = Vec::new();
        for (media_type, content, kind) in self.media_types(content) {
            let at = at.child("content").child(media_type);
            let kind = match (kind, self.item_format(media_type, content, &at)) {
                (_, Some(format)) => BodyKind::Items(format),
                (BodyKind::Form | BodyKind::Multipart, None) => BodyKind::Bytes,
                (kind, None) => kind,
            };
            contents.push(self.content(media_type, content, kind, hint, &at));
        }
        contents
    }

    /// How a response consists of items, if their schema is described.
    fn item_format(
        &mut self,
        media_type: &str,
        content: &'a MediaType,
        at: &Pointer,
    ) -> Option<ItemFormat> {
        content.extensions.get(OF_ITEMS)?;
        let format = ItemFormat::of(media_type)?;
        if format != ItemFormat::Events {
            return Some(format);
        }
        let at = at.child("schema");
        let schema = RefOrSchema::of(content.schema.as_ref()?);
        let names = self.property_names(schema, at.clone());
        if EVENT.iter().any(|name| names.contains(name)) {
            return Some(format);
        }
        self.problem(
            Problem::new(
                Code::ClearValue,
                "the schema of an event has none of its properties",
                At::Value(at),
                "read as the schema of the JSON in `data`",
            )
            .help("describe an object with the property `data`"),
        );
        Some(ItemFormat::EventData)
    }

    /// The media types that differ in what they are decoded as, JSON first: of several names of one
    /// value, the client uses one.
    fn media_types(
        &self,
        content: &'a IndexMap<String, MediaType>,
    ) -> Vec<(&'a str, &'a MediaType, BodyKind)> {
        let listed = content.iter().map(|(media_type, content)| {
            let kind = match media_type::is_range_of_json(media_type) {
                true => self.kind_of_schema(content),
                false => match BodyKind::of(media_type) {
                    // A text that the caller has encoded.
                    BodyKind::Form if !self.may_be_object(content) => BodyKind::Text,
                    kind => kind,
                },
            };
            (media_type.as_str(), content, kind)
        });
        let mut listed: Vec<_> = listed.collect();
        listed.sort_by_key(|(media_type, _, kind)| match kind {
            BodyKind::Json if media_type::essence(media_type) == "application/json" => 0,
            BodyKind::Json if !media_type::is_range(media_type) => 1,
            BodyKind::Json => 2,
            _ => 3,
        });
        let mut distinct: Vec<(&str, &MediaType, BodyKind)> = Vec::new();
        for (media_type, content, kind) in listed {
            let is_known = distinct.iter().any(|(_, other, other_kind)| {
                let is_json = kind == BodyKind::Json
                    || media_type::can_replace_json(media_type)
                        && self.kind_of_schema(content) != BodyKind::Bytes;
                *other_kind == BodyKind::Json && is_json && other.schema == content.schema
            });
            if !is_known {
                distinct.push((media_type, content, kind));
            }
        }
        distinct
    }

    fn may_be_object(&self, content: &'a MediaType) -> bool {
        let json_type = self.body_keywords(content).map(|it| it.json_type);
        matches!(json_type.flatten(), None | Some("object"))
    }

    fn body_keywords(&self, content: &'a MediaType) -> Option<Keywords<'a>> {
        self.keywords_of(RefOrSchema::of(content.schema.as_ref()?))
    }

    /// How a body of a schema is encoded if its media type does not say so.
    fn kind_of_schema(&self, content: &'a MediaType) -> BodyKind {
        let Some(keywords) = self.body_keywords(content) else {
            return BodyKind::Bytes;
        };
        match keywords.json_type {
            Some("string") if keywords.format.as_deref() == Some("binary") => BodyKind::Bytes,
            Some("string") => BodyKind::Text,
            None if keywords.is_anything() => BodyKind::Bytes,
            _ => BodyKind::Json,
        }
    }

    fn content(
        &mut self,
        media_type: &str,
        content: &'a MediaType,
        kind: BodyKind,
        hint: &str,
        at: &Pointer,
    ) -> Content {
        // Without a schema, the value is any JSON.
        let value = match (&content.schema, kind) {
            (Some(schema), BodyKind::Json | BodyKind::Form) => {
                self.type_of(schema, &at.child("schema"), hint)
            }
            (Some(schema), BodyKind::Items(_)) => {
                self.type_of(schema, &at.child("schema"), &format!("{hint} item"))
            }
            _ => Type::Any,
        };
        Content {
            media_type: match kind {
                BodyKind::Json if media_type::is_range_of_json(media_type) => "application/json",
                _ => media_type,
            }
            .to_owned(),
            kind,
            value,
            properties: Vec::new(),
            example: content.example.clone(),
        }
    }
}

/// The properties of a server-sent event.
const EVENT: [&str; 4] = ["data", "event", "id", "retry"];
