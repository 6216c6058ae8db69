//! Bodies and answers. Each media type of a body has a method of its own; all successes of an
//! operation are one type, and so are all errors.

use super::ApiDiff;
use super::values::words;
use crate::ir::{BodyKind, Content, Decoded, Operation, Response, ResponseShape, Status};
use crate::plan::operations as planned;

impl ApiDiff<'_> {
    pub(super) fn body(&mut self, old: &planned::Operation<'_>, new: &planned::Operation<'_>) {
        let id = &new.ir.id;
        let (before, after) = match (&old.ir.body, &new.ir.body) {
            (None, None) => return,
            (None, Some(_)) => {
                let what = "the method takes one more argument";
                return self.breaking(format!("body of `{id}` added: {what}"));
            }
            (Some(_), None) => return self.breaking(format!("body of `{id}` gone")),
            (Some(before), Some(after)) => (before, after),
        };
        match (before.required, after.required) {
            (false, true) => self.breaking(format!("body of `{id}` became required")),
            (true, false) => self.breaking(format!("body of `{id}` became optional")),
            (true, true) | (false, false) => {}
        }
        let (old, new) = (sending(old), sending(new));
        for (name, content) in &new {
            match old.iter().find(|(other, _)| other == name) {
                Some((_, before)) => self.sent(id, before, content),
                None => self.compatible(format!(
                    "media type `{}` of the body of `{id}` added: the method `{name}`",
                    content.media_type
                )),
            }
        }
        for (name, content) in &old {
            if !new.iter().any(|(other, _)| other == name) {
                self.breaking(format!(
                    "media type `{}` of the body of `{id}` gone: the method `{name}`",
                    content.media_type
                ));
            }
        }
    }

    /// What one method sends.
    fn sent(&mut self, id: &str, old: &Content, new: &Content) {
        // Where the media type is open, the method takes the one that it is.
        if !self.is_same_argument(old, new) || old.is_open() != new.is_open() {
            let (old, new) = (decoded_words(&old.decoded()), decoded_words(&new.decoded()));
            self.breaking(format!(
                "body of `{id}` is of another type: {new}, was {old}"
            ));
        }
        if old.media_type != new.media_type {
            let (old, new) = (&old.media_type, &new.media_type);
            self.compatible(format!("body of `{id}` is `{new}`, was `{old}`"));
        }
    }

    pub(super) fn responses(
        &mut self,
        planned_old: &planned::Operation<'_>,
        planned_new: &planned::Operation<'_>,
    ) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let id = &new.id;
        for answer in &new.responses {
            match find(old, answer) {
                None => self.compatible(format!("answer {} of `{id}` added", status(answer))),
                Some(before) => self.media_types(id, before, answer),
            }
        }
        for answer in &old.responses {
            if find(new, answer).is_none() {
                self.compatible(format!("answer {} of `{id}` gone", status(answer)));
            }
        }
        if !self.is_same_outcome(&old.success, &new.success) {
            let (old, new) = (outcome_words(&old.success), outcome_words(&new.success));
            self.breaking(format!("`{id}` gives another type: {new}, was {old}"));
        }
        // It is no part of the method: a program names it where it asks for it.
        if !self.is_same_outcome(&old.error, &new.error) {
            let (old, new) = (outcome_words(&old.error), outcome_words(&new.error));
            self.compatible(format!(
                "errors of `{id}` are of another type: {new}, was {old}"
            ));
        }
        match (stream(planned_old), stream(planned_new)) {
            (None, Some(name)) => self.compatible(format!("`{id}` as a stream added: `{name}`")),
            (Some(name), None) => self.breaking(format!("`{id}` as a stream gone: `{name}`")),
            (Some(old), Some(new)) if old != new => {
                self.breaking(format!("method `{old}` is called `{new}`"));
            }
            (Some(_) | None, _) => {}
        }
    }

    fn media_types(&mut self, id: &str, old: &Response, new: &Response) {
        let has = |answer: &Response, content: &Content| {
            let mut contents = answer.contents.iter();
            contents.any(|other| other.media_type == content.media_type)
        };
        for content in &new.contents {
            if !has(old, content) {
                let (media_type, status) = (&content.media_type, status(new));
                self.compatible(format!("`{media_type}` of answer {status} of `{id}` added"));
            }
        }
        for content in &old.contents {
            if !has(new, content) {
                let (media_type, status) = (&content.media_type, status(old));
                self.compatible(format!("`{media_type}` of answer {status} of `{id}` gone"));
            }
        }
    }

    /// Whether a method takes the same type for both.
    fn is_same_argument(&self, old: &Content, new: &Content) -> bool {
        match (old.kind, new.kind) {
            (BodyKind::Json | BodyKind::Form, BodyKind::Json | BodyKind::Form)
            | (BodyKind::Multipart, BodyKind::Multipart) => self.is_same(&old.value, &new.value),
            (BodyKind::Text | BodyKind::Stream, BodyKind::Text | BodyKind::Stream)
            | (BodyKind::Bytes, BodyKind::Bytes) => true,
            (
                BodyKind::Json
                | BodyKind::Form
                | BodyKind::Multipart
                | BodyKind::Text
                | BodyKind::Stream
                | BodyKind::Bytes,
                _,
            ) => false,
        }
    }

    fn is_same_outcome(&self, old: &ResponseShape, new: &ResponseShape) -> bool {
        match (old, new) {
            (ResponseShape::Empty, ResponseShape::Empty) => true,
            (ResponseShape::Single(old), ResponseShape::Single(new))
            | (ResponseShape::Optional(old), ResponseShape::Optional(new)) => {
                self.is_same_body(old, new)
            }
            // What it holds is compared with the types.
            (ResponseShape::Enum(old), ResponseShape::Enum(new)) => old == new,
            (
                ResponseShape::Empty
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
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => {
                self.is_same(&old.value, &new.value)
            }
            BodyKind::Text | BodyKind::Bytes | BodyKind::Stream => true,
        }
    }
}

/// The methods that send a body, each with what it sends.
fn sending<'o>(operation: &'o planned::Operation<'_>) -> Vec<(&'o str, &'o Content)> {
    let methods = operation
        .methods
        .iter()
        .filter(|it| !it.is_stream(operation));
    let bodies = methods.filter_map(|it| Some((it.name.as_str(), it.body.as_ref()?.content)));
    bodies.collect()
}

/// The method that asks for a stream where there is a choice.
fn stream<'o>(operation: &'o planned::Operation<'_>) -> Option<&'o str> {
    let mut methods = operation.methods.iter();
    let stream = methods.find(|it| it.is_stream(operation))?;
    Some(&stream.name)
}

fn find<'o>(operation: &'o Operation, answer: &Response) -> Option<&'o Response> {
    let mut answers = operation.responses.iter();
    answers.find(|other| other.status == answer.status)
}

pub(super) fn decoded_words(body: &Decoded) -> String {
    match body.kind {
        BodyKind::Json => words(&body.value),
        BodyKind::Form => format!("{} as a form", words(&body.value)),
        BodyKind::Multipart => format!("{} in parts", words(&body.value)),
        BodyKind::Text => "text".to_owned(),
        BodyKind::Bytes => "bytes".to_owned(),
        BodyKind::Stream => "a stream".to_owned(),
    }
}

fn outcome_words(outcome: &ResponseShape) -> String {
    match outcome {
        ResponseShape::Empty => "nothing".to_owned(),
        ResponseShape::Single(body) => decoded_words(body),
        ResponseShape::Optional(body) => format!("{} or nothing", decoded_words(body)),
        ResponseShape::Enum(name) => format!("`{name}`"),
    }
}

fn status(answer: &Response) -> String {
    match answer.status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "`default`".to_owned(),
    }
}
