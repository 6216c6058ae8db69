//! Request bodies and responses. Each media type of a request body has a method of its own. All
//! successes of an operation are one type, and so are all errors.

use super::type_names::words;
use super::{ApiDiff, Pair, pairs};
use crate::ir::{BodyKind, Content, Decoded, Response, ResponseShape, Status};
use crate::plan::methods::MethodVariant;
use crate::plan::operations::Operation;

impl ApiDiff<'_> {
    pub(super) fn body(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let id = &new.ir.id;
        let (before, after) = match (&old.ir.body, &new.ir.body) {
            (None, None) => return,
            (None, Some(_)) => {
                let what = "the method takes one more argument";
                return self.breaking(format!("body of `{id}` added: {what}"));
            }
            (Some(_), None) => return self.breaking(format!("body of `{id}` removed")),
            (Some(before), Some(after)) => (before, after),
        };
        match (before.required, after.required) {
            (false, true) => self.breaking(format!("body of `{id}` became required")),
            (true, false) => self.breaking(format!("body of `{id}` became optional")),
            (true, true) | (false, false) => {}
        }
        let sending = |operation| methods(operation, |method| method.body.is_some());
        let is_same = |old: &Method<'_>, new: &Method<'_>| old.suffix == new.suffix;
        for pair in pairs(&sending(old), &sending(new), is_same) {
            let (method, what) = match &pair {
                Pair::Both(old, new) => {
                    if let (Some(before), Some(after)) = (old.content(), new.content()) {
                        self.sent(id, before, after);
                    }
                    continue;
                }
                Pair::Added(method) => (method, "added"),
                Pair::Removed(method) => (method, "removed"),
            };
            let media_type = method.content().map(|content| content.media_type.as_str());
            let text = format!(
                "media type `{}` of the body of `{id}` {what}: the method `{}`",
                media_type.unwrap_or_default(),
                method.variant.name
            );
            match pair {
                Pair::Removed(_) => self.breaking(text),
                Pair::Added(_) | Pair::Both(..) => self.compatible(text),
            }
        }
    }

    /// The body of one method.
    fn sent(&mut self, id: &str, old: &Content, new: &Content) {
        // The method of an open media type takes the exact one.
        if !self.is_same_argument(old, new) || old.is_open() != new.is_open() {
            let (old, new) = (decoded_words(&old.decoded()), decoded_words(&new.decoded()));
            self.breaking(format!("body of `{id}` is {new} instead of {old}"));
        }
        if old.media_type != new.media_type {
            let (old, new) = (&old.media_type, &new.media_type);
            self.behaviour(format!(
                "body of `{id}` is sent as `{new}` instead of `{old}`"
            ));
        }
    }

    pub(super) fn responses(&mut self, planned_old: &Operation<'_>, planned_new: &Operation<'_>) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let id = &new.id;
        for pair in pairs(&old.responses, &new.responses, |old, new| {
            old.status == new.status
        }) {
            match pair {
                Pair::Added(response) => {
                    self.compatible(format!("response {} of `{id}` added", status(response)));
                }
                Pair::Removed(response) => {
                    self.compatible(format!("response {} of `{id}` removed", status(response)));
                }
                Pair::Both(old, new) => self.media_types(id, old, new),
            }
        }
        if !self.is_same_shape(&old.success, &new.success) {
            let (old, new) = (shape_words(&old.success), shape_words(&new.success));
            self.breaking(format!("`{id}` returns {new} instead of {old}"));
        }
        // Programs name the type of an error where they decode it, so they still compile.
        if !self.is_same_shape(&old.error, &new.error) {
            let (old, new) = (shape_words(&old.error), shape_words(&new.error));
            self.behaviour(format!("errors of `{id}` are {new} instead of {old}"));
        }
        let streaming = |operation| {
            methods(operation, |method: &MethodVariant<'_>| {
                operation.is_streamed(method)
            })
        };
        let (old, new) = (streaming(planned_old), streaming(planned_new));
        for pair in pairs(&old, &new, |old, new| old.suffix == new.suffix) {
            match pair {
                Pair::Added(method) => {
                    self.compatible(format!(
                        "`{id}` as a stream added: `{}`",
                        method.variant.name
                    ));
                }
                Pair::Removed(method) => {
                    self.breaking(format!(
                        "`{id}` as a stream removed: `{}`",
                        method.variant.name
                    ));
                }
                Pair::Both(old, new) if old.variant.call != new.variant.call => {
                    self.breaking(format!("`{id}` as a stream has other items"));
                }
                Pair::Both(..) => {}
            }
        }
    }

    fn media_types(&mut self, id: &str, old: &Response, new: &Response) {
        let status = status(new);
        let is_same = |old: &Content, new: &Content| old.media_type == new.media_type;
        for pair in pairs(&old.contents, &new.contents, is_same) {
            let (content, what) = match pair {
                Pair::Added(content) => (content, "added"),
                Pair::Removed(content) => (content, "removed"),
                Pair::Both(..) => continue,
            };
            let media_type = &content.media_type;
            self.compatible(format!(
                "`{media_type}` of response {status} of `{id}` {what}"
            ));
        }
    }

    /// Whether a method takes the same type for both.
    fn is_same_argument(&self, old: &Content, new: &Content) -> bool {
        match (old.kind, new.kind) {
            (BodyKind::Json | BodyKind::Form, BodyKind::Json | BodyKind::Form)
            | (BodyKind::Multipart, BodyKind::Multipart) => self.is_same(&old.value, &new.value),
            (BodyKind::Text | BodyKind::Stream, BodyKind::Text | BodyKind::Stream)
            | (BodyKind::Bytes | BodyKind::Items(_), BodyKind::Bytes | BodyKind::Items(_)) => true,
            (
                BodyKind::Json
                | BodyKind::Form
                | BodyKind::Multipart
                | BodyKind::Text
                | BodyKind::Stream
                | BodyKind::Items(_)
                | BodyKind::Bytes,
                _,
            ) => false,
        }
    }

    fn is_same_shape(&self, old: &ResponseShape, new: &ResponseShape) -> bool {
        match (old, new) {
            (ResponseShape::Empty, ResponseShape::Empty)
            | (ResponseShape::Redirect, ResponseShape::Redirect) => true,
            (ResponseShape::Single(old), ResponseShape::Single(new))
            | (ResponseShape::Optional(old), ResponseShape::Optional(new)) => {
                self.is_same_body(old, new)
            }
            // Its variants are compared with the types.
            (ResponseShape::Enum(old), ResponseShape::Enum(new)) => self.new_name(old) == *new,
            (
                ResponseShape::Empty
                | ResponseShape::Redirect
                | ResponseShape::Single(_)
                | ResponseShape::Optional(_)
                | ResponseShape::Enum(_),
                _,
            ) => false,
        }
    }

    pub(super) fn is_same_body(&self, old: &Decoded, new: &Decoded) -> bool {
        match old.kind {
            _ if old.kind != new.kind => false,
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::Items(_) => {
                self.is_same(&old.value, &new.value)
            }
            BodyKind::Text | BodyKind::Bytes | BodyKind::Stream => true,
        }
    }
}

/// A method of an operation.
struct Method<'o> {
    /// The name without the operation's name.
    suffix: &'o str,
    variant: &'o MethodVariant<'o>,
}

impl<'o> Method<'o> {
    fn content(&self) -> Option<&'o Content> {
        self.variant.body.as_ref().map(|body| body.content)
    }
}

/// Returns some methods of an operation.
fn methods<'o>(
    operation: &'o Operation<'o>,
    is_wanted: impl Fn(&MethodVariant<'_>) -> bool,
) -> Vec<Method<'o>> {
    let name = operation.ir.name.as_str();
    let methods = operation
        .methods
        .iter()
        .filter(|variant| is_wanted(variant));
    let methods = methods.map(|variant| Method {
        suffix: variant.name.strip_prefix(name).unwrap_or(&variant.name),
        variant,
    });
    methods.collect()
}

pub(super) fn decoded_words(body: &Decoded) -> String {
    match body.kind {
        BodyKind::Json => words(&body.value),
        BodyKind::Form => format!("{} as a form", words(&body.value)),
        BodyKind::Multipart => format!("{} as a multipart form", words(&body.value)),
        BodyKind::Text => "text".to_owned(),
        BodyKind::Bytes => "bytes".to_owned(),
        BodyKind::Stream => "a stream".to_owned(),
        BodyKind::Items(_) => format!("a stream of {}", words(&body.value)),
    }
}

fn shape_words(shape: &ResponseShape) -> String {
    match shape {
        ResponseShape::Empty => "nothing".to_owned(),
        ResponseShape::Redirect => "a redirect".to_owned(),
        ResponseShape::Single(body) => decoded_words(body),
        ResponseShape::Optional(body) => format!("{} or nothing", decoded_words(body)),
        ResponseShape::Enum(name) => format!("`{name}`"),
    }
}

fn status(response: &Response) -> String {
    match response.status {
        Status::Default => "`default`".to_owned(),
        status => status.to_string(),
    }
}
