//! Answers: what each holds, and what all successes and all errors of an operation come to.

use openapiv3::{Operation, ReferenceOr, Response, StatusCode};

use super::{Lowering, media};
use crate::ir::{
    Answer, Case, Format, Header, Kind, Method, Outcome, Shape, Status, TypeDefinition,
};
use crate::names::{Scope, type_name};
use crate::source::pointer::Pointer;
use crate::status::reason;

/// All answers of an operation.
pub(super) struct Answers {
    pub(super) all: Vec<Answer>,
    pub(super) success: Outcome,
    pub(super) error: Outcome,
    /// Whether a success is a stream or something else, as the caller asks.
    pub(super) offers_stream: bool,
}

impl<'a> Lowering<'a> {
    pub(super) fn answers(
        &mut self,
        operation: &'a Operation,
        method: Method,
        id: &str,
        at: &Pointer,
    ) -> Answers {
        let at = at.child("responses");
        let all = self.all_answers(operation, id, &at);
        let (success, error): (Vec<&Answer>, Vec<&Answer>) =
            all.iter().partition(|answer| answer.is_success);
        let formats = || {
            let contents = success.iter().flat_map(|answer| &answer.contents);
            contents.map(|content| content.format)
        };
        let offers_stream = formats().any(|format| format == Format::Stream)
            && formats().any(|format| format != Format::Stream);
        let successes = cases(&success, !offers_stream);
        let mut errors = cases(&error, true);
        for (_, kind) in errors.iter_mut().filter_map(|case| case.content.as_mut()) {
            // An error is read to its end, and so never a stream.
            if kind.format == Format::Stream {
                kind.format = Format::Text;
            }
        }
        Answers {
            success: match method {
                Method::Head => Outcome::Nothing,
                _ => self.success(successes, id, &at),
            },
            error: self.error(errors, id, &at),
            offers_stream,
            all,
        }
    }

    fn all_answers(&mut self, operation: &'a Operation, id: &str, at: &Pointer) -> Vec<Answer> {
        let responses = &operation.responses;
        let listed = responses.responses.iter().map(|(status, response)| {
            let lowered = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(hundreds) => Status::Range(*hundreds),
            };
            (lowered, status.to_string(), response)
        });
        let default = responses.default.iter();
        let default = default.map(|response| (Status::Default, "default".to_owned(), response));
        let all: Vec<(Status, String, &ReferenceOr<Response>)> = listed.chain(default).collect();
        let has_success = all.iter().any(|(status, ..)| status.is_success());
        let mut answers = Vec::new();
        for (status, key, response) in all {
            let at = at.child(&key);
            let is_success = match status {
                Status::Default => !has_success,
                status => status.is_success(),
            };
            let mut answer = Answer {
                status,
                is_success,
                description: String::new(),
                contents: Vec::new(),
                headers: Vec::new(),
                at,
            };
            // Without it, the status has an answer all the same, whatever it is.
            if let Some((response, at)) = self.resolve(response, &answer.at) {
                self.complete(&mut answer, response, &format!("{id} {key} answer"), at);
            }
            answers.push(answer);
        }
        answers
    }

    fn complete(&mut self, answer: &mut Answer, response: &'a Response, hint: &str, at: Pointer) {
        if !response.links.is_empty() {
            self.not_in_client("`links`", at.child("links"));
        }
        answer.description = response.description.clone();
        answer.contents = self.answer_contents(&response.content, hint, &at);
        for (name, header) in &response.headers {
            let Some((header, _)) = self.resolve(header, &at.child("headers").child(name)) else {
                continue;
            };
            answer.headers.push(Header {
                name: name.clone(),
                description: header.description.clone(),
            });
        }
        answer.at = at;
    }

    fn success(&mut self, cases: Vec<Case>, id: &str, at: &Pointer) -> Outcome {
        let kinds = kinds(&cases);
        let is_empty = |case: &Case| case.content.is_none();
        let says_so = |case: &Case| matches!(case.status, Status::Code(204 | 205));
        match kinds.as_slice() {
            [] => Outcome::Nothing,
            [kind] if !cases.iter().any(is_empty) => Outcome::One(kind.clone()),
            [kind] if cases.iter().filter(|case| is_empty(case)).all(says_so) => {
                Outcome::Maybe(kind.clone())
            }
            _ => self.several(cases, id, at, false),
        }
    }

    fn error(&mut self, cases: Vec<Case>, id: &str, at: &Pointer) -> Outcome {
        match kinds(&cases).as_slice() {
            [] => Outcome::Nothing,
            [kind] => Outcome::One(kind.clone()),
            _ => self.several(cases, id, at, true),
        }
    }

    fn several(&mut self, cases: Vec<Case>, id: &str, at: &Pointer, are_errors: bool) -> Outcome {
        let (word, of) = match are_errors {
            true => ("error", "errors"),
            false => ("answer", "successful answers"),
        };
        let name = self.type_names.claim(type_name(&format!("{id} {word}")));
        self.definitions.push(TypeDefinition {
            at: at.clone(),
            name: name.clone(),
            description: Some(format!("One of the {of} of `{id}`.")),
            deprecated: false,
            default: None,
            is_input: false,
            shape: Shape::Answers { cases, are_errors },
        });
        Outcome::Several(name)
    }
}

/// One for each media type of each status, with names that tell them apart.
fn cases(answers: &[&Answer], with_streams: bool) -> Vec<Case> {
    let mut names = Scope::with(&["Other"]);
    let mut cases = Vec::new();
    for answer in answers {
        let status = match answer.status {
            Status::Code(code) => {
                reason(code).map_or_else(|| format!("status {code}"), str::to_owned)
            }
            Status::Range(1) => "informational".to_owned(),
            Status::Range(2) => "success".to_owned(),
            Status::Range(3) => "redirection".to_owned(),
            Status::Range(4) => "client error".to_owned(),
            Status::Range(5) => "server error".to_owned(),
            Status::Range(hundreds) => format!("status {hundreds}xx"),
            Status::Default => "default".to_owned(),
        };
        let contents = answer.contents.iter();
        let contents = contents.filter(|content| with_streams || content.format != Format::Stream);
        let contents: Vec<_> = contents.collect();
        for content in &contents {
            let name = match contents.len() {
                1 => status.clone(),
                _ => format!("{status} {}", media::word(&content.media_type)),
            };
            cases.push(Case {
                name: names.claim(type_name(&name)),
                status: answer.status,
                description: answer.description.clone(),
                content: Some((content.media_type.clone(), content.kind())),
            });
        }
        if answer.contents.is_empty() {
            cases.push(Case {
                name: names.claim(type_name(&status)),
                status: answer.status,
                description: answer.description.clone(),
                content: None,
            });
        }
    }
    cases
}

/// What there is to decode, each once.
fn kinds(cases: &[Case]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (_, kind) in cases.iter().filter_map(|case| case.content.as_ref()) {
        if !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    }
    kinds
}
