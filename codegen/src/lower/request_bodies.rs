//! Request bodies, and the media types of request bodies and responses.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use crate::ir::{Body, BodyKind, Content, Type};
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

    /// The media types of a response. The client does not decode forms.
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
        // Without a schema, the value is any JSON.
        let value = match (&content.schema, format) {
            (Some(schema), BodyKind::Json | BodyKind::Form) => {
                self.type_of(schema, &at.child("schema"), hint)
            }
            _ => Type::Any,
        };
        Content {
            at: at.clone(),
            media_type: media_type.to_owned(),
            kind: format,
            value,
            properties: Vec::new(),
            example: content.example.clone(),
        }
    }
}
