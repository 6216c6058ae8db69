//! Bodies of requests, and the media types of bodies and answers.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::{Lowering, media};
use crate::ir::{Body, Content, Format, Operation, Type};
use crate::names::{Case, Scope};
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
        Some(Body {
            required: body.required,
            contents: self.contents(&body.content, &format!("{id}Body"), &at),
            at,
        })
    }

    pub(super) fn contents(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        hint: &str,
        at: &Pointer,
    ) -> Vec<Content> {
        let at = at.child("content");
        let mut contents = Vec::new();
        for (media_type, content) in content {
            let at = at.child(media_type);
            let format = media::format(media_type);
            // Without a schema, anything may stand there.
            let value = match (&content.schema, format) {
                (Some(schema), Format::Json) => self.type_of(schema, &at.child("schema"), hint),
                _ => Type::Any,
            };
            contents.push(Content {
                media_type: media_type.clone(),
                name: String::new(),
                format,
                value,
                example: content.example.clone(),
                at,
            });
        }
        contents
    }
}

/// Names the methods of an operation: that of the first media type is the operation's own, and
/// the others say what they send or ask for.
pub(super) fn name_methods(names: &mut Scope, operation: &mut Operation) {
    let mut name = |word: &str| {
        let wanted = format!("{} {word}", operation.name);
        names.choose(&wanted, Case::Snake).name
    };
    if let Some(stream) = &mut operation.stream {
        *stream = name("stream");
    }
    let contents = operation
        .body
        .iter_mut()
        .flat_map(|body| &mut body.contents);
    let mut contents: Vec<&mut Content> = contents.collect();
    let formats: Vec<Format> = contents.iter().map(|content| content.format).collect();
    for (index, content) in contents.iter_mut().enumerate() {
        let alike = formats.iter().filter(|format| **format == content.format);
        content.name = match content.format {
            _ if index == 0 => operation.name.clone(),
            _ if alike.count() > 1 => name(&media::word(&content.media_type)),
            Format::Json => name("json"),
            Format::Text | Format::Stream => name("text"),
            Format::Bytes => name("bytes"),
        };
    }
}
