//! Operations: their methods, bodies and answers.

use super::Comparer;
use super::values::words;
use crate::ir::{Answer, Body, Content, Method, Operation, Status, Type};

impl Comparer<'_> {
    pub(super) fn operations(&mut self) {
        let old: Vec<&Operation> = self.old.api.operations().collect();
        let new: Vec<&Operation> = self.new.api.operations().collect();
        let by_id = |operation: &Operation, others: &[&Operation]| {
            others.iter().position(|other| other.id == operation.id)
        };
        // One whose id changed is known by its path, unless that has another one now.
        let by_path = |operation: &Operation, others: &[&Operation], own: &[&Operation]| {
            others.iter().position(|other| {
                let is_same = other.method == operation.method && other.path == operation.path;
                is_same && by_id(other, own).is_none()
            })
        };
        for operation in &new {
            let before = by_id(operation, &old).or_else(|| by_path(operation, &old, &new));
            match before {
                Some(index) => self.operation(old[index], operation),
                None => self.compatible(format!(
                    "operation `{}` added ({})",
                    operation.id,
                    route(operation)
                )),
            }
        }
        for operation in &old {
            let after = by_id(operation, &new).or_else(|| by_path(operation, &new, &old));
            if after.is_none() {
                self.breaking(format!(
                    "operation `{}` gone ({})",
                    operation.id,
                    route(operation)
                ));
            }
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let subject = format!("operation `{}`", new.id);
        if old.id != new.id || old.name != new.name {
            self.breaking(format!(
                "operation `{}` is called `{}`: the method is `{}`, was `{}`",
                old.id, new.id, new.name, old.name
            ));
        }
        if route(old) != route(new) {
            let (old, new) = (route(old), route(new));
            self.compatible(format!("{subject} is sent as {new}, was {old}"));
        }
        match (old.repeatable, new.repeatable) {
            (false, true) => self.compatible(format!("{subject} became repeatable")),
            (true, false) => self.compatible(format!("{subject} is no longer repeatable")),
            (true, true) | (false, false) => {}
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
        self.security(old, new);
        self.parameters(old, new);
        self.body(&new.id, old.body.as_ref(), new.body.as_ref());
        self.answers(&new.id, &old.answers, &new.answers);
    }

    fn body(&mut self, id: &str, old: Option<&Body>, new: Option<&Body>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => {
                let what = "the method takes one more argument";
                return self.breaking(format!("body of `{id}` added: {what}"));
            }
            (Some(_), None) => return self.breaking(format!("body of `{id}` gone")),
            (Some(old), Some(new)) => (old, new),
        };
        match (old.required, new.required) {
            (false, true) => self.breaking(format!("body of `{id}` became required")),
            (true, false) => self.breaking(format!("body of `{id}` became optional")),
            (true, true) | (false, false) => {}
        }
        let (before, after) = (first(&old.contents), first(&new.contents));
        if !self.is_same_content(before, after) {
            let (before, after) = (content_words(before), content_words(after));
            self.breaking(format!(
                "body of `{id}` is of another type: {after}, was {before}"
            ));
        }
        self.media_types(&format!("body of `{id}`"), &old.contents, &new.contents);
    }

    fn answers(&mut self, id: &str, old: &[Answer], new: &[Answer]) {
        for answer in new {
            if !old.iter().any(|other| other.status == answer.status) {
                self.compatible(format!("answer {} of `{id}` added", status(answer.status)));
            }
        }
        for answer in old {
            if !new.iter().any(|other| other.status == answer.status) {
                self.compatible(format!("answer {} of `{id}` gone", status(answer.status)));
            }
        }
        for answer in new {
            let Some(before) = old.iter().find(|other| other.status == answer.status) else {
                continue;
            };
            let subject = format!("answer {} of `{id}`", status(answer.status));
            self.media_types(&subject, &before.contents, &answer.contents);
            let (before, after) = (first(&before.contents), first(&answer.contents));
            // Of an answer that is a success, it is what the method gives.
            if !answer.is_success && !self.is_same_content(before, after) {
                let (before, after) = (content_words(before), content_words(after));
                self.compatible(format!(
                    "{subject} is of another type: {after}, was {before}"
                ));
            }
        }
        let (before, after) = (given(old), given(new));
        if !self.is_same_content(before, after) {
            let (before, after) = (content_words(before), content_words(after));
            self.breaking(format!("`{id}` gives another type: {after}, was {before}"));
        }
    }

    fn media_types(&mut self, subject: &str, old: &[Content], new: &[Content]) {
        let (Some(old), Some(new)) = (old.first(), new.first()) else {
            return;
        };
        if old.media_type != new.media_type {
            let (old, new) = (&old.media_type, &new.media_type);
            self.compatible(format!("{subject} is `{new}`, was `{old}`"));
        }
    }

    fn is_same_content(&self, old: Option<&Type>, new: Option<&Type>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.is_same(old, new),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

fn first(contents: &[Content]) -> Option<&Type> {
    contents.first().map(|content| &content.value)
}

/// The type of what the method gives.
fn given(answers: &[Answer]) -> Option<&Type> {
    let success = answers.iter().find(|answer| answer.is_success)?;
    first(&success.contents)
}

fn content_words(value: Option<&Type>) -> String {
    value.map_or_else(|| "nothing".to_owned(), words)
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "`default`".to_owned(),
    }
}

fn route(operation: &Operation) -> String {
    let method = match operation.method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
    };
    format!("{method} {}", operation.path)
}
