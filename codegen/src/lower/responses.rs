//! Responses: what each contains, and what all successes and all errors of an operation decode to.

use openapiv3::{Operation, ReferenceOr, StatusCode};

use super::Lowering;
use crate::code::Code;
use crate::ir::{
    BodyKind, Decoded, Header, Method, Response, ResponseShape, ResponseVariant, Shape, Status,
    Type,
};
use crate::names::{Scope, type_name};
use crate::openapi::extension::HINT;
use crate::openapi::media_type;
use crate::openapi::reason_phrase::reason_phrase;
use crate::problem::{At, Problem};
use crate::source::pointer::Pointer;

/// All responses of an operation.
pub(super) struct Responses {
    pub(super) all: Vec<Response>,
    pub(super) success: ResponseShape,
    pub(super) error: ResponseShape,
    /// Whether a success is either a stream or something else, as the caller chooses.
    pub(super) offers_stream: bool,
}

impl<'a> Lowering<'a> {
    pub(super) fn responses(
        &mut self,
        operation: &'a Operation,
        method: &Method,
        id: &str,
        at: &Pointer,
    ) -> Responses {
        let at = at.child("responses");
        let all = self.all_responses(operation, id, &at);
        let (success, error): (Vec<&Response>, Vec<&Response>) =
            all.iter().partition(|response| response.is_success);
        let has_redirect = success.iter().any(|response| response.status.is_redirect());
        let contents = || success.iter().flat_map(|response| &response.contents);
        let stream = contents().find(|content| content.kind.is_stream());
        let offers_stream = stream.is_some() && contents().any(|content| !content.kind.is_stream());
        let successes = variants(&success, !offers_stream);
        let mut errors = variants(&error, true);
        for (_, decoded) in errors.iter_mut().filter_map(|one| one.content.as_mut()) {
            // The client reads an error to its end, so it is never a stream.
            if decoded.kind.is_stream() {
                decoded.kind = BodyKind::Text;
                decoded.value = Type::Any;
            }
        }
        Responses {
            success: match method {
                _ if has_redirect => ResponseShape::Redirect,
                Method::Head => ResponseShape::Empty,
                // A stream of a response without a body has no items.
                _ if let Some(stream) = stream
                    && !offers_stream =>
                {
                    ResponseShape::Single(stream.decoded())
                }
                _ => self.success(successes, id, &at),
            },
            error: self.error(errors, id, &at),
            offers_stream,
            all,
        }
    }

    fn all_responses(&mut self, operation: &'a Operation, id: &str, at: &Pointer) -> Vec<Response> {
        let responses = &operation.responses;
        let listed = responses.responses.iter().map(|(status, response)| {
            let status = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(hundreds) => Status::Range(*hundreds),
            };
            (status, response)
        });
        let default = responses.default.iter();
        let default = default.map(|response| (Status::Default, response));
        let all: Vec<(Status, &'a ReferenceOr<_>)> = listed.chain(default).collect();
        // The first kind that the operation has.
        let is_success = [Status::is_success, Status::is_redirect, Status::is_default]
            .into_iter()
            .find(|is_kind| all.iter().any(|(status, _)| is_kind(*status)));
        let mut lowered = Vec::new();
        for (status, described) in all {
            let at = at.child(status);
            let is_success = is_success.is_some_and(|is_success| is_success(status));
            let mut response = Response {
                status,
                is_success,
                description: String::new(),
                hint: None,
                contents: Vec::new(),
                headers: Vec::new(),
                at,
            };
            // The status is a response even if its reference does not resolve.
            let resolved = self.resolve(described, &response.at, "responses", |all| &all.responses);
            if let Some((described, at)) = resolved {
                self.complete(
                    &mut response,
                    described,
                    &format!("{id} {status} response"),
                    at,
                );
            }
            lowered.push(response);
        }
        lowered
    }

    fn complete(
        &mut self,
        response: &mut Response,
        described: &'a openapiv3::Response,
        hint: &str,
        at: Pointer,
    ) {
        self.not_in_client("`links`", at.child("links"));
        response.description = described.description.clone();
        response.hint = self.hint(response, described, &at);
        let is_redirect = response.is_success && response.status.is_redirect();
        if !is_redirect && !response.status.is_bodiless() {
            response.contents = self.response_contents(&described.content, hint, &at);
        } else if !described.content.is_empty() {
            self.not_in_client("bodies of this status", at.child("content"));
        }
        for (name, header) in &described.headers {
            let at = at.child("headers").child(name);
            let Some((header, _)) = self.resolve(header, &at, "headers", |all| &all.headers) else {
                continue;
            };
            response.headers.push(Header {
                name: name.clone(),
                description: header.description.clone(),
            });
        }
        response.at = at;
    }

    fn hint(
        &mut self,
        response: &Response,
        described: &openapiv3::Response,
        at: &Pointer,
    ) -> Option<String> {
        let hint = described.extensions.get(HINT.key)?.as_str()?;
        if response.is_success || !matches!(response.status, Status::Code(_)) {
            self.problem(Problem::new(
                Code::BadExtension,
                format!("`{}` has no effect here", HINT.key),
                At::Value(at.child(HINT.key)),
                "expected on the response of one error status, such as `404`",
            ));
            return None;
        }
        Some(hint.to_owned())
    }

    fn success(&mut self, variants: Vec<ResponseVariant>, id: &str, at: &Pointer) -> ResponseShape {
        let is_empty = |variant: &ResponseVariant| variant.content.is_none();
        let has_no_content =
            |variant: &ResponseVariant| matches!(variant.status, Status::Code(204 | 205));
        match decoded(&variants).as_slice() {
            [] => ResponseShape::Empty,
            [only] if !variants.iter().any(is_empty) => ResponseShape::Single(only.clone()),
            [only]
                if variants
                    .iter()
                    .filter(|one| is_empty(one))
                    .all(has_no_content) =>
            {
                ResponseShape::Optional(only.clone())
            }
            _ => self.response_enum(variants, id, at, false),
        }
    }

    fn error(&mut self, variants: Vec<ResponseVariant>, id: &str, at: &Pointer) -> ResponseShape {
        match decoded(&variants).as_slice() {
            [] => ResponseShape::Empty,
            [only] => ResponseShape::Single(only.clone()),
            _ => self.response_enum(variants, id, at, true),
        }
    }

    fn response_enum(
        &mut self,
        variants: Vec<ResponseVariant>,
        id: &str,
        at: &Pointer,
        are_errors: bool,
    ) -> ResponseShape {
        let (word, of) = match are_errors {
            true => ("error", "errors"),
            false => ("response", "successful responses"),
        };
        let shape = Shape::ResponseEnum {
            variants,
            are_errors,
        };
        let description = format!("One of the {of} of `{id}`.");
        ResponseShape::Enum(self.define_own(&format!("{id} {word}"), description, shape, at))
    }
}

/// One variant for each media type of each status, with distinct names.
fn variants(responses: &[&Response], with_streams: bool) -> Vec<ResponseVariant> {
    let mut names = Scope::with(&["Other"]);
    let mut variants = Vec::new();
    for response in responses {
        let status = match response.status {
            Status::Code(code) => {
                reason_phrase(code).map_or_else(|| format!("status {code}"), str::to_owned)
            }
            Status::Range(1) => "informational".to_owned(),
            Status::Range(2) => "success".to_owned(),
            Status::Range(3) => "redirection".to_owned(),
            Status::Range(4) => "client error".to_owned(),
            Status::Range(5) => "server error".to_owned(),
            Status::Range(hundreds) => format!("status {hundreds}xx"),
            Status::Default => "default".to_owned(),
        };
        let contents = response.contents.iter();
        let contents = contents.filter(|one| with_streams || !one.kind.is_stream());
        let contents: Vec<_> = contents.collect();
        for content in &contents {
            let name = match contents.len() {
                1 => status.clone(),
                _ => format!("{status} {}", media_type::short_name(&content.media_type)),
            };
            variants.push(ResponseVariant {
                name: names.claim(type_name(&name)),
                status: response.status,
                description: response.description.clone(),
                content: Some((content.media_type.clone(), content.decoded())),
            });
        }
        if response.contents.is_empty() {
            variants.push(ResponseVariant {
                name: names.claim(type_name(&status)),
                status: response.status,
                description: response.description.clone(),
                content: None,
            });
        }
    }
    variants
}

/// The distinct types that bodies are decoded as.
fn decoded(variants: &[ResponseVariant]) -> Vec<Decoded> {
    let mut distinct: Vec<Decoded> = Vec::new();
    for (_, decoded) in variants.iter().filter_map(|one| one.content.as_ref()) {
        if !distinct.contains(decoded) {
            distinct.push(decoded.clone());
        }
    }
    distinct
}
