//! Bodies of requests, and the media types of bodies and answers.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use crate::ir::{Body, BodyKind, Content, Operation, Type};
use crate::names::{Casing, Scope};
use crate::openapi::media_type;
use crate::source::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn body(
        &mut self,
        operation: &'a openapiv3::Operation,
        id: &str,
        at: &Pointer,
    ) -> Option<Body> {
        let (body, at) =
            self.resolve(operation.request_body.as_ref()?, &at.child("requestBody"))?;
        let mut contents = Vec::new();
        for (media_type, content) in &body.content {
            let at = at.child("content").child(media_type);
            let mut lowered = self.content(media_type, content, &format!("{id}Body"), &at);
            match lowered.kind {
                BodyKind::Form => lowered.properties = self.form_properties(content, &at),
                BodyKind::Multipart => lowered.value = self.multipart(content, id, &at),
                _ => {}
            }
            contents.push(lowered);
        }
        Some(Body {
            required: body.required,
            contents,
            at,
        })
    }

    /// The media types of an answer, in which forms mean nothing to the client.
    pub(super) fn response_contents(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        hint: &str,
        at: &Pointer,
    ) -> Vec<Content> {
        let mut contents = Vec::new();
        for (media_type, content) in content {
            let at = at.child("content").child(media_type);
            let mut lowered = self.content(media_type, content, hint, &at);
            if matches!(lowered.kind, BodyKind::Form | BodyKind::Multipart) {
                lowered.kind = BodyKind::Bytes;
                lowered.value = Type::Any;
            }
            contents.push(lowered);
        }
        contents
    }

    fn content(
        &mut self,
        media_type: &str,
        content: &'a MediaType,
        hint: &str,
        at: &Pointer,
    ) -> Content {
        let format = BodyKind::of(media_type);
        // Without a schema, anything may stand there.
        let value = match (&content.schema, format) {
            (Some(schema), BodyKind::Json | BodyKind::Form) => {
                self.type_of(schema, &at.child("schema"), hint)
            }
            _ => Type::Any,
        };
        Content {
            at: at.clone(),
            media_type: media_type.to_owned(),
            name: String::new(),
            kind: format,
            value,
            properties: Vec::new(),
            example: content.example.clone(),
        }
    }
}

/// Names the methods of an operation: that of the first media type is the operation's own, and
/// the others say what they send or ask for.
pub(super) fn name_methods(names: &mut Scope, operation: &mut Operation) {
    let mut name = |word: &str| {
        let wanted = format!("{} {word}", operation.name);
        names.choose(&wanted, Casing::Snake).name
    };
    if let Some(stream) = &mut operation.stream {
        *stream = name("stream");
    }
    let contents = operation
        .body
        .iter_mut()
        .flat_map(|body| &mut body.contents);
    let mut contents: Vec<&mut Content> = contents.collect();
    let formats: Vec<BodyKind> = contents.iter().map(|content| content.kind).collect();
    for (index, content) in contents.iter_mut().enumerate() {
        let alike = formats.iter().filter(|format| **format == content.kind);
        content.name = match content.kind {
            _ if index == 0 => operation.name.clone(),
            _ if alike.count() > 1 => name(&media_type::short_name(&content.media_type)),
            BodyKind::Json => name("json"),
            BodyKind::Text | BodyKind::Stream => name("text"),
            BodyKind::Bytes => name("bytes"),
            BodyKind::Form => name("form"),
            BodyKind::Multipart => name("multipart"),
        };
    }
}
